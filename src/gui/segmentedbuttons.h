// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QGroupBox>
#include <QList>
#include <QPushButton>

class QButtonGroup;

namespace courier {

/// A toggle of several parts, one of them chosen, as Pretty / Raw. To screen readers a group (give it an accessible
/// name) of check buttons. Promote a QGroupBox to it, without a title. GUI thread.
class SegmentedButtons : public QGroupBox
{
    Q_OBJECT

public:
    explicit SegmentedButtons(QWidget *parent = nullptr);

    /// Makes the parts anew; the first is chosen.
    void setSegments(const QStringList &texts);
    /// Parts that don't fit go on to a next line.
    void setWrapping();
    int current() const;
    void setCurrent(int index);
    QPushButton *button(int index) const;

Q_SIGNALS:
    /// The operator chose another part (not setCurrent()).
    void chosen(int index);

protected:
    void resizeEvent(QResizeEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    QButtonGroup *m_group;
};

/// Gives buttons that stand side by side in a form the look of one segmented toggle: checkable, no gap.
void styleAsSegments(const QList<QPushButton *> &buttons);

} // namespace courier
