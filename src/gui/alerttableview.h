// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "domain/ids.h"

#include <QHash>
#include <QKeySequence>
#include <QTableView>

#include <utility>

class QSettings;

namespace courier {

class AlertTableModel;

/// The alert table as a control: fixed rows, columns that can be hidden and moved, and the single-letter keys that work
/// only while it has the focus. What it shows stays in its place while rows come and go above, but for the very top:
/// there the newest are to be seen.
class AlertTableView : public QTableView
{
    Q_OBJECT

public:
    explicit AlertTableView(QWidget *parent = nullptr);

    void setModel(QAbstractItemModel *model) override; ///< an AlertTableModel

    /// After setModel(): widths and resize modes of the columns.
    void setUpColumns();
    /// Source gives way where there is little room, Destinations too where the details stand beside the table: unless
    /// the operator chose.
    void setDetailsBeside(bool beside);
    /// The operator's choice: it holds from now on, whatever room there is.
    void chooseColumn(int column, bool shown);
    void saveColumns(QSettings &settings) const;
    bool restoreColumns(QSettings &settings); ///< true where there were some
    /// Chooses the row \a rows further down (or up), as far as there is one.
    void moveBy(int rows);
    /// From now on \a key triggers \a action while the list has the focus, and stands beside it in the menus.
    void addKey(const QKeySequence &key, QAction *action);

Q_SIGNALS:
    void openPressed();

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void holdPlace();
    void keepPlace();
    void hideColumns();
    void fitColumns();
    bool hasWords(int row) const;
    QAction *actionFor(const QKeySequence &key) const;

    const AlertTableModel *m_alerts = nullptr;
    QList<std::pair<QKeySequence, QAction *>> m_keys;
    AlertId m_topAlert{};      ///< of the uppermost row while rows change; 0: the view is at the very top
    int m_topOffset = 0;       ///< how much of it is out of sight
    QHash<int, bool> m_chosen; ///< whether the operator wants a column shown, of those that give way
    bool m_narrow = false;
    bool m_beside = false;
    bool m_saidShown = false;
};

} // namespace courier
