// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "desk/desk.h"
#include "gui/alerttableview.h"
#include "models/alerttablemodel.h"

#include <QWidget>

#include <memory>
#include <optional>

class QSettings;

namespace courier {

class AlertDetails;

namespace Ui {
class AlertsPage;
}

/// The table of alerts with the details of the chosen one below it or beside it, the search and what it finds, and the
/// progress of a resend of many.
class AlertsPage : public QWidget
{
    Q_OBJECT

public:
    /// \a desk and \a index outlive the page.
    AlertsPage(Desk &desk, AlertIndex &index, QWidget *parent = nullptr);
    ~AlertsPage() override;

    /// What the sidebar has chosen; the search narrows it.
    void setBaseFilter(const AlertFilter &filter);
    /// What the search field holds; a fault is said above the table, and the list stays as it was.
    void setSearch(const QString &text);
    QString search() const { return m_search; }
    /// Whether it can be searched for while it is typed: it has no fault, and no word of one letter, which is about to
    /// become a longer one and is in nearly every alert.
    bool isSearchable(const QString &text) const;
    /// Both together: what is listed.
    AlertFilter filter() const { return m_filter; }
    /// The search in words, for a question: empty where there is none.
    QString filterWords() const;

    /// Chooses an alert, also one that isn't listed: its details are shown.
    void showAlert(AlertId id);
    QList<AlertId> selectedAlerts() const;
    void setDetailsBeside(bool beside);
    bool areDetailsBeside() const { return m_beside; }
    void refresh();
    void copyRows();
    void focusTable();

    AlertDetails &details() { return *m_details; }
    AlertTableView &table();

    void saveState(QSettings &settings) const;
    void restoreState(QSettings &settings);

Q_SIGNALS:
    void searchRequested(const QString &text); ///< puts a text into the search field
    void selectionChanged();

private:
    void setUpTable();
    void applyFilter();
    void showEmptyOrTable();
    void onCurrentChanged();
    bool selectWanted();
    void sortBy(int column);

    Desk &m_desk;
    std::unique_ptr<Ui::AlertsPage> ui;
    AlertTableModel *m_model; ///< child
    AlertDetails *m_details;  ///< child
    AlertFilter m_base;
    AlertFilter m_filter;
    QString m_search;
    AlertId m_wanted{}; ///< to be chosen as soon as it is listed
    bool m_beside = false;
};

} // namespace courier
