// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "gui/storagepage.h"

#include "desk/desk.h"
#include "desk/retention.h"
#include "models/words.h"
#include "store/whendone.h"
#include "ui_storagepage.h"

namespace courier {
namespace {

constexpr int offeredBodyDays = 30; ///< where they are not dropped yet

void setUp(QCheckBox *limit, QWidget *field)
{
    QObject::connect(limit, &QCheckBox::toggled, field, &QWidget::setEnabled);
    field->setEnabled(limit->isChecked());
}

} // namespace

StoragePage::StoragePage(QWidget *parent)
    : QWidget(parent)
    , ui(std::make_unique<Ui::StoragePage>())
{
    ui->setupUi(this);
    ui->ageNote->hide();
    ui->state->setNotice(Strip::Kind::Info, tr("Looking at the store …"), {});
    setUp(ui->byAge, ui->days);
    setUp(ui->bySize, ui->gigabytes);
    setUp(ui->byBody, ui->bodyDays);
    for (QCheckBox *limit : {ui->byAge, ui->bySize, ui->byBody}) {
        connect(limit, &QCheckBox::toggled, this, &StoragePage::onEdited);
    }
    for (QSpinBox *days : {ui->days, ui->bodyDays}) {
        connect(days, &QSpinBox::valueChanged, this, &StoragePage::onEdited);
    }
    connect(ui->gigabytes, &QDoubleSpinBox::valueChanged, this, &StoragePage::onEdited);
}

StoragePage::~StoragePage() = default;

void StoragePage::follow(Desk &desk)
{
    m_desk = &desk;
    connect(&desk.retention(), &Retention::finished, this, &StoragePage::readSize);
    whenDone(this, desk.store().read([](Queries &queries) { return RetentionSettings::read(queries); }),
             [this](const RetentionSettings &settings) { setValue(settings); });
    readSize();
}

void StoragePage::setValue(const RetentionSettings &settings)
{
    m_showing = true;
    m_stored = settings;
    ui->byAge->setChecked(settings.days > 0);
    ui->days->setValue(settings.days > 0 ? settings.days : RetentionSettings().days);
    ui->bySize->setChecked(settings.gigabytes > 0);
    ui->gigabytes->setValue(settings.gigabytes > 0 ? settings.gigabytes : RetentionSettings().gigabytes);
    ui->byBody->setChecked(settings.bodyDays > 0);
    ui->bodyDays->setValue(settings.bodyDays > 0 ? settings.bodyDays : offeredBodyDays);
    m_showing = false;
}

RetentionSettings StoragePage::shown() const
{
    RetentionSettings settings;
    settings.days = ui->byAge->isChecked() ? ui->days->value() : 0;
    settings.gigabytes = ui->bySize->isChecked() ? ui->gigabytes->value() : 0;
    settings.bodyDays = ui->byBody->isChecked() ? ui->bodyDays->value() : 0;
    return settings;
}

StoragePage::Changes StoragePage::changes() const
{
    const RetentionSettings now = shown();
    Changes changes;
    if (now.days != m_stored.days) {
        changes.append({RetentionSettings::daysKey(), QString::number(now.days)});
    }
    if (QString::number(now.gigabytes) != QString::number(m_stored.gigabytes)) {
        changes.append({RetentionSettings::gigabytesKey(), QString::number(now.gigabytes)});
    }
    if (now.bodyDays != m_stored.bodyDays) {
        changes.append({RetentionSettings::bodyDaysKey(), QString::number(now.bodyDays)});
    }
    return changes;
}

void StoragePage::onEdited()
{
    if (m_showing) {
        return;
    }
    countWhatGoes();
    Q_EMIT edited();
}

// A number with a digit too few would remove more than was meant: it is said before it is saved.
void StoragePage::countWhatGoes()
{
    ++m_countTicket;
    const int days = shown().days;
    if (days == 0 || (m_stored.days > 0 && days >= m_stored.days)) {
        ui->ageNote->hide();
        return;
    }
    const qint64 before = m_desk->clock().nowUtc() - days * Q_INT64_C(86'400'000);
    whenDone(this, m_desk->store().read([before](Queries &queries) { return queries.alertsBefore(before); }),
             [this, ticket = m_countTicket](qint64 count) {
                 if (ticket == m_countTicket) {
                     ui->ageNote->setText(count == 1 ? tr("One alert is older than that.")
                                                     : tr("%1 alerts are older than that.").arg(words::count(count)));
                     ui->ageNote->setVisible(count > 0);
                 }
             });
}

void StoragePage::readSize()
{
    whenDone(this, m_desk->store().read([](Queries &queries) { return queries.sizeInAlerts(); }),
             [this](const StoreSize &size) { showSize(size); });
}

void StoragePage::showSize(const StoreSize &size)
{
    constexpr qint64 worthTelling = 64'000'000;
    const QString used = words::size(size.used);
    const QString headline = size.alerts == 1
                                 ? tr("The store takes %1, with 1 alert.").arg(used)
                                 : tr("The store takes %1, with %2 alerts.").arg(used, words::count(size.alerts));
    QStringList facts;
    if (size.oldestAt != 0) {
        facts.append(tr("The oldest: %1.").arg(words::relativeTime(size.oldestAt, m_desk->clock().nowUtc())));
    }
    if (size.free > worthTelling) {
        facts.append(tr("%1 more are free and will be used again.").arg(words::size(size.free)));
    }
    ui->state->setNotice(Strip::Kind::Info, headline, facts.join(QLatin1Char(' ')));
}

} // namespace courier
