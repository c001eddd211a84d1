// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/senderrole.h"
#include "desk/desk.h"
#include "desk/intakeservice.h"
#include "gui/alertdetails.h"
#include "gui/alertspage.h"
#include "gui/mainwindow.h"
#include "models/navigationmodel.h"

#include <QLineEdit>
#include <QSettings>
#include <QSqlDatabase>
#include <QTableView>
#include <QTreeView>

#include <memory>
#include <random>

namespace courier::bench {

/// The program's window on a data directory, as the program makes it, with what a bench looks at in it, and a way of
/// its own to the database, for what should be there.
class BenchedWindow
{
public:
    BenchedWindow(const QString &directory, const IntakeOptions &intake);
    ~BenchedWindow();

    void send(); ///< as the process that sends
    MainWindow &window() { return *m_window; }
    Desk &desk() { return *m_desk; }
    QTableView &table() { return m_window->alertsPage().table(); }
    AlertTableModel &model() { return *m_model; }
    AlertDetails &details() { return m_window->alertsPage().details(); }
    QTreeView &navigation() { return *m_navigation; }
    QLineEdit &search() { return *m_search; }

    /// Every row in sight has its words.
    bool areRowsShown();
    /// The list is that of what was asked for last, with so many rows, and those in sight have their words.
    bool isListed(qint64 rows);
    /// The upper rows of the list are these, and those in sight have their words.
    bool showsFirst(const QList<qint64> &ids);
    int rowAtTop() { return table().rowAt(1); }
    int rowAtBottom();

    void click(NavigationModel::Kind kind);
    void clickHead(int column);
    void clickRow(int row);
    void clearSearch();
    void pasteSearch(const QString &text);

    /// The first column of the first row.
    qint64 number(const QString &sql);
    QList<qint64> numbers(const QString &sql); ///< of every row
    QString text(const QString &sql);

    int below(int end) { return static_cast<int>(m_random() % static_cast<unsigned>(end)); }

private:
    SystemClock m_clock;
    QSettings m_settings;
    Theme m_theme;
    std::unique_ptr<Desk> m_desk;
    std::unique_ptr<MainWindow> m_window;
    std::unique_ptr<SenderRole> m_role;
    AlertTableModel *m_model = nullptr;
    QTreeView *m_navigation = nullptr;
    QLineEdit *m_search = nullptr;
    QSqlDatabase m_database;
    std::mt19937 m_random{1};
};

/// One finding: how long something took, each time.
void tell(const char *what, const QList<double> &ms);
/// One number.
void tell(const char *what, double value);

} // namespace courier::bench
