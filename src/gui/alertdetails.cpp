// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "gui/alertdetails.h"

#include "store/whendone.h"
#include "ui_alertdetails.h"

#include "delivery/notification.h"
#include "gui/curl.h"
#include "gui/viewsetup.h"
#include "models/marks.h"
#include "models/words.h"

#include <QClipboard>
#include <QFileDialog>
#include <QGuiApplication>
#include <QHeaderView>
#include <QSaveFile>
#include <QScopedValueRollback>

#include <algorithm>

namespace courier {
namespace {

Strip::Kind stripKind(AlertStatus status)
{
    switch (status) {
    case AlertStatus::Failed:
        return Strip::Kind::Failure;
    case AlertStatus::Retrying:
    case AlertStatus::Held:
    case AlertStatus::Cancelled:
    case AlertStatus::NoDestination:
        return Strip::Kind::Warning;
    case AlertStatus::Delivered:
        return Strip::Kind::Success;
    case AlertStatus::Queued:
    case AlertStatus::Sending:
        break;
    }
    return Strip::Kind::Info;
}

} // namespace

AlertDetails::AlertDetails(Desk &desk, QWidget *parent)
    : QWidget(parent)
    , m_desk(desk)
    , ui(std::make_unique<Ui::AlertDetails>())
    , m_tree(new DeliveryTreeModel(
          desk.store(), desk.clock(), [&desk](DestinationId id) { return desk.destinationName(id); }, this))
    , m_occurrence(new OccurrenceFacts(desk.store(), this))
{
    ui->setupUi(this);
    setUpLook();
    ui->tree->setModel(m_tree);
    followSelection(ui->tree);
    auto *header = ui->tree->header();
    header->setStretchLastSection(false);
    header->setSectionsMovable(false);
    ui->tree->installEventFilter(this);
    setBeside(false);

    connect(ui->resend, &QPushButton::clicked, this, &AlertDetails::resend);
    connect(ui->copyAsCurl, &QPushButton::clicked, this, &AlertDetails::copyAsCurl);
    connect(ui->saveBody, &QPushButton::clicked, this, &AlertDetails::saveBody);
    connect(m_dismiss, &QPushButton::clicked, this, &AlertDetails::dismiss);
    connect(ui->why, &WhyPage::sendAnywayRequested, this, &AlertDetails::sendAnyway);
    connect(m_tree, &DeliveryTreeModel::summaryChanged, this, &AlertDetails::showSummary);
    connect(m_tree, &DeliveryTreeModel::loaded, this, &AlertDetails::onLoaded);
    connect(m_tree, &DeliveryTreeModel::refreshed, this, &AlertDetails::onLoaded);
    connect(&desk, &Desk::destinationsChanged, m_tree, &DeliveryTreeModel::updateNames);
    connect(ui->tree->selectionModel(), &QItemSelectionModel::selectionChanged, this, &AlertDetails::onSelection);
    connect(ui->tree, &QTreeView::pressed, this, [this] { m_chosenByHand = true; });
    connect(&desk, &Desk::destinationsChanged, this, &AlertDetails::showWhy);
    connect(m_occurrence, &OccurrenceFacts::changed, this, &AlertDetails::showFacts);
    setAlert(std::nullopt);
}

AlertDetails::~AlertDetails() = default;

void AlertDetails::setAlert(std::optional<AlertId> id)
{
    if (id && id == m_id) {
        return;
    }
    m_id = id;
    m_alert.reset();
    m_attempt.reset();
    m_chosenByHand = false;
    m_tree->setAlert(id.value_or(AlertId{}));
    m_occurrence->setAlert(id.value_or(AlertId{}));
    ui->stack->setCurrentWidget(id ? static_cast<QWidget *>(ui->details) : ui->nothing);
    ui->body->clear();
    updateButtons();
    if (!id) {
        return;
    }
    whenDone(this, m_desk.store().read([id = *id](Queries &queries) { return queries.alert(id); }),
             [this, id = *id](const std::optional<Alert> &alert) {
                 if (m_id == id && alert) {
                     showAlert(*alert);
                 }
             });
}

void AlertDetails::showAlert(const Alert &alert)
{
    m_alert = alert;
    ui->severityGlyph->setGlyph(severityGlyph(alert.severity));
    ui->severityGlyph->setColorKey(severityColorKey(alert.severity));
    ui->title->setText(alert.headline());
    showFacts();
    ui->alertText->setPlainText(bodyText(notificationBody(alert, false), BodyFormat::Pretty));
    showWhy();
    showChosen();
}

void AlertDetails::showFacts()
{
    if (!m_alert) {
        return;
    }
    const qint64 now = m_desk.clock().nowUtc();
    QStringList facts{displayName(m_alert->severity), displayName(m_alert->type), m_alert->label(), m_alert->source,
                      tr("came in at %1").arg(words::clockTime(m_alert->receivedAt, now))};
    if (const std::optional<Occurrence> &occurrence = m_occurrence->occurrence()) {
        facts.append(occurrenceWords(*occurrence, now));
    }
    facts.append(m_alert->alertId.value_or(QString()));
    facts.removeAll(QString());
    ui->facts->setText(facts.join(QStringLiteral(" · ")));
}

void AlertDetails::onLoaded()
{
    if (!m_chosenByHand) {
        chooseFirst();
    } else {
        showChosen();
    }
    showWhy();
    updateButtons();
}

// With the pointer, by keys or by an assistive program.
void AlertDetails::onSelection(const QItemSelection &selected)
{
    m_chosenByHand = m_chosenByHand || (!m_isChoosing && !selected.isEmpty());
    showChosen();
}

// The failing destinations are open, and the attempt that tells most is chosen.
void AlertDetails::chooseFirst()
{
    const QScopedValueRollback choosing(m_isChoosing, true);
    const QModelIndex best = m_tree->indexOf(m_tree->firstAttempt());
    const QModelIndexList open = m_tree->openAtFirst();
    for (const QModelIndex &index : open) {
        ui->tree->expand(index);
    }
    if (best.isValid()) {
        ui->tree->setCurrentIndex(best);
        ui->tree->scrollTo(best);
    }
    showChosen();
}

void AlertDetails::showSummary()
{
    ui->summary->setNotice(stripKind(m_tree->status()), m_tree->summary());
    ui->summary->setGlyph(statusGlyph(m_tree->status()));
    updateButtons();
}

void AlertDetails::showChosen()
{
    const AttemptId attempt = m_tree->attemptAt(ui->tree->currentIndex());
    updateButtons();
    if (attempt == AttemptId{}) {
        m_attempt.reset();
        ui->body->clear(m_tree->rowCount() > 0 ? tr("No attempt yet") : QString());
        return;
    }
    if (!m_attempt || m_attempt->id != attempt) {
        showAttempt(attempt);
    }
}

void AlertDetails::showAttempt(AttemptId id)
{
    whenDone(this, m_desk.store().read([id](Queries &queries) { return queries.attempt(id); }),
             [this, id](const std::optional<Attempt> &attempt) {
                 if (attempt && m_tree->attemptAt(ui->tree->currentIndex()) == id) {
                     m_attempt = attempt;
                     ui->body->showAttempt(*attempt, requestBody(*attempt));
                     updateButtons();
                 }
             });
}

void AlertDetails::showWhy()
{
    if (!m_alert) {
        return;
    }
    QList<WhyPage::Entry> entries;
    const QList<Route> routes = m_desk.preview(*m_alert);
    for (const Route &route : routes) {
        const bool sent = hasDeliveryTo(route.destinationId);
        entries.append(
            {route.destinationId, m_desk.destinationName(route.destinationId), route.words, route.taken && sent, sent});
    }
    std::stable_partition(entries.begin(), entries.end(),
                          [](const WhyPage::Entry &entry) { return entry.taken || entry.sent; });
    ui->why->setEntries(entries);
}

} // namespace courier
