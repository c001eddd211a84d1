// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "desk/desk.h"
#include "gui/theme.h"
#include "models/alertindex.h"
#include "models/navigationmodel.h"

#include <QMainWindow>

#include <memory>

class QLineEdit;
class QSettings;

namespace courier {

class AlertsPage;
class DestinationPage;
class EmptyState;
class ReceiverPage;
class StatusLine;

namespace Ui {
class MainWindow;
}

/// The window: sidebar, pages, actions. It opens the dialogs and leads from one place to another; what it shows comes
/// from the models, what it does goes to the desk.
class MainWindow : public QMainWindow
{
    Q_OBJECT

public:
    /// \a desk, \a theme and \a settings (the window's memory, in the data directory) outlive the window.
    MainWindow(Desk &desk, Theme &theme, QSettings &settings, QWidget *parent = nullptr);
    ~MainWindow() override;

    AlertsPage &alertsPage() { return *m_alerts; }
    void openAddDestination();
    void openEditDestination(DestinationId id);
    void openTest(DestinationId id);
    void openNewAlert();
    void openImport(const QString &path = {});
    void openSettings();
    void openResend(); ///< of all that the list shows
    void openResendOf(const QString &search);
    void tryReceiver();
    void showAlerts(); ///< all of them
    void showAlert(AlertId id);
    void showDestination(DestinationId id);
    void showError(const Error &error);

protected:
    void showEvent(QShowEvent *event) override;
    void closeEvent(QCloseEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    void setUpToolBar();
    void setUpNavigation();
    void setUpPages();
    void tellOfUpgrade();
    void connectActions();
    void setUpListKeys();
    void setUpAppearance();
    void setUpColumnsMenu();
    void setIcons();
    void search();
    void navigate(NavigationModel::Kind kind);
    void navigateToAlerts();
    void onNavigated();
    void onDestinationsChanged();
    void updateActions();
    void takeFirstFocus();
    void confirmDelete(DestinationId id);
    void togglePause(DestinationId id);
    void duplicate(DestinationId id);
    void startReceiver();
    void showKeys();
    void showAbout();
    void restoreWindow();
    std::optional<DestinationId> chosenDestination() const;
    std::optional<DestinationId> testedDestination() const;

    Desk &m_desk;
    Theme &m_theme;
    QSettings &m_settings;
    std::unique_ptr<Ui::MainWindow> ui;
    AlertIndex m_index;
    NavigationModel *m_navigation; ///< child, like all below
    AlertsPage *m_alerts = nullptr;
    DestinationPage *m_destination = nullptr;
    ReceiverPage *m_receiver = nullptr;
    EmptyState *m_firstRun = nullptr;
    StatusLine *m_status = nullptr;
    bool m_startingReceiver = false;
    QLineEdit *m_search = nullptr; ///< in the tool bar
};

} // namespace courier
