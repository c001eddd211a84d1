// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "store/queries.h"

#include "store/queries_p.h"
#include "store/rows.h"

#include <limits>

namespace courier {
namespace {

struct Settled
{
    qint64 delivered = 0;
    qint64 failed = 0; ///< for good
};

/// Of the destination's deliveries with numbers from \a from on and before \a until.
Settled settledOf(Reading &reading, DestinationId id, qint64 from, qint64 until)
{
    Statement &row = reading.prepared(
        QStringLiteral("SELECT coalesce(sum(CASE WHEN state = 3 THEN 1 ELSE 0 END), 0), coalesce(sum(CASE WHEN "
                       "state = 4 THEN 1 ELSE 0 END), 0) FROM delivery WHERE destination_id = ? AND id >= ? AND id < "
                       "?"));
    Settled settled;
    if (row.run(id, from, until) && row.next()) {
        settled = {row.integer(0), row.integer(1)};
    }
    row.finish();
    return settled;
}

} // namespace

Reading::Reading(Connection &connection)
    : m_connection(connection)
{
    m_connection.beginRead();
}

Reading::~Reading()
{
    if (!m_connection.hasFailed()) {
        m_connection.commit();
    }
    if (m_connection.hasFailed()) {
        m_connection.rollback();
        qCWarning(lcStore).noquote() << "Could not be read:" << m_connection.takeFailure().error.detail;
    }
}

Queries::Queries(std::unique_ptr<Private> given)
    : m_private(std::move(given))
{
}

Queries::~Queries() = default;

void Queries::releasePages()
{
    m_private->connection->releasePages();
}

QList<Destination> Queries::destinations(bool withDeleted)
{
    Reading reading(*m_private->connection);
    return reading.all(
        QStringLiteral("SELECT %1 FROM destination WHERE ? = 1 OR deleted_at IS NULL ORDER BY name_key, id")
            .arg(rows::destinationColumns()),
        rows::destination, withDeleted);
}

std::optional<Destination> Queries::destination(DestinationId id)
{
    Reading reading(*m_private->connection);
    const QList<Destination> found =
        reading.all(QStringLiteral("SELECT %1 FROM destination WHERE id = ?").arg(rows::destinationColumns()),
                    rows::destination, id);
    return found.isEmpty() ? std::nullopt : std::optional(found.first());
}

QList<DestinationStats> Queries::destinationStats(qint64 now)
{
    Reading reading(*m_private->connection);
    QList<DestinationStats> stats = reading.all(
        QStringLiteral("SELECT id FROM destination WHERE deleted_at IS NULL ORDER BY id"), [](const Statement &row) {
            DestinationStats one;
            one.id = row.as<DestinationId>(0);
            return one;
        });
    const qint64 dayAgo = firstNumberOf(now - Q_INT64_C(24) * 3600 * 1000);
    for (DestinationStats &one : stats) {
        Statement &waiting = reading.prepared(
            QStringLiteral("SELECT count(*), coalesce(sum(CASE WHEN state = 2 THEN 1 ELSE 0 END), 0) FROM delivery "
                           "WHERE destination_id = ? AND state IN (0, 2)"));
        if (waiting.run(one.id) && waiting.next()) {
            one.waiting = waiting.integer(0);
            one.retrying = waiting.integer(1);
        }
        one.waiting += reading.number(
            QStringLiteral("SELECT count(*) FROM delivery WHERE destination_id = ? AND state = 1"), one.id);
        one.held = reading.number(
            QStringLiteral("SELECT count(*) FROM delivery WHERE destination_id = ? AND state = 5"), one.id);
        one.attention = reading.number(
            QStringLiteral("SELECT count(*) FROM delivery WHERE destination_id = ? AND state = 4 AND dismissed = 0"),
            one.id);
        const Settled day = settledOf(reading, one.id, dayAgo, std::numeric_limits<qint64>::max());
        one.delivered24h = day.delivered;
        one.failed24h = day.failed;
        Statement &struggle =
            reading.prepared(QStringLiteral("SELECT reason, next_try_at FROM struggle WHERE destination_id = ?"));
        if (struggle.run(one.id) && struggle.next()) {
            one.struggle = struggle.text(0);
            one.nextTryAt = struggle.integer(1);
        }
        struggle.finish();
    }
    return stats;
}

// The join is crossed to keep its order: the span of ids first, then each delivery's few attempts.
DeliverySpan Queries::deliverySpan(DestinationId id, qint64 from, qint64 until)
{
    const qint64 first = firstNumberOf(from);
    const qint64 end = firstNumberOf(until);
    Reading reading(*m_private->connection);
    const Settled settled = settledOf(reading, id, first, end);
    DeliverySpan span{settled.delivered, settled.failed, {}};
    span.took = reading.all(
        QStringLiteral("SELECT t.duration_us / 100, count(*) FROM delivery d CROSS JOIN attempt t ON t.delivery_id = "
                       "d.id WHERE d.destination_id = ? AND d.id >= ? AND d.id < ? AND t.status > 0 GROUP BY 1 "
                       "ORDER BY 1"),
        [](const Statement &row) { return DeliverySpan::Took{row.integer(0), row.integer(1)}; }, id, first, end);
    return span;
}

QList<Attempt> Queries::testAttempts(DestinationId id)
{
    Reading reading(*m_private->connection);
    return reading.all(
        QStringLiteral("SELECT %1, t.url, t.request_headers, t.response_headers, t.response_body FROM "
                       "test_attempt t WHERE t.destination_id = ? ORDER BY t.id DESC LIMIT 10")
            .arg(rows::attemptColumns()),
        [](const Statement &row) {
            Attempt attempt = rows::attempt(row);
            attempt.maskedUrl = row.text(rows::attemptColumnCount);
            attempt.requestHeaders = row.bytes(rows::attemptColumnCount + 1);
            attempt.responseHeaders = row.bytes(rows::attemptColumnCount + 2);
            attempt.responseBody = row.bytes(rows::attemptColumnCount + 3);
            return attempt;
        },
        id);
}

std::optional<QString> Queries::setting(const QString &key)
{
    Reading reading(*m_private->connection);
    const QList<QString> found = reading.all(
        QStringLiteral("SELECT value FROM setting WHERE key = ?"), [](const Statement &row) { return row.text(0); },
        key);
    return found.isEmpty() ? std::nullopt : std::optional(found.first());
}

QByteArray Queries::filePlace(qint64 watchId)
{
    Reading reading(*m_private->connection);
    return reading
        .all(
            QStringLiteral("SELECT state FROM file_place WHERE watch_id = ?"),
            [](const Statement &row) { return row.bytes(0); }, watchId)
        .value(0);
}

QList<std::pair<QString, QString>> Queries::settings()
{
    Reading reading(*m_private->connection);
    return reading.all(QStringLiteral("SELECT key, value FROM setting ORDER BY key"),
                       [](const Statement &row) { return std::pair(row.text(0), row.text(1)); });
}

} // namespace courier
