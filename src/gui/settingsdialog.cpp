// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "gui/settingsdialog.h"

#include "desk/desk.h"
#include "desk/guardsetting.h"
#include "desk/intakeservice.h"
#include "desk/retention.h"
#include "desk/watchedfiles.h"
#include "store/whendone.h"
#include "ui_settingsdialog.h"

namespace courier {

SettingsDialog::SettingsDialog(Desk &desk, QWidget *parent)
    : QDialog(parent)
    , m_desk(desk)
    , ui(std::make_unique<Ui::SettingsDialog>())
{
    setAttribute(Qt::WA_DeleteOnClose);
    ui->setupUi(this);
    ui->problem->hide();
    ui->save->setEnabled(false);
    ui->intake->follow(m_desk.intake());
    connect(ui->cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(ui->save, &QPushButton::clicked, this, &SettingsDialog::save);
    const auto enableSave = [this] { ui->save->setEnabled(true); };
    connect(ui->intake, &IntakePage::edited, this, enableSave);
    connect(ui->severities, &SeverityPage::edited, this, enableSave);
    connect(ui->sources, &SourcesPage::edited, this, enableSave);
    connect(ui->delivery, &DeliveryPage::edited, this, enableSave);
    connect(ui->storage, &StoragePage::edited, this, enableSave);
    ui->save->setDefault(true);
    ui->endpointScroll->viewport()->setBackgroundRole(QPalette::Window);
    load();
}

SettingsDialog::~SettingsDialog() = default;

void SettingsDialog::showPage(Page page)
{
    ui->tabs->setCurrentIndex(static_cast<int>(page));
}

void SettingsDialog::load()
{
    whenDone(this, m_desk.store().read([](Queries &queries) { return IntakeSettings::read(queries); }),
             [this](const IntakeSettings &settings) {
                 ui->intake->setValue(settings);
                 ui->severities->setValue(settings.severities);
                 ui->save->setEnabled(false);
             });
    ui->sources->follow(m_desk);
    ui->delivery->setValue(m_desk.guard());
    ui->storage->follow(m_desk);
}

bool SettingsDialog::validate()
{
    // A second time where something is wrong, when its page is shown and a field can take the focus.
    const auto isFine = [this](auto *page, Page place) {
        if (page->validate()) {
            return true;
        }
        showPage(place);
        return page->validate();
    };
    return isFine(ui->intake, Page::Endpoint) && isFine(ui->sources, Page::Sources) &&
           isFine(ui->severities, Page::Severities);
}

void SettingsDialog::save()
{
    ui->problem->hide();
    if (!validate()) {
        return;
    }
    setEnabled(false);
    storeNext(ui->intake->changes() + ui->sources->changes() + ui->severities->changes() + ui->delivery->changes() +
              ui->storage->changes());
}

void SettingsDialog::storeNext(Changes changes)
{
    if (changes.isEmpty()) {
        m_desk.intake().readSettings();
        m_desk.watchedFiles().lookAgain();
        m_desk.guard().readAgain();
        m_desk.retention().look();
        accept();
        return;
    }
    const auto [key, value] = changes.takeFirst();
    whenDone(this, m_desk.store().setSetting(key, value), [this, changes](const Result<QString> &stored) {
        if (stored) {
            storeNext(changes);
        } else {
            refuse(stored.error());
        }
    });
}

void SettingsDialog::refuse(const Error &error)
{
    setEnabled(true);
    ui->problem->setNotice(Strip::Kind::Failure, tr("The settings could not be stored."), error.message);
    ui->problem->show();
}

} // namespace courier
