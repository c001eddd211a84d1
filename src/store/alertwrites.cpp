// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "store/alertwrites.h"

#include "domain/router.h"
#include "store/alertstatus.h"
#include "store/deliverywrites.h"
#include "store/rows.h"

#include <QCoreApplication>

namespace courier::alertwrites {
namespace {

// False where its alertId is there already.
bool insertAlert(WriteSession &session, qint64 id, const Alert &alert)
{
    static const QString sql =
        QStringLiteral("INSERT INTO alert(id, severity, type, source, created_at, title, name, rule_id, sender_id, "
                       "version, link, tags, destinations, output_ids, description, runbook, context) "
                       "VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
                       "ON CONFLICT(sender_id) WHERE sender_id <> '' DO NOTHING");
    Statement &insert = session.prepared(sql);
    insert.run(id, alert.severity, alert.type, alert.source, alert.createdAt, alert.title, alert.name, alert.ruleId,
               alert.alertId, alert.version, alert.link, rows::fromStrings(alert.tags),
               rows::fromStrings(alert.destinations), rows::fromStrings(alert.outputIds), alert.description,
               alert.runbook, alert.context);
    return insert.rowsChanged() > 0;
}

DeliveryId insertDelivery(WriteSession &session, AlertId alert, const Destination &destination)
{
    static const QString sql =
        QStringLiteral("INSERT INTO delivery(id, alert_id, destination_id, state) VALUES(?, ?, ?, ?)");
    const DeliveryId id{session.nextNumber()};
    const DeliveryState state = destination.paused ? DeliveryState::Held : DeliveryState::Queued;
    session.prepared(sql).run(id, alert, destination.id, state);
    return id;
}

QList<DestinationId> deliver(WriteSession &session, AlertId id, const Alert &alert)
{
    const QList<DestinationId> taken = routeIds(alert, session.destinations(), session.key());
    for (const DestinationId destination : taken) {
        insertDelivery(session, id, *session.destination(destination));
    }
    return taken;
}

Accepted known(WriteSession &session, const Alert &alert)
{
    Accepted accepted;
    accepted.kind = Accepted::Kind::Known;
    accepted.id = AlertId{session.connection().number(
        QStringLiteral("SELECT id FROM alert WHERE sender_id = ? AND sender_id <> ''"), alert.alertId)};
    accepted.destinations = destinationsOf(session, accepted.id);
    return accepted;
}

} // namespace

WriteJob::Cost costOf(const QList<Alert> &alerts)
{
    WriteJob::Cost cost{static_cast<int>(alerts.size()), 0};
    for (const Alert &alert : alerts) {
        cost.bytes += bytesOf(alert);
    }
    return cost;
}

qsizetype bytesOf(const Alert &alert)
{
    return alert.context.size() + alert.description.size() + alert.runbook.size();
}

QList<DestinationId> destinationsOf(WriteSession &session, AlertId id)
{
    QList<DestinationId> destinations;
    Statement &to = session.prepared(
        QStringLiteral("SELECT destination_id FROM delivery WHERE alert_id = ? AND kind = 0 ORDER BY id"));
    to.run(id);
    while (to.next()) {
        destinations.append(to.as<DestinationId>(0));
    }
    return destinations;
}

Accepted Intake::add(const Alert &alert)
{
    const qint64 id = m_session.nextNumber();
    if (!insertAlert(m_session, id, alert)) {
        return known(m_session, alert);
    }
    m_first = m_first == 0 ? id : m_first;
    ++m_count;
    return {AlertId{id}, Accepted::Kind::New, deliver(m_session, AlertId{id}, alert)};
}

void Intake::complete()
{
    if (m_first != 0) {
        alertstatus::insertFrom(m_session, m_first);
        m_session.words().noteNew(m_count);
    }
}

Result<QList<Accepted>> accept(WriteSession &session, const QList<Alert> &alerts)
{
    QList<Accepted> results;
    results.reserve(alerts.size());
    Intake intake(session);
    for (const Alert &alert : alerts) {
        results.append(intake.add(alert));
        if (session.hasFailed()) {
            return results; // the writer sees why
        }
    }
    intake.complete();
    return results;
}

Result<DeliveryId> sendAnyway(WriteSession &session, AlertId alert, DestinationId destination)
{
    const Destination *to = session.destination(destination);
    if (!to || session.connection().number(QStringLiteral("SELECT id FROM alert WHERE id = ?"), alert) == 0) {
        return failure(Error::Kind::NotFound,
                       to ? QCoreApplication::translate("Store", "This alert is not there any more.")
                          : QCoreApplication::translate("Store", "This destination is not there any more."));
    }
    const DeliveryId there{session.connection().number(
        QStringLiteral("SELECT id FROM delivery WHERE alert_id = ? AND destination_id = ? AND kind = 0"), alert,
        destination)};
    if (number(there) != 0) {
        deliverywrites::resend(session, {number(there)});
        return there;
    }
    const DeliveryId id = insertDelivery(session, alert, *to);
    alertstatus::refresh(session, {number(alert)});
    session.noteAlert(alert);
    return id;
}

} // namespace courier::alertwrites
