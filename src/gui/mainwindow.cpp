// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "gui/mainwindow.h"

#include "ui_mainwindow.h"

#include "gui/alertdetails.h"
#include "gui/alertspage.h"
#include "gui/alerttableview.h"
#include "gui/destinationpage.h"
#include "gui/emptystate.h"
#include "gui/glyphs.h"
#include "gui/receiverpage.h"
#include "gui/statusline.h"
#include "gui/viewsetup.h"
#include "models/navigationmodel.h"
#include "models/words.h"

#include <QActionGroup>
#include <QCloseEvent>
#include <QDragEnterEvent>
#include <QHeaderView>
#include <QLineEdit>
#include <QMimeData>
#include <QScreen>
#include <QSettings>
#include <QStyle>
#include <QTimer>

namespace courier {
namespace {

constexpr QSize firstSize{1280, 800};
constexpr QSize leastSize{960, 600};
constexpr int sidebarWidth = 232;
constexpr int pauseMs = 250; ///< in typing, after which the list follows whatever it is

} // namespace

MainWindow::MainWindow(Desk &desk, Theme &theme, QSettings &settings, QWidget *parent)
    : QMainWindow(parent)
    , m_desk(desk)
    , m_theme(theme)
    , m_settings(settings)
    , ui(std::make_unique<Ui::MainWindow>())
    , m_index(desk.store(), desk.clock())
    , m_navigation(new NavigationModel(m_index, this))
{
    ui->setupUi(this);
    setCentralWidget(ui->center);
    setMinimumSize(leastSize);
    setUpToolBar();
    setUpPages();
    tellOfUpgrade();
    setUpNavigation();
    m_status = new StatusLine(desk, *ui->statusBar, this);
    setIcons();
    setUpAppearance();
    connectActions();
    setUpListKeys();
    restoreWindow();
    setUpColumnsMenu();
    onDestinationsChanged();
    m_index.load();
}

MainWindow::~MainWindow() = default;

void MainWindow::setUpPages()
{
    m_firstRun = new EmptyState;
    m_firstRun->setTitle(tr("Alerts have nowhere to go yet."));
    m_firstRun->setSentence(tr("Add the webhook that should get them, or watch one arrive first: the built-in receiver "
                               "needs no other program."));
    m_firstRun->setPrimaryText(tr("Add Destination"));
    m_firstRun->setSecondaryText(tr("Try it with the built-in receiver"));
    m_firstRun->primaryButton()->setIcon(glyphIcon(QStringLiteral("add-destination"), QStringLiteral("onaccent")));
    m_firstRun->secondaryButton()->setIcon(glyphIcon(QStringLiteral("receiver")));
    m_alerts = new AlertsPage(m_desk, m_index);
    m_destination = new DestinationPage(m_desk);
    m_receiver = new ReceiverPage(m_desk);
    for (QWidget *page : {static_cast<QWidget *>(m_firstRun), static_cast<QWidget *>(m_alerts),
                          static_cast<QWidget *>(m_destination), static_cast<QWidget *>(m_receiver)}) {
        ui->pages->addWidget(page);
    }
    connect(m_firstRun, &EmptyState::primaryClicked, this, &MainWindow::openAddDestination);
    connect(m_firstRun, &EmptyState::secondaryClicked, this, &MainWindow::tryReceiver);
    connect(m_destination, &DestinationPage::testRequested, this, &MainWindow::openTest);
    connect(m_destination, &DestinationPage::editRequested, this, &MainWindow::openEditDestination);
    connect(m_destination, &DestinationPage::pauseRequested, this, &MainWindow::togglePause);
    connect(m_destination, &DestinationPage::duplicateRequested, this, &MainWindow::duplicate);
    connect(m_destination, &DestinationPage::alertActivated, this, &MainWindow::showAlert);
    connect(m_destination, &DestinationPage::failed, this, &MainWindow::showError);
    connect(m_destination, &DestinationPage::resendRequested, this, &MainWindow::openResendOf);
    connect(m_receiver, &ReceiverPage::addDestinationRequested, this, &MainWindow::openAddDestination);
    connect(m_receiver, &ReceiverPage::startRequested, this, &MainWindow::startReceiver);
    connect(m_receiver, &ReceiverPage::deleteRequested, this, &MainWindow::confirmDelete);
    connect(m_alerts, &AlertsPage::searchRequested, m_search, &QLineEdit::setText);
    connect(&m_index, &AlertIndex::countsChanged, this, [this] {
        m_status->setAlertCount(m_index.counts().all);
        onDestinationsChanged();
        updateActions();
    });
}

void MainWindow::setUpNavigation()
{
    prepareNavigation(ui->navigation);
    ui->navigation->setModel(m_navigation);
    followSelection(ui->navigation);
    ui->navigation->expandAll();
    ui->sides->setStretchFactor(0, 0);
    ui->sides->setStretchFactor(1, 1);
    ui->sides->setSizes({sidebarWidth, firstSize.width() - sidebarWidth});
    m_navigation->setDestinations(m_desk.destinations());
    connect(&m_desk, &Desk::destinationsChanged, m_navigation,
            [this] { m_navigation->setDestinations(m_desk.destinations()); });
    connect(&m_desk, &Desk::statsChanged, m_navigation, &NavigationModel::setStats);
    connect(m_navigation, &QAbstractItemModel::rowsInserted, ui->navigation,
            [this](const QModelIndex &parent) { ui->navigation->expand(parent); });
    connect(ui->navigation->selectionModel(), &QItemSelectionModel::selectionChanged, this, &MainWindow::onNavigated);
    ui->navigation->setCurrentIndex(m_navigation->indexOf(NavigationModel::Kind::AllAlerts));
}

void MainWindow::connectActions()
{
    connect(ui->addDestinationAction, &QAction::triggered, this, &MainWindow::openAddDestination);
    connect(ui->newAlertAction, &QAction::triggered, this, &MainWindow::openNewAlert);
    connect(ui->importAlertsAction, &QAction::triggered, this, [this] { openImport(); });
    connect(ui->settingsAction, &QAction::triggered, this, &MainWindow::openSettings);
    connect(ui->quitAction, &QAction::triggered, this, &QWidget::close);
    connect(ui->resendFailedAction, &QAction::triggered, this, &MainWindow::openResend);
    AlertDetails *details = &m_alerts->details();
    connect(ui->resendAction, &QAction::triggered, details, &AlertDetails::resend);
    connect(ui->dismissAction, &QAction::triggered, details, &AlertDetails::dismiss);
    connect(ui->copyAsCurlAction, &QAction::triggered, details, &AlertDetails::copyAsCurl);
    connect(ui->saveBodyAction, &QAction::triggered, details, &AlertDetails::saveBody);
    connect(ui->sendAnywayTabAction, &QAction::triggered, details, &AlertDetails::showWhyTab);
    connect(details, &AlertDetails::changed, this, &MainWindow::updateActions);
    ui->copyRowAction->setShortcutContext(Qt::WidgetShortcut);
    m_alerts->table().addAction(ui->copyRowAction);
    connect(ui->copyRowAction, &QAction::triggered, m_alerts, &AlertsPage::copyRows);
    m_alerts->table().setContextMenuPolicy(Qt::CustomContextMenu);
    connect(&m_alerts->table(), &QWidget::customContextMenuRequested, this,
            [this](QPoint at) { ui->alertMenu->popup(m_alerts->table().viewport()->mapToGlobal(at)); });

    connect(ui->testDestinationAction, &QAction::triggered, this, [this] {
        if (const auto id = testedDestination()) {
            openTest(*id);
        }
    });
    const auto withDestination = [this](void (MainWindow::*command)(DestinationId)) {
        return [this, command] {
            if (const auto id = chosenDestination()) {
                (this->*command)(*id);
            }
        };
    };
    connect(ui->editDestinationAction, &QAction::triggered, this, withDestination(&MainWindow::openEditDestination));
    connect(ui->pauseDestinationAction, &QAction::triggered, this, withDestination(&MainWindow::togglePause));
    connect(ui->duplicateDestinationAction, &QAction::triggered, this, withDestination(&MainWindow::duplicate));
    connect(ui->deleteDestinationAction, &QAction::triggered, this, withDestination(&MainWindow::confirmDelete));
    connect(ui->builtInReceiverAction, &QAction::triggered, this, &MainWindow::tryReceiver);

    connect(ui->findAction, &QAction::triggered, this, [this] {
        m_search->setFocus(Qt::ShortcutFocusReason);
        m_search->selectAll();
    });
    connect(ui->refreshAction, &QAction::triggered, this, [this] {
        m_index.load();
        m_alerts->refresh();
    });
    connect(ui->detailsBesideAction, &QAction::toggled, m_alerts, &AlertsPage::setDetailsBeside);
    connect(ui->keysAction, &QAction::triggered, this, &MainWindow::showKeys);
    connect(ui->aboutAction, &QAction::triggered, this, &MainWindow::showAbout);

    auto *pause = new QTimer(this);
    pause->setSingleShot(true);
    pause->setInterval(pauseMs);
    connect(m_search, &QLineEdit::textChanged, this, [this, pause](const QString &text) {
        pause->start(); // "severity:cri" is half a word, and no fault yet
        if (m_alerts->isSearchable(text)) {
            pause->stop();
            search();
        }
    });
    connect(m_search, &QLineEdit::returnPressed, m_alerts, &AlertsPage::focusTable);
    connect(pause, &QTimer::timeout, this, &MainWindow::search);
    connect(m_status, &StatusLine::queueClicked, this, [this] { navigate(NavigationModel::Kind::Retrying); });
    connect(m_status, &StatusLine::intakeClicked, this, &MainWindow::openSettings);
    connect(m_status, &StatusLine::storeClicked, this, &MainWindow::showAbout);
    connect(&m_desk, &Desk::destinationsChanged, this, &MainWindow::onDestinationsChanged);
}

// Whoever types goes on typing there, also where the list had to be fetched first.
void MainWindow::search()
{
    if (ui->pages->currentWidget() != m_alerts) {
        const bool isTyped = m_search->hasFocus();
        navigate(NavigationModel::Kind::AllAlerts);
        if (isTyped) {
            m_search->setFocus(Qt::OtherFocusReason);
        }
    }
    m_alerts->setSearch(m_search->text());
}

void MainWindow::navigate(NavigationModel::Kind kind)
{
    ui->navigation->setCurrentIndex(m_navigation->indexOf(kind));
}

void MainWindow::onNavigated()
{
    const QModelIndex index = ui->navigation->currentIndex();
    const NavigationModel::Kind kind = m_navigation->kindAt(index);
    if (kind == NavigationModel::Kind::Destination) {
        const DestinationId id = m_navigation->destinationAt(index);
        const auto destination = m_desk.destination(id);
        const bool receiver = destination && destination->builtInReceiver;
        if (receiver) {
            m_receiver->setDestination(id);
        } else {
            m_destination->setDestination(id);
        }
        ui->pages->setCurrentWidget(receiver ? static_cast<QWidget *>(m_receiver) : m_destination);
        updateActions();
        return;
    }
    AlertFilter filter;
    filter.needsAttention = kind == NavigationModel::Kind::NeedsAttention;
    if (kind == NavigationModel::Kind::Retrying) {
        filter.statuses = {AlertStatus::Retrying};
    } else if (kind == NavigationModel::Kind::DeliveredToday) {
        filter.statuses = {AlertStatus::Delivered};
        filter.deliveredSince = words::startOfDay(m_desk.clock().nowUtc());
    }
    m_alerts->setBaseFilter(filter);
    onDestinationsChanged();
    updateActions();
}

// With no destination and no alert there is only the first step to show.
void MainWindow::onDestinationsChanged()
{
    const bool empty = m_desk.destinations().isEmpty() && m_index.counts().all == 0;
    const bool onAlerts = m_navigation->kindAt(ui->navigation->currentIndex()) != NavigationModel::Kind::Destination;
    if (onAlerts) {
        QWidget *page = empty ? static_cast<QWidget *>(m_firstRun) : m_alerts;
        const bool isNew = ui->pages->currentWidget() != page;
        ui->pages->setCurrentWidget(page);
        if (isNew && isVisible()) {
            takeFirstFocus();
        }
    }
    updateActions();
}

void MainWindow::takeFirstFocus()
{
    if (ui->pages->currentWidget() == m_firstRun) {
        m_firstRun->primaryButton()->setFocus(Qt::OtherFocusReason);
    } else if (ui->pages->currentWidget() == m_alerts) {
        m_alerts->focusTable();
    }
}

void MainWindow::showEvent(QShowEvent *event)
{
    QMainWindow::showEvent(event);
    takeFirstFocus();
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    m_settings.setValue(QStringLiteral("window/geometry"), saveGeometry());
    m_settings.setValue(QStringLiteral("window/sides"), ui->sides->saveState());
    m_alerts->saveState(m_settings);
    QMainWindow::closeEvent(event);
}

void MainWindow::restoreWindow()
{
    const QByteArray geometry = m_settings.value(QStringLiteral("window/geometry")).toByteArray();
    if (geometry.isEmpty() || !restoreGeometry(geometry)) {
        // A title bar stands above it once it is shown.
        const int titleBar = style()->pixelMetric(QStyle::PM_TitleBarHeight, nullptr, this);
        resize(firstSize.boundedTo(screen()->availableSize() - QSize(0, titleBar)));
    }
    ui->sides->restoreState(m_settings.value(QStringLiteral("window/sides")).toByteArray());
    m_alerts->restoreState(m_settings);
    ui->detailsBesideAction->setChecked(m_alerts->areDetailsBeside());
}

} // namespace courier
