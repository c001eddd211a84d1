// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "store/queries_p.h"
#include "store/requestshape.h"
#include "store/responseshape.h"
#include "store/rows.h"

namespace courier {

std::optional<Alert> Queries::alert(AlertId id)
{
    Reading reading(*m_private->connection);
    const QList<Alert> found = reading.all(
        QStringLiteral("SELECT %1 FROM alert a WHERE a.id = ?").arg(rows::alertColumns()),
        [](const Statement &row) { return rows::alert(row); }, id);
    return found.isEmpty() ? std::nullopt : std::optional(found.first());
}

std::optional<Occurrence> Queries::occurrence(AlertId id)
{
    Reading reading(*m_private->connection);
    const QList<Occurrence> found = reading.all(
        QStringLiteral("SELECT %1 FROM occurrence o WHERE o.alert_id = ?").arg(rows::occurrenceColumns()),
        [](const Statement &row) { return rows::occurrence(row); }, id);
    return found.isEmpty() ? std::nullopt : std::optional(found.first());
}

QList<Delivery> Queries::deliveriesOf(AlertId id)
{
    Reading reading(*m_private->connection);
    return reading.all(
        QStringLiteral("SELECT %1 FROM delivery d WHERE d.alert_id = ? ORDER BY d.id").arg(rows::deliveryColumns()),
        [](const Statement &row) { return rows::delivery(row); }, id);
}

std::optional<Delivery> Queries::delivery(DeliveryId id)
{
    Reading reading(*m_private->connection);
    const QList<Delivery> found = reading.all(
        QStringLiteral("SELECT %1 FROM delivery d WHERE d.id = ?").arg(rows::deliveryColumns()),
        [](const Statement &row) { return rows::delivery(row); }, id);
    return found.isEmpty() ? std::nullopt : std::optional(found.first());
}

QList<Attempt> Queries::attemptsOf(AlertId id)
{
    Reading reading(*m_private->connection);
    return reading.all(
        QStringLiteral("SELECT %1, t.delivery_id, q.url FROM delivery d JOIN attempt t ON t.delivery_id "
                       "= d.id LEFT JOIN response_shape s ON s.id = t.response_id LEFT JOIN request_shape q ON q.id = "
                       "coalesce(t.shape_id, s.request_id) WHERE d.alert_id = ? ORDER BY t.id")
            .arg(rows::attemptColumns()),
        [](const Statement &row) {
            Attempt attempt = rows::attempt(row);
            attempt.deliveryId = row.as<DeliveryId>(rows::attemptColumnCount);
            attempt.maskedUrl = row.text(rows::attemptColumnCount + 1);
            return attempt;
        },
        id);
}

std::optional<Attempt> Queries::attempt(AttemptId id)
{
    Reading reading(*m_private->connection);
    const StoreKey key = m_private->key;
    const QList<Attempt> found = reading.all(
        QStringLiteral("SELECT %1, t.delivery_id, q.url, q.headers, t.content_length, t.response_headers, "
                       "t.response_body, t.body_dropped_days, t.signature, s.headers, s.body FROM attempt t LEFT JOIN "
                       "response_shape s ON s.id = t.response_id LEFT JOIN request_shape q ON q.id = "
                       "coalesce(t.shape_id, s.request_id) WHERE t.id = ?")
            .arg(rows::attemptColumns()),
        [key](const Statement &row) {
            constexpr int next = rows::attemptColumnCount;
            Attempt attempt = rows::attempt(row);
            attempt.deliveryId = row.as<DeliveryId>(next);
            attempt.maskedUrl = row.text(next + 1);
            requestshape::Parts parts{row.bytes(next + 2), {}};
            if (!row.isNull(next + 3)) {
                parts.contentLength = row.integer(next + 3);
            }
            attempt.requestHeaders = requestshape::join(parts, publicId(attempt.deliveryId, key).toLatin1());
            const QByteArray signature = row.bytes(next + 7);
            attempt.requestHeaders += signature;
            attempt.signatureSize = signature.size();
            attempt.responseHeaders = row.bytes(next + 4);
            attempt.responseBody = row.bytes(next + 5);
            attempt.bodyDroppedDays = static_cast<int>(row.integer(next + 6));
            if (!row.isNull(next + 8)) {
                attempt.responseHeaders = responseshape::join(row.bytes(next + 8), attempt.responseHeaders);
            }
            if (attempt.responseBody.isEmpty() && attempt.bodyDroppedDays == 0) {
                attempt.responseBody = row.bytes(next + 9);
            }
            return attempt;
        },
        id);
    return found.isEmpty() ? std::nullopt : std::optional(found.first());
}

} // namespace courier
