// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "store/queries_p.h"
#include "store/rows.h"

#include <algorithm>

namespace courier {
namespace {

// The alert itself is on its way (once more): that it is over waits.
QString isBehindItsAlert()
{
    return QStringLiteral("(d.kind = 1 AND EXISTS (SELECT 1 FROM delivery y WHERE y.alert_id = d.alert_id AND "
                          "y.destination_id = d.destination_id AND y.kind = 0 AND +y.state NOT IN (3, 4, 6)))");
}

// What waits, in one state, for a destination that is sent to, but for a list of deliveries.
QString waiting(DeliveryState state)
{
    return QStringLiteral(" FROM delivery d WHERE d.destination_id = ? AND d.state = %1 AND d.state IN (0, 2) AND d.id "
                          "NOT %2 AND EXISTS (SELECT 1 FROM destination x WHERE x.id = ? AND x.paused = 0 AND "
                          "x.deleted_at IS NULL) AND NOT %3")
        .arg(QString::number(static_cast<int>(state)), dialect::inList(), isBehindItsAlert());
}

qint64 firstNumber(const Statement &row)
{
    return row.integer(0);
}

// By turns from both, so that neither retries nor new ones keep the others waiting.
QList<qint64> interleaved(const QList<qint64> &some, const QList<qint64> &others, int limit)
{
    QList<qint64> merged;
    for (qsizetype i = 0; i < std::max(some.size(), others.size()) && merged.size() < limit; ++i) {
        if (i < some.size()) {
            merged.append(some.at(i));
        }
        if (i < others.size() && merged.size() < limit) {
            merged.append(others.at(i));
        }
    }
    return merged;
}

QString listOf(const QSet<DeliveryId> &ids)
{
    return dialect::list(numbersOf(QList<DeliveryId>(ids.begin(), ids.end())));
}

// With all that is needed to send them, in this order.
QList<DueDelivery> wholeOnes(Reading &reading, const QList<qint64> &ids)
{
    static const QString whole =
        QStringLiteral("SELECT %1, %2 FROM delivery d JOIN alert a ON a.id = d.alert_id WHERE d.id %3")
            .arg(rows::deliveryColumns(), rows::alertColumns(), dialect::inList());
    QHash<qint64, DueDelivery> found;
    Statement &rows = reading.prepared(whole);
    rows.run(dialect::list(ids));
    while (rows.next()) {
        const Delivery delivery = rows::delivery(rows);
        found.insert(number(delivery.id), {delivery, rows::alert(rows, rows::deliveryColumnCount)});
    }
    QList<DueDelivery> due;
    for (const qint64 one : ids) {
        if (found.contains(one)) {
            due.append(found.take(one));
        }
    }
    return due;
}

} // namespace

QList<DueDelivery> Queries::due(DestinationId id, qint64 now, const QSet<DeliveryId> &taken, int limit)
{
    static const QString retrying = QStringLiteral("SELECT d.id") + waiting(DeliveryState::Retrying) +
                                    QStringLiteral(" AND d.next_at <= ? ORDER BY d.next_at, d.id LIMIT ?");
    static const QString queued = QStringLiteral("SELECT d.id") + waiting(DeliveryState::Queued) +
                                  QStringLiteral(" ORDER BY d.next_at, d.id LIMIT ?");
    Reading reading(*m_private->connection);
    const QString list = listOf(taken);
    const QList<qint64> ids = interleaved(reading.all(retrying, firstNumber, id, list, id, now, limit),
                                          reading.all(queued, firstNumber, id, list, id, limit), limit);
    return wholeOnes(reading, ids);
}

QList<DueDelivery> Queries::dueByHand(DestinationId id, const QSet<DeliveryId> &taken, int limit)
{
    static const QString sql = QStringLiteral("SELECT d.id%1 AND d.round > 0 AND d.round_attempts = 0 ORDER BY d.id "
                                              "LIMIT ?")
                                   .arg(waiting(DeliveryState::Queued));
    Reading reading(*m_private->connection);
    return wholeOnes(reading, reading.all(sql, firstNumber, id, listOf(taken), id, limit));
}

std::optional<qint64> Queries::nextDueAt(DestinationId id, const QSet<DeliveryId> &taken)
{
    static const QString sql = QStringLiteral("SELECT d.next_at%1 ORDER BY d.next_at, d.id LIMIT 1");
    Reading reading(*m_private->connection);
    const QString list = listOf(taken);
    for (const DeliveryState state : {DeliveryState::Queued, DeliveryState::Retrying}) {
        const QList<qint64> found = reading.all(sql.arg(waiting(state)), firstNumber, id, list, id);
        if (!found.isEmpty()) {
            return found.first();
        }
    }
    return std::nullopt;
}

std::optional<qint64> Queries::nextEndAt(qint64 seenSince)
{
    Reading reading(*m_private->connection);
    const qint64 next = reading.number(QStringLiteral("SELECT ends_at FROM occurrence WHERE resolved_at = 0 AND "
                                                      "ends_at <> 0 AND last_seen >= ? ORDER BY ends_at LIMIT 1"),
                                       seenSince);
    return next == 0 ? std::nullopt : std::optional(next);
}

QueueState Queries::queueState()
{
    Reading reading(*m_private->connection);
    QueueState state;
    Statement &waits = reading.prepared(
        QStringLiteral("SELECT coalesce(sum(CASE WHEN state = 0 THEN 1 ELSE 0 END), 0), coalesce(sum(CASE WHEN state = "
                       "2 THEN 1 ELSE 0 END), 0), min(CASE WHEN state = 2 THEN next_at END) FROM delivery WHERE state "
                       "IN (0, 2)"));
    if (waits.run() && waits.next()) {
        state.queued = waits.integer(0);
        state.retrying = waits.integer(1);
        if (!waits.isNull(2)) {
            state.nextRetryAt = waits.integer(2);
        }
    }
    state.sending = reading.number(QStringLiteral("SELECT count(*) FROM delivery WHERE state = 1"));
    state.held = reading.number(QStringLiteral("SELECT count(*) FROM delivery WHERE state = 5"));
    return state;
}

QSet<DeliveryId> Queries::waitingForTheirAlert(const QList<DeliveryId> &ids)
{
    Reading reading(*m_private->connection);
    const QList<DeliveryId> found = reading.all(
        QStringLiteral("SELECT d.id FROM delivery d WHERE d.id %1 AND %2").arg(dialect::inList(), isBehindItsAlert()),
        [](const Statement &row) { return row.as<DeliveryId>(0); }, dialect::list(numbersOf(ids)));
    return {found.begin(), found.end()};
}

QList<Delivery> Queries::deliveries(const QList<DeliveryId> &ids)
{
    Reading reading(*m_private->connection);
    return reading.all(
        QStringLiteral("SELECT %1 FROM delivery d WHERE d.id %2 ORDER BY d.id")
            .arg(rows::deliveryColumns(), dialect::inList()),
        [](const Statement &row) { return rows::delivery(row); }, dialect::list(numbersOf(ids)));
}

} // namespace courier
