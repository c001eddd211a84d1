// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "gui/destinationform.h"

#include "gui/destinationwords.h"
#include "gui/fieldmessage.h"
#include "gui/flowrow.h"
#include "gui/formfields.h"
#include "gui/glyphs.h"
#include "gui/wheelguard.h"
#include "models/marks.h"
#include "ui_destinationform.h"

namespace courier {
DestinationForm::DestinationForm(QWidget *parent)
    : QWidget(parent)
    , ui(std::make_unique<Ui::DestinationForm>())
    , m_checker([](const Destination &destination) { return check(destination); })
    , m_fields(new FormFields(this))
{
    ui->setupUi(this);
    prepareChoices();
    prepareFields();
    m_advancedFields = {ui->headersLabel, ui->headersField,  ui->timeoutLabel, ui->timeout, ui->scheduleLabel,
                        ui->schedule,     ui->scheduleWords, ui->retriesLabel, ui->retries, ui->resolutions,
                        ui->rateLabel,    ui->rate,          ui->securityLine, ui->security};
    connectFields();
    setValue({});
    setAdvancedShown(false);
    setFocusProxy(ui->name);
    new WheelGuard(this);
}

DestinationForm::~DestinationForm() = default;

void DestinationForm::prepareChoices()
{
    m_severities = {{Severity::Critical, ui->critical},
                    {Severity::High, ui->high},
                    {Severity::Medium, ui->medium},
                    {Severity::Low, ui->low},
                    {Severity::Info, ui->info}};
    for (const auto &[severity, box] : std::as_const(m_severities)) {
        box->setIcon(glyphIcon(severityGlyph(severity), severityColorKey(severity)));
        box->setIconSize({14, 14});
    }
    m_types = {{AlertType::Rule, ui->rule},
               {AlertType::RuleError, ui->ruleError},
               {AlertType::Policy, ui->policy},
               {AlertType::ScheduledRule, ui->scheduledRule},
               {AlertType::ScheduledRuleError, ui->scheduledRuleError},
               {AlertType::SystemError, ui->systemError}};
    FlowLayout *severities = ui->severityRow->flow();
    severities->setGaps(16, 4);
    severities->setContentsMargins(0, 4, 0, 0);
    FlowLayout *types = ui->typeRow->flow();
    types->setGaps(16, 4);
    types->setContentsMargins(0, 4, 0, 0);
    types->setColumns(true);
    for (const RetrySchedule schedule : allRetrySchedules()) {
        ui->schedule->addItem(displayName(schedule), static_cast<int>(schedule));
    }
}

void DestinationForm::prepareFields()
{
    m_fields->addLine(idOf(DestinationField::Name), ui->name, ui->nameMessage);
    m_fields->addLine(idOf(DestinationField::Url), ui->url, ui->urlMessage);
    m_fields->add(idOf(DestinationField::Severities), ui->critical, ui->severityMessage);
    m_fields->add(idOf(DestinationField::Types), ui->rule, ui->typeMessage);
    ui->severityMessage->setField(nullptr); // it is about all the boxes
    ui->typeMessage->setField(nullptr);
    m_fields->add(idOf(DestinationField::Headers), ui->headers, ui->headersMessage);
    m_fields->add(idOf(DestinationField::Timeout), ui->timeout, nullptr);
    m_fields->add(idOf(DestinationField::Retries), ui->retries, nullptr);
    m_fields->add(idOf(DestinationField::Rate), ui->rate, nullptr);
    ui->security->addTo(*m_fields);
}

void DestinationForm::connectFields()
{
    connect(m_fields, &FormFields::changed, this, &DestinationForm::recheck);
    connect(m_fields, &FormFields::left, this, &DestinationForm::checkField);
    connect(ui->security, &SecuritySection::changed, this, [this](SecurityField field) { recheck(idOf(field)); });
    connect(ui->security, &SecuritySection::left, this, [this](SecurityField field) { checkField(idOf(field)); });
    connect(ui->security, &SecuritySection::edited, this, &DestinationForm::onEdited);
    for (const auto &entry : std::as_const(m_severities)) {
        connect(entry.second, &QCheckBox::toggled, this, [this] { recheck(idOf(DestinationField::Severities)); });
    }
    for (const auto &entry : std::as_const(m_types)) {
        connect(entry.second, &QCheckBox::toggled, this, [this] { recheck(idOf(DestinationField::Types)); });
    }
    connect(ui->timeout, &QSpinBox::valueChanged, this, &DestinationForm::onEdited);
    connect(ui->rate, &QDoubleSpinBox::valueChanged, this, &DestinationForm::onEdited);
    connect(ui->retries, &QSpinBox::valueChanged, this, &DestinationForm::onEdited);
    connect(ui->resolutions, &QCheckBox::toggled, this, &DestinationForm::onEdited);
    connect(ui->schedule, &QComboBox::currentIndexChanged, this, &DestinationForm::onEdited);
    connect(ui->advanced, &QPushButton::clicked, this, [this] { setAdvancedShown(!m_advancedShown); });
    connectHeaders();
}

void DestinationForm::connectHeaders()
{
    connect(ui->headers, &HeadersTable::edited, this, [this] { recheck(idOf(DestinationField::Headers)); });
    connect(ui->headers, &HeadersTable::currentCellChanged, this, &DestinationForm::updateWords);
    connect(ui->addHeader, &QPushButton::clicked, ui->headers, &HeadersTable::addHeader);
    connect(ui->removeHeader, &QPushButton::clicked, ui->headers, &HeadersTable::removeCurrent);
    connect(ui->secretHeader, &QCheckBox::clicked, ui->headers, &HeadersTable::setCurrentSecret);
}

void DestinationForm::setSecretReader(const SecretReader &reader)
{
    ui->security->setReader(reader);
}

void DestinationForm::setSeenCertificate(const QByteArray &sha256)
{
    ui->security->setSeenCertificate(sha256);
}

Destination DestinationForm::value() const
{
    Destination destination = m_base;
    destination.name = ui->name->text().trimmed();
    destination.url = ui->url->text().trimmed();
    for (const auto &[severity, box] : m_severities) {
        destination.severities.set(severity, box->isChecked());
    }
    for (const auto &[type, box] : m_types) {
        destination.types.set(type, box->isChecked());
    }
    destination.headers = ui->headers->headers();
    destination.timeoutSeconds = ui->timeout->value();
    destination.schedule = static_cast<RetrySchedule>(ui->schedule->currentData().toInt());
    destination.maxRetries = ui->retries->value();
    destination.ratePerSecond = roundedRate(ui->rate->value());
    destination.resolutions = ui->resolutions->isChecked();
    destination.security = ui->security->value();
    return destination;
}

SecretChanges DestinationForm::secretChanges() const
{
    SecretChanges changes = ui->security->changes();
    changes.headers = ui->headers->secrets();
    return changes;
}

void DestinationForm::setValue(const Destination &destination)
{
    m_quiet = true;
    m_base = destination;
    ui->name->setText(destination.name);
    ui->url->setText(destination.url);
    for (const auto &[severity, box] : std::as_const(m_severities)) {
        box->setChecked(destination.severities.contains(severity));
    }
    for (const auto &[type, box] : std::as_const(m_types)) {
        box->setChecked(destination.types.contains(type));
    }
    ui->headers->setHeaders(destination.headers);
    ui->timeout->setValue(destination.timeoutSeconds);
    ui->schedule->setCurrentIndex(ui->schedule->findData(static_cast<int>(destination.schedule)));
    ui->retries->setValue(destination.maxRetries);
    ui->rate->setValue(destination.ratePerSecond);
    ui->resolutions->setChecked(destination.resolutions);
    ui->security->setValue(destination);
    for (const int field : m_fields->all()) {
        showIssues(field, {});
    }
    m_quiet = false;
    onEdited();
}

void DestinationForm::setAdvancedShown(bool shown)
{
    m_advancedShown = shown;
    for (QWidget *field : std::as_const(m_advancedFields)) {
        field->setVisible(shown);
    }
    ui->advancedSummary->setVisible(!shown);
    ui->advanced->setIcon(
        glyphIcon(shown ? QStringLiteral("chevron-down") : QStringLiteral("chevron-right"), QStringLiteral("muted")));
    updateWords();
}

// The labels have their sizes by now.
void DestinationForm::showEvent(QShowEvent *event)
{
    ui->security->alignWith(ui->grid);
    QWidget::showEvent(event);
}

void DestinationForm::onEdited()
{
    if (!m_quiet) {
        updateWords();
        Q_EMIT edited();
    }
}

void DestinationForm::updateWords()
{
    const Destination destination = value();
    const QString summary = advancedSummary(destination);
    ui->advancedSummary->setText(summary);
    ui->advanced->setAccessibleDescription(m_advancedShown ? tr("Shown") : summary);
    const QString schedule = describe(destination.schedule, destination.maxRetries);
    ui->scheduleWords->setText(schedule);
    ui->schedule->setAccessibleDescription(schedule);
    ui->schedule->setEnabled(destination.maxRetries > 0);
    ui->removeHeader->setEnabled(ui->headers->rowCount() > 0);
    ui->secretHeader->setEnabled(ui->headers->currentRow() >= 0);
    ui->secretHeader->setChecked(ui->headers->isCurrentSecret());
}

} // namespace courier
