// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "gui/destinationform.h"

#include "gui/destinationwords.h"
#include "gui/fieldmessage.h"
#include "gui/flowrow.h"
#include "gui/glyphs.h"
#include "models/marks.h"
#include "ui_destinationform.h"

#include <QFocusEvent>

#include <algorithm>

namespace courier {
namespace {

constexpr DestinationField allFields[] = {DestinationField::Name, DestinationField::Url, DestinationField::Severities,
                                          DestinationField::Types, DestinationField::Headers};

QList<FieldIssue> issuesOf(DestinationField field, const QList<FieldIssue> &issues)
{
    QList<FieldIssue> own;
    std::copy_if(issues.begin(), issues.end(), std::back_inserter(own),
                 [field](const FieldIssue &issue) { return issue.field == field; });
    return own;
}

bool leavesTheWindow(const QEvent *event)
{
    const Qt::FocusReason reason = static_cast<const QFocusEvent *>(event)->reason();
    return reason == Qt::ActiveWindowFocusReason || reason == Qt::PopupFocusReason;
}

} // namespace

DestinationForm::DestinationForm(QWidget *parent)
    : QWidget(parent)
    , ui(std::make_unique<Ui::DestinationForm>())
    , m_checker([](const Destination &destination) { return check(destination); })
{
    ui->setupUi(this);
    prepareChoices();
    prepareMessages();
    m_advancedFields = {ui->headersLabel,  ui->headersField, ui->timeoutLabel,  ui->timeout,
                        ui->scheduleLabel, ui->schedule,     ui->scheduleWords, ui->retriesLabel,
                        ui->retries,       ui->resolutions,  ui->rateLabel,     ui->rate};
    connectFields();
    setValue({});
    setAdvancedShown(false);
    setFocusProxy(ui->name);
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

void DestinationForm::prepareMessages()
{
    m_messages = {{DestinationField::Name, ui->nameMessage},
                  {DestinationField::Url, ui->urlMessage},
                  {DestinationField::Severities, ui->severityMessage},
                  {DestinationField::Types, ui->typeMessage},
                  {DestinationField::Headers, ui->headersMessage}};
    ui->nameMessage->setField(ui->name);
    ui->urlMessage->setField(ui->url);
    ui->headersMessage->setField(ui->headers);
}

void DestinationForm::connectFields()
{
    ui->name->installEventFilter(this);
    ui->url->installEventFilter(this);
    connect(ui->name, &QLineEdit::textChanged, this, [this] { recheck(DestinationField::Name); });
    connect(ui->url, &QLineEdit::textChanged, this, [this] { recheck(DestinationField::Url); });
    connect(ui->headers, &HeadersTable::edited, this, [this] { recheck(DestinationField::Headers); });
    for (const auto &entry : std::as_const(m_severities)) {
        connect(entry.second, &QCheckBox::toggled, this, [this] { recheck(DestinationField::Severities); });
    }
    for (const auto &entry : std::as_const(m_types)) {
        connect(entry.second, &QCheckBox::toggled, this, [this] { recheck(DestinationField::Types); });
    }
    connect(ui->timeout, &QSpinBox::valueChanged, this, &DestinationForm::onEdited);
    connect(ui->rate, &QDoubleSpinBox::valueChanged, this, &DestinationForm::onEdited);
    connect(ui->retries, &QSpinBox::valueChanged, this, &DestinationForm::onEdited);
    connect(ui->resolutions, &QCheckBox::toggled, this, &DestinationForm::onEdited);
    connect(ui->schedule, &QComboBox::currentIndexChanged, this, &DestinationForm::onEdited);
    connect(ui->addHeader, &QPushButton::clicked, ui->headers, &HeadersTable::addHeader);
    connect(ui->removeHeader, &QPushButton::clicked, ui->headers, &HeadersTable::removeCurrent);
    connect(ui->advanced, &QPushButton::clicked, this, [this] { setAdvancedShown(!m_advancedShown); });
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
    return destination;
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
    for (const DestinationField field : allFields) {
        showIssues(field, {});
    }
    m_quiet = false;
    onEdited();
}

bool DestinationForm::validate()
{
    ui->headers->takeHeaders();
    const QList<FieldIssue> issues = m_checker(value());
    for (const DestinationField field : allFields) {
        showIssues(field, issuesOf(field, issues));
    }
    if (ui->headersMessage->hasError()) {
        setAdvancedShown(true);
    }
    const auto fault =
        std::find_if(issues.begin(), issues.end(), [](const FieldIssue &issue) { return issue.isError; });
    if (fault == issues.end()) {
        return true;
    }
    focusField(fault->field, fault->row);
    return false;
}

void DestinationForm::showFault(DestinationField field, const QString &message)
{
    showIssues(field, {{field, true, message, -1}});
    focusField(field, -1);
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

bool DestinationForm::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::FocusOut && !leavesTheWindow(event)) {
        checkField(watched == ui->name ? DestinationField::Name : DestinationField::Url);
    }
    return QWidget::eventFilter(watched, event);
}

void DestinationForm::checkField(DestinationField field)
{
    showIssues(field, issuesOf(field, m_checker(value())));
}

// While it is being written, a field is not blamed anew; but what was wrong with it goes as soon as it is right. A
// check box is done with by its click.
void DestinationForm::recheck(DestinationField field)
{
    if (m_quiet) {
        return;
    }
    const bool isChoice = field == DestinationField::Severities || field == DestinationField::Types;
    if (isChoice || m_messages.value(field)->kind() != FieldMessage::Kind::Hint) {
        checkField(field);
    }
    onEdited();
}

void DestinationForm::showIssues(DestinationField field, const QList<FieldIssue> &issues)
{
    FieldMessage *message = m_messages.value(field);
    if (message == nullptr) {
        return;
    }
    if (field == DestinationField::Headers) {
        ui->headers->markFault(issues.isEmpty() ? -1 : issues.constFirst().row);
    }
    if (issues.isEmpty()) {
        message->clear();
    } else if (issues.constFirst().isError) {
        message->showError(issues.constFirst().message);
    } else {
        message->showWarning(issues.constFirst().message);
    }
}

void DestinationForm::focusField(DestinationField field, int row)
{
    const QHash<DestinationField, QWidget *> fields{
        {DestinationField::Name, ui->name},           {DestinationField::Url, ui->url},
        {DestinationField::Severities, ui->critical}, {DestinationField::Types, ui->rule},
        {DestinationField::Headers, ui->headers},     {DestinationField::Timeout, ui->timeout},
        {DestinationField::Retries, ui->retries},     {DestinationField::Rate, ui->rate}};
    QWidget *const widget = fields.value(field);
    if (m_advancedFields.contains(widget) || widget == ui->headers) {
        setAdvancedShown(true);
    }
    widget->setFocus();
    if (widget == ui->headers) {
        ui->headers->setCurrentCell(std::max(row, 0), 0);
    }
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
}

} // namespace courier
