// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "gui/newalertdialog.h"

#include "delivery/notification.h"
#include "desk/desk.h"
#include "gui/bodytext.h"
#include "gui/dialogfit.h"
#include "gui/glyphs.h"
#include "intake/jsonslice.h"
#include "models/marks.h"
#include "store/whendone.h"
#include "ui_newalertdialog.h"

#include <QScreen>

#include <algorithm>

namespace courier {
namespace {

constexpr int previewDelayMs = 150;
constexpr QSize wantedSize{980, 812};
constexpr QSize windowFrame{16, 48}; // a title bar and a little air, pixels

QString trimmedText(const QPlainTextEdit *edit)
{
    return edit->toPlainText().trimmed();
}

QStringList tagsIn(const QString &text)
{
    QStringList tags;
    const QStringList parts = text.split(QLatin1Char(','));
    for (const QString &part : parts) {
        if (const QString tag = part.trimmed(); !tag.isEmpty()) {
            tags.append(tag);
        }
    }
    return tags;
}

QString countWords(qsizetype now, qsizetype held)
{
    if (now == 0 && held == 0) {
        return NewAlertDialog::tr("No destination takes it: it is only kept here.");
    }
    if (now == 0) {
        return held == 1 ? NewAlertDialog::tr("1 destination gets it when it is resumed.")
                         : NewAlertDialog::tr("%1 destinations get it when they are resumed.").arg(held);
    }
    const QString first = now == 1 ? NewAlertDialog::tr("1 destination gets it now")
                                   : NewAlertDialog::tr("%1 destinations get it now").arg(now);
    return held == 0 ? NewAlertDialog::tr("%1.").arg(first)
                     : NewAlertDialog::tr("%1, %2 when resumed.").arg(first, QString::number(held));
}

// Where more is missing than is there to stumble over, the last line is the one to look at.
void markFault(JsonEdit *edit, const TextPlace &place)
{
    const int line = static_cast<int>(std::min<qint64>(place.line, edit->blockCount()));
    edit->setFault(line, static_cast<int>(place.column));
}

} // namespace

NewAlertDialog::NewAlertDialog(Desk &desk, QWidget *parent)
    : QDialog(parent)
    , m_desk(desk)
    , ui(std::make_unique<Ui::NewAlertDialog>())
{
    setAttribute(Qt::WA_DeleteOnClose);
    ui->setupUi(this);
    prepareFields();
    connectFields();
    resize(wantedSize.boundedTo(screen()->availableSize() - windowFrame));
    ui->titleEdit->setFocus();
    showPreview();
}

NewAlertDialog::~NewAlertDialog() = default;

void NewAlertDialog::prepareFields()
{
    for (const Severity severity : allSeverities()) {
        ui->severity->addItem(glyphIcon(severityGlyph(severity), severityColorKey(severity)), displayName(severity));
    }
    for (const AlertType type : allAlertTypes()) {
        ui->type->addItem(displayName(type));
    }
    ui->severity->setCurrentIndex(static_cast<int>(allSeverities().indexOf(Severity::Medium)));
    ui->ruleIdMessage->setField(ui->ruleId);
    ui->contextMessage->setField(ui->context);
    ui->problem->hide();
    ui->scroll->viewport()->setBackgroundRole(QPalette::Window);
    setPrimary(ui->send, true);
    m_previewTimer.setSingleShot(true);
    m_previewTimer.setInterval(previewDelayMs);
}

void NewAlertDialog::connectFields()
{
    connect(&m_previewTimer, &QTimer::timeout, this, &NewAlertDialog::showPreview);
    for (QLineEdit *edit : {ui->titleEdit, ui->ruleId, ui->ruleName, ui->link, ui->tags}) {
        connect(edit, &QLineEdit::textChanged, &m_previewTimer, qOverload<>(&QTimer::start));
    }
    const QList<QPlainTextEdit *> areas{ui->description, ui->runbook, ui->context};
    for (QPlainTextEdit *edit : areas) {
        connect(edit, &QPlainTextEdit::textChanged, &m_previewTimer, qOverload<>(&QTimer::start));
    }
    ui->ruleId->installEventFilter(this);
    connect(ui->ruleId, &QLineEdit::textChanged, this, [this] {
        if (ui->ruleIdMessage->hasError()) {
            checkRuleId();
        }
    });
    connect(ui->context, &QPlainTextEdit::textChanged, this, &NewAlertDialog::checkContext);
    connect(ui->severity, &QComboBox::currentIndexChanged, this, &NewAlertDialog::showPreview);
    connect(ui->type, &QComboBox::currentIndexChanged, this, &NewAlertDialog::showPreview);
    connect(&m_desk, &Desk::destinationsChanged, this, &NewAlertDialog::showPreview);
    connect(ui->cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(ui->send, &QPushButton::clicked, this, &NewAlertDialog::send);
}

bool NewAlertDialog::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::FocusOut) {
        const Qt::FocusReason reason = static_cast<const QFocusEvent *>(event)->reason();
        if (reason != Qt::ActiveWindowFocusReason && reason != Qt::PopupFocusReason) {
            checkRuleId();
        }
    }
    return QDialog::eventFilter(watched, event);
}

