// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

// How the window and its actions look. What they do is in mainwindow_commands.cpp.

#include "gui/mainwindow.h"

#include "ui_mainwindow.h"

#include "gui/alertdetails.h"
#include "gui/alertspage.h"
#include "gui/alerttableview.h"
#include "gui/glyphs.h"
#include "store/schema.h"

#include <QActionGroup>
#include <QDragEnterEvent>
#include <QHeaderView>
#include <QLineEdit>
#include <QMimeData>
#include <QSettings>

namespace courier {

void MainWindow::setIcons()
{
    const std::pair<QAction *, const char *> icons[] = {{ui->addDestinationAction, "add-destination"},
                                                        {ui->newAlertAction, "new-alert"},
                                                        {ui->importAlertsAction, "import"},
                                                        {ui->resendFailedAction, "resend"},
                                                        {ui->resendAction, "resend"},
                                                        {ui->copyAsCurlAction, "copy"},
                                                        {ui->saveBodyAction, "save"},
                                                        {ui->testDestinationAction, "test"},
                                                        {ui->editDestinationAction, "edit"},
                                                        {ui->pauseDestinationAction, "pause"},
                                                        {ui->duplicateDestinationAction, "duplicate"},
                                                        {ui->deleteDestinationAction, "trash"},
                                                        {ui->builtInReceiverAction, "receiver"},
                                                        {ui->findAction, "search"},
                                                        {ui->dismissAction, "dismiss"},
                                                        {ui->refreshAction, "refresh"},
                                                        {ui->keysAction, "keyboard"},
                                                        {ui->aboutAction, "about"},
                                                        {ui->settingsAction, "settings"},
                                                        {ui->quitAction, "quit"}};
    for (const auto &[action, name] : icons) {
        action->setIcon(glyphIcon(QString::fromLatin1(name)));
    }
    setWindowIcon(programIcon());
}

// Letters alone: they belong to the list, and are typed everywhere else.
void MainWindow::setUpListKeys()
{
    AlertTableView &list = m_alerts->table();
    list.addKey(Qt::Key_R, ui->resendAction);
    list.addKey(Qt::SHIFT | Qt::Key_R, ui->resendFailedAction);
    list.addKey(Qt::Key_C, ui->copyAsCurlAction);
    list.addKey(Qt::Key_T, ui->testDestinationAction);
}

void MainWindow::setUpAppearance()
{
    auto *group = new QActionGroup(this);
    const std::pair<QAction *, Theme::Appearance> choices[] = {{ui->appearanceSystemAction, Theme::Appearance::System},
                                                               {ui->appearanceLightAction, Theme::Appearance::Light},
                                                               {ui->appearanceDarkAction, Theme::Appearance::Dark}};
    for (const auto &[action, appearance] : choices) {
        group->addAction(action);
        action->setChecked(m_theme.appearance() == appearance);
        connect(action, &QAction::triggered, this, [this, chosen = appearance] {
            m_theme.setAppearance(chosen);
            m_settings.setValue(QStringLiteral("window/appearance"), static_cast<int>(chosen));
        });
    }
}

void MainWindow::setUpColumnsMenu()
{
    auto *header = m_alerts->table().horizontalHeader();
    const auto fill = [this, header] {
        ui->columnsMenu->clear();
        for (int column = 0; column < header->count(); ++column) {
            auto *action = ui->columnsMenu->addAction(header->model()->headerData(column, Qt::Horizontal).toString());
            action->setCheckable(true);
            action->setChecked(!header->isSectionHidden(column));
            action->setEnabled(column != AlertTableModel::AlertColumn);
            connect(action, &QAction::toggled, this,
                    [this, column](bool shown) { m_alerts->table().chooseColumn(column, shown); });
        }
    };
    connect(ui->columnsMenu, &QMenu::aboutToShow, this, fill);
    fill();
    header->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(header, &QWidget::customContextMenuRequested, this,
            [this, header](QPoint at) { ui->columnsMenu->popup(header->mapToGlobal(at)); });
}

void MainWindow::updateActions()
{
    const auto id = chosenDestination();
    const auto destination = id ? m_desk.destination(*id) : std::nullopt;
    for (QAction *action : {ui->editDestinationAction, ui->pauseDestinationAction, ui->duplicateDestinationAction,
                            ui->deleteDestinationAction}) {
        action->setEnabled(destination.has_value());
    }
    const auto tested = testedDestination();
    ui->testDestinationAction->setEnabled(tested && m_desk.destination(*tested));
    const bool paused = destination && destination->paused;
    ui->pauseDestinationAction->setText(paused ? tr("Resu&me") : tr("&Pause"));
    ui->pauseDestinationAction->setIcon(glyphIcon(paused ? QStringLiteral("play") : QStringLiteral("pause")));
    const AlertDetails &details = m_alerts->details();
    const bool listed = ui->pages->currentWidget() == m_alerts && details.alert().has_value();
    ui->resendAction->setEnabled(listed && details.canResend());
    ui->dismissAction->setEnabled(listed && details.canDismiss());
    ui->copyAsCurlAction->setEnabled(listed && details.canCopyAsCurl());
    ui->saveBodyAction->setEnabled(listed && details.canSaveBody());
    ui->copyRowAction->setEnabled(listed);
    ui->sendAnywayTabAction->setEnabled(listed);
    ui->resendFailedAction->setEnabled(m_index.counts().needsAttention > 0 ||
                                       m_index.counts().of(AlertStatus::Failed) > 0);
}

void MainWindow::setUpToolBar()
{
    auto *space = new QWidget;
    space->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    ui->toolBar->addWidget(space);
    m_search = new QLineEdit;
    m_search->setAccessibleName(tr("Search alerts"));
    m_search->setPlaceholderText(tr("Search alerts, e.g. severity:critical status:failed"));
    m_search->setClearButtonEnabled(true);
    m_search->addAction(glyphIcon(QStringLiteral("search"), QStringLiteral("muted")), QLineEdit::LeadingPosition);
    m_search->setMinimumWidth(240);
    m_search->setMaximumWidth(440);
    m_search->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    ui->toolBar->addWidget(m_search);
    ui->toolBar->layout()->setContentsMargins(8, 8, 12, 8);
    ui->toolBar->setContextMenuPolicy(Qt::PreventContextMenu);
    setContextMenuPolicy(Qt::NoContextMenu);
}

// By whichever process, until it is put away.
void MainWindow::tellOfUpgrade()
{
    const QString key = QStringLiteral("window/toldOfCopy");
    const QString copy = schema::newestCopy(m_desk.store().databasePath());
    ui->upgraded->setText(tr("The store was upgraded. As it was before, it is kept in %1.").arg(copy));
    ui->upgraded->setVisible(!copy.isEmpty() && m_settings.value(key) != copy);
    connect(ui->upgraded, &Strip::closed, this, [this, key, copy] { m_settings.setValue(key, copy); });
}

void MainWindow::dragEnterEvent(QDragEnterEvent *event)
{
    const QList<QUrl> urls = event->mimeData()->urls();
    if (!urls.isEmpty() && urls.first().isLocalFile()) {
        event->acceptProposedAction();
    }
}

void MainWindow::dropEvent(QDropEvent *event)
{
    const QList<QUrl> urls = event->mimeData()->urls();
    for (const QUrl &url : urls) {
        if (url.isLocalFile()) {
            openImport(url.toLocalFile());
        }
    }
    event->acceptProposedAction();
}

} // namespace courier
