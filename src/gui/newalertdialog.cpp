// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "gui/newalertdialog.h"

#include "ui_newalertdialog.h"

#include "delivery/notification.h"
#include "gui/bodytext.h"
#include "gui/fonts.h"
#include "gui/glyphlabel.h"
#include "gui/glyphs.h"
#include "intake/jsonslice.h"
#include "models/marks.h"
#include "store/whendone.h"

#include <QScreen>

#include <algorithm>

namespace courier {
namespace {

constexpr int previewDelayMs = 150;
constexpr QSize wantedSize{960, 720};

QString trimmedText(const QPlainTextEdit *edit)
{
    return edit->toPlainText().trimmed();
}

} // namespace

NewAlertDialog::NewAlertDialog(Desk &desk, QWidget *parent)
    : QDialog(parent)
    , m_desk(desk)
    , ui(std::make_unique<Ui::NewAlertDialog>())
{
    ui->setupUi(this);
    setAttribute(Qt::WA_DeleteOnClose);
    for (const Severity severity : allSeverities()) {
        ui->severity->addItem(glyphIcon(severityGlyph(severity), severityColorKey(severity)), displayName(severity));
    }
    for (const AlertType type : allAlertTypes()) {
        ui->type->addItem(displayName(type));
    }
    ui->severity->setCurrentIndex(1);
    ui->titleEditMessage->setField(ui->titleEdit);
    ui->ruleIdMessage->setField(ui->ruleId);
    ui->contextMessage->setField(ui->context);
    ui->contextMessage->setHint(tr("A JSON object, or nothing. It travels as it stands here."));
    setTextRole(ui->summary, TextRole::Small, true);
    setTextRole(ui->json, TextRole::Mono);
    ui->send->setDefault(true);

    m_previewTimer.setSingleShot(true);
    m_previewTimer.setInterval(previewDelayMs);
    connect(&m_previewTimer, &QTimer::timeout, this, &NewAlertDialog::showPreview);
    for (QLineEdit *edit : {ui->titleEdit, ui->ruleId, ui->ruleName, ui->link, ui->tags}) {
        connect(edit, &QLineEdit::textChanged, &m_previewTimer, qOverload<>(&QTimer::start));
    }
    for (QPlainTextEdit *edit : {ui->description, ui->runbook, static_cast<QPlainTextEdit *>(ui->context)}) {
        connect(edit, &QPlainTextEdit::textChanged, &m_previewTimer, qOverload<>(&QTimer::start));
    }
    connect(ui->context, &QPlainTextEdit::textChanged, this, &NewAlertDialog::checkContext);
    connect(ui->ruleId, &QLineEdit::editingFinished, this, &NewAlertDialog::checkRuleId);
    connect(ui->severity, &QComboBox::currentIndexChanged, this, &NewAlertDialog::showPreview);
    connect(ui->type, &QComboBox::currentIndexChanged, this, &NewAlertDialog::showPreview);
    connect(&desk, &Desk::destinationsChanged, this, &NewAlertDialog::showPreview);
    connect(ui->cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(ui->send, &QPushButton::clicked, this, &NewAlertDialog::send);
    resize(wantedSize.boundedTo(screen()->availableSize() - QSize(64, 96)));
    ui->titleEdit->setFocus();
    showPreview();
}

NewAlertDialog::~NewAlertDialog() = default;

Alert NewAlertDialog::value() const
{
    Alert alert;
    alert.source = tr("New Alert");
    alert.title = ui->titleEdit->text().trimmed();
    alert.ruleId = ui->ruleId->text().trimmed();
    const QString name = ui->ruleName->text().trimmed();
    alert.name = name.isEmpty() ? std::nullopt : std::optional(name);
    alert.severity = allSeverities().at(ui->severity->currentIndex());
    alert.type = allAlertTypes().at(ui->type->currentIndex());
    alert.createdAt = rfc3339(m_desk.clock().nowUtc());
    alert.description = trimmedText(ui->description);
    alert.runbook = trimmedText(ui->runbook);
    alert.link = ui->link->text().trimmed();
    const QStringList tags = ui->tags->text().split(QLatin1Char(','), Qt::SkipEmptyParts);
    for (const QString &tag : tags) {
        alert.tags.append(tag.trimmed());
    }
    alert.tags.removeAll(QString());
    const QByteArray context = trimmedText(ui->context).toUtf8();
    if (!context.isEmpty()) {
        alert.context = context;
    }
    return alert;
}

bool NewAlertDialog::checkContext()
{
    const QByteArray context = ui->context->toPlainText().toUtf8();
    if (context.trimmed().isEmpty()) {
        ui->context->setFaultLine(0);
        ui->contextMessage->clear();
        return true;
    }
    const auto parts = takeApart(context);
    if (!parts) {
        ui->context->setFaultLine(static_cast<int>(parts.error().place.line));
        ui->contextMessage->showError(lineSentence(parts.error()));
        return false;
    }
    if (parts->whole.kind != JsonKind::Object) {
        ui->context->setFaultLine(1);
        ui->contextMessage->showError(tr("The context must be an object: { ... }."));
        return false;
    }
    ui->context->setFaultLine(0);
    ui->contextMessage->clear();
    return true;
}

bool NewAlertDialog::checkRuleId()
{
    if (ui->ruleId->text().trimmed().isEmpty()) {
        ui->ruleIdMessage->showError(tr("Enter the id of the rule that would raise this alert, as in Disk.Full."));
        return false;
    }
    ui->ruleIdMessage->clear();
    return true;
}

void NewAlertDialog::showPreview()
{
    const Alert alert = value();
    QList<Route> routes = m_desk.preview(alert);
    std::stable_partition(routes.begin(), routes.end(), [](const Route &route) { return route.taken; });
    auto *page = new QWidget;
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins(16, 14, 16, 14);
    column->setSpacing(14);
    qsizetype now = 0;
    qsizetype held = 0;
    for (const Route &route : std::as_const(routes)) {
        column->addWidget(routeRow(route));
        const auto destination = m_desk.destination(route.destinationId);
        (destination && destination->paused ? held : now) += route.taken ? 1 : 0;
    }
    column->addStretch();
    ui->who->setWidget(page);
    QString summary = now == 1 ? tr("1 destination gets it now") : tr("%1 destinations get it now").arg(now);
    if (held > 0) {
        summary += tr(", %1 when it is resumed").arg(held);
    }
    ui->summary->setText(now + held == 0 ? tr("No destination takes it: it is only kept here.")
                                         : summary + QLatin1Char('.'));
    ui->json->setPlainText(bodyText(notificationBody(alert, false), BodyFormat::Pretty));
}

QWidget *NewAlertDialog::routeRow(const Route &route) const
{
    const auto destination = m_desk.destination(route.destinationId);
    const bool held = route.taken && destination && destination->paused;
    const AlertStatus mark = held          ? AlertStatus::Held
                             : route.taken ? AlertStatus::Delivered
                                           : AlertStatus::NoDestination;
    auto *row = new QWidget;
    auto *grid = new QGridLayout(row);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(10);
    grid->setVerticalSpacing(0);
    grid->setColumnStretch(1, 1);
    grid->addWidget(new GlyphLabel(statusGlyph(mark), statusColorKey(mark), 14), 0, 0, Qt::AlignVCenter);
    auto *name = new QLabel(m_desk.destinationName(route.destinationId));
    name->setTextFormat(Qt::PlainText);
    setTextRole(name, TextRole::Body, !route.taken);
    grid->addWidget(name, 0, 1);
    auto *rule = new QLabel(held ? tr("Paused: it waits there as Held") : route.words);
    rule->setTextFormat(Qt::PlainText);
    rule->setWordWrap(true);
    setTextRole(rule, TextRole::Small, true);
    grid->addWidget(rule, 1, 1);
    return row;
}

void NewAlertDialog::send()
{
    const bool ruleIdGood = checkRuleId();
    const bool contextGood = checkContext();
    if (!ruleIdGood || !contextGood) {
        QWidget *first = ruleIdGood ? static_cast<QWidget *>(ui->context) : ui->ruleId;
        first->setFocus();
        ui->scroll->ensureWidgetVisible(first);
        return;
    }
    ui->send->setEnabled(false);
    whenDone(this, m_desk.accept({value()}), [this](const Result<QList<courier::Accepted>> &taken) {
        ui->send->setEnabled(true);
        if (!taken) {
            ui->titleEditMessage->showError(taken.error().message);
            return;
        }
        Q_EMIT alertSent(taken->first().id);
        accept();
    });
}

} // namespace courier
