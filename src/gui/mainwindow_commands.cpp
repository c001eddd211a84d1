// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

// What the window's actions do: the dialogs they open and what they ask the desk for. The rest is in mainwindow.cpp.

#include "gui/mainwindow.h"

#include "ui_mainwindow.h"

#include "gui/alertdetails.h"
#include "gui/alertspage.h"
#include "gui/alerttableview.h"
#include "gui/destinationpage.h"
#include "gui/destinationtestdialog.h"
#include "gui/destinationwizard.h"
#include "gui/glyphs.h"
#include "gui/importdialog.h"
#include "gui/newalertdialog.h"
#include "gui/receiverpage.h"
#include "gui/resenddialog.h"
#include "gui/settingsdialog.h"
#include "models/words.h"
#include "store/whendone.h"

#include <QActionGroup>
#include <QHeaderView>
#include <QLineEdit>
#include <QMessageBox>
#include <QPushButton>
#include <QSettings>

#include <utility>

namespace courier {
namespace {

// A question or a word that doesn't block the program: open(), never exec().
QMessageBox *messageBox(QWidget *parent, QMessageBox::Icon icon, const QString &title, const QString &text)
{
    auto *box = new QMessageBox(icon, title, text, QMessageBox::NoButton, parent);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setTextFormat(Qt::PlainText);
    return box;
}

} // namespace

std::optional<DestinationId> MainWindow::chosenDestination() const
{
    const QModelIndex index = ui->navigation->currentIndex();
    if (m_navigation->kindAt(index) == NavigationModel::Kind::Destination) {
        return m_navigation->destinationAt(index);
    }
    // Elsewhere a single one is meant without being chosen.
    return m_desk.destinations().size() == 1 ? std::optional(m_desk.destinations().first().id) : std::nullopt;
}

// The one whose deliveries are looked at, where an alert is.
std::optional<DestinationId> MainWindow::testedDestination() const
{
    const bool isListed = ui->pages->currentWidget() == m_alerts;
    const auto lookedAt = isListed ? m_alerts->details().chosenDestination() : std::nullopt;
    return lookedAt && m_desk.destination(*lookedAt) ? lookedAt : chosenDestination();
}

void MainWindow::openAddDestination()
{
    auto *wizard = new DestinationWizard(m_desk, this);
    connect(wizard, &DestinationWizard::finishedWith, this, &MainWindow::showDestination);
    wizard->open();
}

void MainWindow::openEditDestination(DestinationId id)
{
    if (const auto destination = m_desk.destination(id)) {
        auto *wizard = new DestinationWizard(m_desk, *destination, this);
        wizard->open();
    }
}

void MainWindow::openTest(DestinationId id)
{
    if (const auto destination = m_desk.destination(id)) {
        auto *dialog = new DestinationTestDialog(m_desk, *destination, this);
        dialog->open();
    }
}

void MainWindow::openNewAlert()
{
    auto *dialog = new NewAlertDialog(m_desk, this);
    connect(dialog, &NewAlertDialog::alertSent, this, &MainWindow::showAlert);
    dialog->open();
}

void MainWindow::openImport(const QString &path)
{
    auto *dialog = new ImportDialog(m_desk, this);
    path.isEmpty() ? dialog->chooseFile() : dialog->importFile(path);
}

void MainWindow::openSettings()
{
    auto *dialog = new SettingsDialog(m_desk, this);
    dialog->open();
}

void MainWindow::openResend()
{
    auto *dialog = new ResendDialog(m_desk, m_alerts->filter(), m_alerts->filterWords(), this);
    connect(dialog, &ResendDialog::confirmed, this, [this](const AlertFilter &filter) {
        navigateToAlerts();
        m_desk.startResend(filter);
    });
    dialog->open();
}

// What a page asks for goes by way of the list, so that the operator sees what is meant.
void MainWindow::openResendOf(const QString &search)
{
    navigateToAlerts();
    m_search->setText(search);
    m_alerts->setSearch(search);
    openResend();
}

void MainWindow::startReceiver()
{
    whenDone(this, m_desk.startReceiver(), [this](const Result<Destination> &destination) {
        if (!destination) {
            showError(destination.error());
        }
    });
}

void MainWindow::tryReceiver()
{
    if (std::exchange(m_startingReceiver, true)) {
        return; // a second click: the first is on its way
    }
    whenDone(this, m_desk.startReceiver(), [this](const Result<Destination> &destination) {
        m_startingReceiver = false;
        if (!destination) {
            showError(destination.error());
            return;
        }
        showDestination(destination->id);
        m_receiver->sendFirstTest();
    });
}

void MainWindow::showAlerts()
{
    navigate(NavigationModel::Kind::AllAlerts);
}

void MainWindow::showAlert(AlertId id)
{
    navigateToAlerts();
    m_alerts->showAlert(id);
}

void MainWindow::navigateToAlerts()
{
    if (ui->pages->currentWidget() != m_alerts) {
        navigate(NavigationModel::Kind::AllAlerts);
    }
}

// The sidebar learns of a new destination a moment after the store: it is shown as soon as it is there.
void MainWindow::showDestination(DestinationId id)
{
    const QModelIndex index = m_navigation->indexOf(id);
    if (index.isValid()) {
        ui->navigation->setCurrentIndex(index);
        return;
    }
    connect(
        m_navigation, &QAbstractItemModel::rowsInserted, this,
        [this, id] {
            if (const QModelIndex place = m_navigation->indexOf(id); place.isValid()) {
                ui->navigation->setCurrentIndex(place);
            }
        },
        static_cast<Qt::ConnectionType>(Qt::QueuedConnection | Qt::SingleShotConnection));
}

void MainWindow::togglePause(DestinationId id)
{
    const auto destination = m_desk.destination(id);
    whenDone(this, m_desk.setPaused(id, !(destination && destination->paused)), [this](const Result<qint64> &held) {
        if (!held) {
            showError(held.error());
        }
    });
}

void MainWindow::duplicate(DestinationId id)
{
    whenDone(this, m_desk.duplicateDestination(id),
             [this](const Result<Destination> &copy) { copy ? showDestination(copy->id) : showError(copy.error()); });
}

void MainWindow::confirmDelete(DestinationId id)
{
    m_destination->confirmDelete(id);
}

void MainWindow::showError(const Error &error)
{
    auto *box = messageBox(this, QMessageBox::Warning, tr("Alert Courier"), error.message);
    box->addButton(QMessageBox::Close);
    box->open();
}

void MainWindow::showKeys()
{
    const QString text = tr("Anywhere:\n"
                            "Ctrl+N  Add Destination\nCtrl+Shift+N  New Alert\nCtrl+O  Import\nCtrl+F  Search\n"
                            "Ctrl+,  Settings\n"
                            "F4  Details at the right or below\nF5  Refresh\nCtrl+Q  Quit\n\n"
                            "While the list has the focus:\n"
                            "J, K, arrows  Next and previous alert\nReturn  Go to its deliveries\nR  Resend\n"
                            "Shift+R  Resend all failed\nT  Send Test Alert\nC  Copy as cURL\n"
                            "Ctrl+C  Copy as text and JSON");
    auto *box = messageBox(this, QMessageBox::NoIcon, tr("Keys"), text);
    box->addButton(QMessageBox::Close);
    box->open();
}

void MainWindow::showAbout()
{
    const QString text = tr("Alert Courier %1\n\nDelivers security and monitoring alerts to webhooks, and shows what "
                            "became of them.\n\nData: %2\nLicence: Apache-2.0")
                             .arg(QStringLiteral(COURIER_VERSION), m_desk.directory());
    auto *box = messageBox(this, QMessageBox::NoIcon, tr("About Alert Courier"), text);
    box->setIconPixmap(programIcon().pixmap(64));
    box->addButton(QMessageBox::Close);
    box->open();
}

} // namespace courier