Alert NewAlertDialog::value() const
{
    Alert alert;
    alert.source = tr("New Alert");
    alert.title = ui->titleEdit->text().trimmed();
    alert.ruleId = ui->ruleId->text().trimmed();
    if (const QString name = ui->ruleName->text().trimmed(); !name.isEmpty()) {
        alert.name = name;
    }
    alert.severity = allSeverities().at(ui->severity->currentIndex());
    alert.type = allAlertTypes().at(ui->type->currentIndex());
    alert.createdAt = rfc3339(m_desk.clock().nowUtc());
    alert.description = trimmedText(ui->description);
    alert.runbook = trimmedText(ui->runbook);
    alert.link = ui->link->text().trimmed();
    alert.tags = tagsIn(ui->tags->text());
    const QByteArray context = trimmedText(ui->context).toUtf8();
    if (!context.isEmpty()) {
        alert.context = context;
    }
    return alert;
}

bool NewAlertDialog::checkContext()
{
    const QByteArray context = ui->context->toPlainText().toUtf8();
    ui->context->clearFault();
    if (context.trimmed().isEmpty()) {
        ui->contextMessage->clear();
        return true;
    }
    const auto parts = takeApart(context);
    if (!parts) {
        markFault(ui->context, parts.error().place);
        ui->contextMessage->showError(lineSentence(parts.error()));
        return false;
    }
    if (parts->whole.kind != JsonKind::Object) {
        markFault(ui->context, placeOf(context, parts->whole.offset));
        ui->contextMessage->showError(tr("The context must be an object, as in { \"host\": \"db-03\" }."));
        return false;
    }
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
    QList<RouteLine> lines;
    qsizetype now = 0;
    qsizetype held = 0;
    for (const Route &route : m_desk.preview(alert)) {
        const auto destination = m_desk.destination(route.destinationId);
        const bool isHeld = route.taken && destination && destination->paused;
        const RouteLine::Kind kind = isHeld        ? RouteLine::Kind::Held
                                     : route.taken ? RouteLine::Kind::Now
                                                   : RouteLine::Kind::NotAtAll;
        now += kind == RouteLine::Kind::Now ? 1 : 0;
        held += isHeld ? 1 : 0;
        lines.append({kind, m_desk.destinationName(route.destinationId),
                      isHeld ? tr("Paused: it waits there as Held") : route.words});
    }
    std::stable_sort(lines.begin(), lines.end(),
                     [](const RouteLine &a, const RouteLine &b) { return a.kind < b.kind; });
    ui->who->setLines(lines);
    ui->summary->setText(countWords(now, held));
    ui->json->setPlainText(bodyText(notificationBody(alert, false), BodyFormat::Pretty));
}

void NewAlertDialog::send()
{
    ui->problem->hide();
    const bool isRuleIdGood = checkRuleId();
    const bool isContextGood = checkContext();
    if (!isRuleIdGood || !isContextGood) {
        QWidget *first = isRuleIdGood ? static_cast<QWidget *>(ui->context) : ui->ruleId;
        first->setFocus();
        ui->scroll->ensureWidgetVisible(first);
        return;
    }
    ui->send->setEnabled(false);
    whenDone(this, m_desk.accept({value()}), [this](const Result<QList<courier::Accepted>> &taken) {
        ui->send->setEnabled(true);
        if (!taken) {
            onRefused(taken.error());
            return;
        }
        const AlertId id = taken->constFirst().id;
        accept();
        Q_EMIT alertSent(id);
    });
}

void NewAlertDialog::onRefused(const Error &error)
{
    ui->problem->setNotice(Strip::Kind::Failure, tr("The alert could not be kept, so it was not sent."), error.message);
    ui->problem->show();
    ui->scroll->ensureWidgetVisible(ui->problem);
}

} // namespace courier
