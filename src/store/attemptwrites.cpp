// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "store/attemptwrites.h"

#include "store/requestshape.h"

namespace courier::attemptwrites {

namespace {

// NULL where there is none, as nearly always.
std::optional<QByteArray> signatureOf(const Attempt &attempt)
{
    return attempt.signatureSize > 0 ? std::optional(attempt.requestHeaders.last(attempt.signatureSize)) : std::nullopt;
}

} // namespace

void insert(WriteSession &session, const Attempt &attempt)
{
    static const QString sql =
        QStringLiteral("INSERT INTO attempt(delivery_id, destination_id, number, started_by, started_at, duration_us, "
                       "outcome, status, reason, resent, connect_started, encrypted, request_sent, answered, finished, "
                       "body_size, body_cut, shape_id, content_length, signature, response_id, response_headers, "
                       "response_body) VALUES(?, ?, (SELECT attempts FROM delivery WHERE id = ?), "
                       "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    std::optional<qint64> shape;
    requestshape::Parts parts;
    if (!attempt.requestHeaders.isEmpty() || !attempt.maskedUrl.isEmpty()) {
        const QByteArray lasting = attempt.requestHeaders.chopped(attempt.signatureSize);
        parts = requestshape::split(lasting, publicId(attempt.deliveryId, session.key()).toLatin1());
        shape = session.shapeFor(attempt.maskedUrl, parts.shape);
    }
    const AnswerMemory::Columns answer = session.answers().columnsFor(
        session.connection(), attempt.destinationId, {shape, {}, attempt.responseHeaders, attempt.responseBody});
    session.prepared(sql).run(attempt.deliveryId, attempt.destinationId, attempt.deliveryId, attempt.trigger,
                              attempt.startedAt, attempt.durationUs, attempt.outcome, attempt.status, attempt.reason,
                              attempt.resent, attempt.timing.connectStarted, attempt.timing.encrypted,
                              attempt.timing.requestSent, attempt.timing.answered, attempt.timing.finished,
                              attempt.responseBodySize, attempt.bodyCut, answer.request, parts.contentLength,
                              signatureOf(attempt), answer.response, answer.headers, answer.body);
}

void insertTest(WriteSession &session, const Attempt &attempt)
{
    static const QString sql =
        QStringLiteral("INSERT INTO test_attempt(destination_id, number, started_by, started_at, duration_us, outcome, "
                       "status, reason, resent, connect_started, encrypted, request_sent, answered, finished, "
                       "body_size, body_cut, url, request_headers, response_headers, response_body) "
                       "VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    session.prepared(sql).run(
        attempt.destinationId, attempt.number, attempt.trigger, attempt.startedAt, attempt.durationUs, attempt.outcome,
        attempt.status, attempt.reason, attempt.resent, attempt.timing.connectStarted, attempt.timing.encrypted,
        attempt.timing.requestSent, attempt.timing.answered, attempt.timing.finished, attempt.responseBodySize,
        attempt.bodyCut, attempt.maskedUrl, attempt.requestHeaders, attempt.responseHeaders, attempt.responseBody);
}

} // namespace courier::attemptwrites
