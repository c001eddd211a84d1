// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QLayout>
#include <QWidget>

namespace courier {

/// Widgets side by side; those that don't fit go on to the next line. GUI thread.
class FlowLayout : public QLayout
{
    Q_OBJECT

public:
    explicit FlowLayout(QWidget *parent);
    ~FlowLayout() override;

    void setGaps(int between, int lines); ///< pixels
    /// Every widget gets the room of the widest, so that lines stand in columns.
    void setColumns(bool columns) { m_columns = columns; }
    void setAtRight(bool atRight) { m_atRight = atRight; }

    void addItem(QLayoutItem *item) override; ///< takes it over
    int count() const override { return static_cast<int>(m_items.size()); }
    QLayoutItem *itemAt(int index) const override { return m_items.value(index); }
    QLayoutItem *takeAt(int index) override;
    Qt::Orientations expandingDirections() const override { return {}; }
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override; ///< all on one line
    QSize minimumSize() const override;
    void setGeometry(const QRect &rect) override;

private:
    using Line = QList<QLayoutItem *>;
    QList<QLayoutItem *> shownItems() const;
    int columnWidth(const QList<QLayoutItem *> &items) const;
    QList<Line> linesFor(int width) const;
    int widthOf(const Line &line) const;
    static int heightOf(const Line &line);

    QList<QLayoutItem *> m_items;
    int m_between = 8;
    int m_lineGap = 8;
    bool m_columns = false;
    bool m_atRight = false;
};

/// A row of a form whose widgets go on to a next line where there is no room: promote a QWidget with a horizontal
/// layout to it, and call flow() once after setupUi(). GUI thread.
class FlowRow : public QWidget
{
    Q_OBJECT

public:
    explicit FlowRow(QWidget *parent = nullptr);
    /// Puts the widgets of the row's layout, in their order, into a FlowLayout, which it returns.
    FlowLayout *flow();
};

} // namespace courier
