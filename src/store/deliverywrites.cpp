// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "store/deliverywrites.h"

#include "store/alertstatus.h"
#include "store/attemptwrites.h"
#include "store/certificatewrites.h"
#include "store/resolutionwrites.h"

#include <QCoreApplication>

namespace courier::deliverywrites {
namespace {

// The state after an attempt: a retry is held where the destination is paused by now, and what was cancelled with its
// destination stays so, unless it was delivered after all.
DeliveryState stateAfter(WriteSession &session, const AttemptRecord &record)
{
    if (record.state == DeliveryState::Delivered) {
        return record.state;
    }
    const Destination *destination = session.destination(record.attempt.destinationId);
    if (!destination) {
        return DeliveryState::Cancelled;
    }
    return record.state == DeliveryState::Retrying && destination->paused ? DeliveryState::Held : record.state;
}

// False where the delivery is in another round by now.
bool updateInRound(WriteSession &session, const AttemptRecord &record, DeliveryState state, qint64 now)
{
    static const QString sql = QStringLiteral(
        "UPDATE delivery SET attempts = attempts + 1, round_attempts = round_attempts + ?, last_status = ?, "
        "last_outcome = ?, last_reason = ?, state = ?, next_at = ?, settled_at = ? WHERE id = ? AND round = ?");
    const Attempt &attempt = record.attempt;
    Statement &update = session.prepared(sql);
    update.run(record.countsAsTry, attempt.status, attempt.outcome, attempt.reason, state,
               isSettled(state) ? 0 : record.nextAt, isSettled(state) ? now : 0, attempt.deliveryId, record.round);
    return update.rowsChanged() > 0;
}

// Counts an attempt that doesn't decide the state. False where there is no such delivery.
bool updateCount(WriteSession &session, const Attempt &attempt)
{
    static const QString sql = QStringLiteral("UPDATE delivery SET attempts = attempts + 1, last_status = ?, "
                                              "last_outcome = ?, last_reason = ? WHERE id = ?");
    Statement &update = session.prepared(sql);
    update.run(attempt.status, attempt.outcome, attempt.reason, attempt.deliveryId);
    return update.rowsChanged() > 0;
}

Attempt interruptedAttempt(const InFlight &send, DestinationId destination)
{
    Attempt attempt;
    attempt.deliveryId = send.deliveryId;
    attempt.destinationId = destination;
    attempt.trigger = send.trigger;
    attempt.startedAt = send.startedAt;
    attempt.outcome = Outcome::Interrupted;
    attempt.reason =
        QCoreApplication::translate("Store", "Interrupted: Alert Courier ended while this was being sent.");
    attempt.resent = send.resent;
    return attempt;
}

bool recordInterrupted(WriteSession &session, const InFlight &send)
{
    Statement &row = session.prepared(QStringLiteral("SELECT attempts, destination_id FROM delivery WHERE id = ?"));
    const bool isOpen = row.run(send.deliveryId) && row.next() && row.integer(0) < send.number;
    const DestinationId destination = isOpen ? row.as<DestinationId>(1) : DestinationId{};
    row.finish();
    if (!isOpen) {
        return false;
    }
    const Attempt attempt = interruptedAttempt(send, destination);
    updateCount(session, attempt);
    attemptwrites::insert(session, attempt);
    session.prepared(QStringLiteral("UPDATE delivery SET next_at = ? WHERE id = ? AND state = 2 AND next_at > ?"))
        .run(session.now(), send.deliveryId, session.now());
    alertstatus::refresh(session, send.deliveryId);
    return true;
}

struct Rows
{
    QList<qint64> ids;
    QList<qint64> alerts;
};

template<typename... Values>
Rows select(WriteSession &session, const QString &sql, const Values &...values)
{
    Rows found;
    Statement &rows = session.prepared(sql);
    rows.run(values...);
    while (rows.next()) {
        found.ids.append(rows.integer(0));
        found.alerts.append(rows.integer(1));
    }
    return found;
}

void tell(WriteSession &session, const QList<qint64> &alerts)
{
    alertstatus::refresh(session, alerts);
    session.noteAlerts(alerts);
}

void releaseSending(WriteSession &session)
{
    const Rows sending = select(session, QStringLiteral("SELECT id, alert_id FROM delivery WHERE state = 1"));
    if (!sending.ids.isEmpty()) {
        session
            .prepared(QStringLiteral("UPDATE delivery SET state = CASE WHEN round_attempts = 0 THEN 0 ELSE 2 END, "
                                     "next_at = CASE WHEN round_attempts = 0 THEN 0 ELSE ? END WHERE state = 1"))
            .run(session.now());
        tell(session, sending.alerts);
    }
}

// The longest that a schedule lets a retry wait, by the tries of its round. What failed at the proxy counts as no try,
// and waits as if it did.
QString longestWait(RetrySchedule schedule)
{
    QString text =
        QStringLiteral("CASE round_attempts + (last_outcome = %1)").arg(static_cast<int>(Outcome::ProxyFailed));
    for (int tries = 1; tries <= maxRetriesLimit + 1; ++tries) {
        text += QStringLiteral(" WHEN %1 THEN %2").arg(tries).arg(retryDelay(schedule, tries, 1.0).count());
    }
    return text + QStringLiteral(" ELSE 0 END");
}

// No retry waits for longer than it ever has to from now on: else the clock was set back since it was told when.
void shortenWaits(WriteSession &session)
{
    const qint64 now = session.now();
    const QString asked = QString::number(std::chrono::milliseconds(retryAfterLimit).count());
    for (const Destination &destination : session.destinations()) {
        const QString latest = QStringLiteral("(? + max(%1, CASE WHEN last_status IN (429, 503) THEN %2 ELSE 0 END))")
                                   .arg(longestWait(destination.schedule), asked);
        const QString sql = QStringLiteral("UPDATE delivery SET next_at = %1 WHERE destination_id = ? AND next_at > %1 "
                                           "AND state = ")
                                .arg(latest);
        session.prepared(sql + QStringLiteral("2 AND state IN (0, 2)")).run(now, destination.id, now);
        session.prepared(sql + QStringLiteral("5")).run(now, destination.id, now);
    }
}

} // namespace

void record(WriteSession &session, const AttemptRecord &record)
{
    const DeliveryState state = stateAfter(session, record);
    const qint64 now = session.now();
    const bool decides = updateInRound(session, record, state, now);
    if (!decides && !updateCount(session, record.attempt)) {
        if (!session.hasFailed()) {
            qCWarning(lcStore) << "An attempt of a delivery that is not there was left out:"
                               << number(record.attempt.deliveryId);
        }
        return;
    }
    attemptwrites::insert(session, record.attempt);
    certificatewrites::note(session, record.attempt);
    if (!decides || !alertstatus::setOfOnly(session, record.alertId, record.attempt.deliveryId, state, now)) {
        alertstatus::refresh(session, record.attempt.deliveryId);
    }
    if (isSettled(record.state)) {
        resolutionwrites::makeAfter(session, record.attempt.deliveryId, record.attempt.destinationId);
    }
}

void markSending(WriteSession &session, DeliveryId id)
{
    Statement &update =
        session.prepared(QStringLiteral("UPDATE delivery SET state = 1 WHERE id = ? AND state IN (0, 2)"));
    update.run(id);
    if (update.rowsChanged() > 0) {
        alertstatus::refresh(session, id);
        session.noteAlert(
            AlertId{session.connection().number(QStringLiteral("SELECT alert_id FROM delivery WHERE id = ?"), id)});
    }
}

qint64 resend(WriteSession &session, const QList<qint64> &ids)
{
    const Rows taken = select(session,
                              QStringLiteral("SELECT d.id, d.alert_id FROM delivery d JOIN destination x ON x.id = "
                                             "d.destination_id WHERE x.deleted_at IS NULL AND d.state IN (2, 3, 4) "
                                             "AND d.id ") +
                                  dialect::inList(),
                              dialect::list(ids));
    if (taken.ids.isEmpty()) {
        return 0;
    }
    session
        .prepared(QStringLiteral("UPDATE delivery SET round = round + 1, round_attempts = 0, state = CASE WHEN "
                                 "destination_id IN (SELECT id FROM destination WHERE paused = 1) THEN 5 ELSE 0 END, "
                                 "next_at = 0, settled_at = 0, dismissed = 0 WHERE id ") +
                  dialect::inList())
        .run(dialect::list(taken.ids));
    tell(session, taken.alerts);
    return taken.ids.size();
}

qint64 dismiss(WriteSession &session, const QList<qint64> &alerts)
{
    const QString needing = QStringLiteral(" AND +state = 4 AND dismissed = 0");
    const Rows found = select(session,
                              QStringLiteral("SELECT DISTINCT alert_id, alert_id FROM delivery WHERE alert_id ") +
                                  dialect::inList() + needing,
                              dialect::list(alerts));
    if (found.alerts.isEmpty()) {
        return 0;
    }
    session.prepared(QStringLiteral("UPDATE delivery SET dismissed = 1 WHERE alert_id ") + dialect::inList() + needing)
        .run(dialect::list(found.alerts));
    tell(session, found.alerts);
    return found.alerts.size();
}

qint64 recoverInterrupted(WriteSession &session, const QList<InFlight> &sends)
{
    qint64 count = 0;
    for (const InFlight &send : sends) {
        count += recordInterrupted(session, send) ? 1 : 0;
    }
    releaseSending(session);
    session.prepared(QStringLiteral("DELETE FROM struggle")).run(); // each gets a new chance
    shortenWaits(session);
    return count;
}

} // namespace courier::deliverywrites
