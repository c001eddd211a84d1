// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "delivery/exchange.h"

#include "delivery/httpstatus.h"
#include "delivery/notification.h"
#include "delivery/oneshotbody.h"
#include "delivery/retryafter.h"

#include <QNetworkReply>
#include <QSslConfiguration>
#include <QSslError>

#include <algorithm>

namespace courier {
namespace {

constexpr qsizetype storedHeaderLimit = storedBodyLimit;

// Qt joins headers of one name; those that can't be joined with a comma it joins with a line break.
QByteArray headersOf(const QNetworkReply &reply)
{
    QByteArray text;
    for (const auto &[name, value] : reply.rawHeaderPairs()) {
        for (const QByteArray &one : value.split('\n')) {
            text += name + ": " + one + "\r\n";
        }
        if (text.size() > storedHeaderLimit) {
            return text.left(storedHeaderLimit);
        }
    }
    return text;
}

// The answer was under way and broke off: all that isn't Qt's way to say what the status was.
bool isBroken(QNetworkReply::NetworkError error)
{
    return (error > QNetworkReply::NoError && error < QNetworkReply::ProxyConnectionRefusedError) ||
           error == QNetworkReply::ProtocolFailure;
}

} // namespace

Attempt blankAttempt(const SendJob &job)
{
    Attempt attempt;
    attempt.deliveryId = job.deliveryId;
    attempt.destinationId = job.destination->id;
    attempt.number = job.number;
    attempt.trigger = job.trigger;
    attempt.resent = job.resent;
    return attempt;
}

Exchange::Exchange(SendJob job, std::shared_ptr<const Target> target, const Clock &clock)
    : m_job(std::move(job))
    , m_target(std::move(target))
    , m_clock(clock)
    , m_attempt(blankAttempt(m_job))
{
}

void Exchange::begin(std::shared_ptr<QNetworkAccessManager> manager, const Limits &limits)
{
    m_manager = std::move(manager);
    m_limits = limits;
    m_attempt.startedAt = m_clock.nowUtc();
    m_attempt.maskedUrl = m_target->maskedUrl();
    m_startedUs = m_clock.monotonic();

    if (m_job.trigger == Trigger::Test) {
        // What a test sent isn't kept: it is made again from the moment it began.
        m_job.alert.createdAt = rfc3339(m_attempt.startedAt);
    }
    const QByteArray body = notificationBody(m_job.alert, m_job.resent, m_job.kind);
    m_attempt.requestHeaders = m_target->headers(m_job.webhookId, body.size());
    m_body = new OneShotBody(body);
    m_reply = m_manager->post(m_target->request(m_job.webhookId), m_body);
    m_body->setParent(m_reply);
    connectReply();
}

void Exchange::connectReply()
{
    connect(m_reply, &QNetworkReply::socketStartedConnecting, this,
            [this] { reach(SendStage::Connecting, &AttemptTiming::connectStarted); });
    connect(m_reply, &QNetworkReply::requestSent, this,
            [this] { reach(SendStage::Sent, &AttemptTiming::requestSent); });
    connect(m_reply, &QNetworkReply::metaDataChanged, this, &Exchange::onHeaders);
    connect(m_reply, &QNetworkReply::readyRead, this, &Exchange::onBody);
    connect(m_reply, &QNetworkReply::finished, this, &Exchange::onFinished);
    if (m_target->url().scheme() == QLatin1String("https")) {
        connect(m_reply, &QNetworkReply::encrypted, this,
                [this] { reach(SendStage::Encrypted, &AttemptTiming::encrypted); });
        connect(m_reply, &QNetworkReply::sslErrors, this, &Exchange::onSslErrors);
    }
}

void Exchange::reach(SendStage stage, qint64 AttemptTiming::*moment)
{
    const qint64 now = elapsedUs();
    m_attempt.timing.*moment = now;
    if (m_job.trigger == Trigger::Test) {
        Q_EMIT stageReached(m_job.ticket, stage, now);
    }
}

void Exchange::onSslErrors(const QList<QSslError> &errors)
{
    for (const QSslError &error : errors) {
        if (!m_tlsReasons.contains(error.errorString())) {
            m_tlsReasons.append(error.errorString());
        }
    }
    const QSslCertificate peer = m_reply->sslConfiguration().peerCertificate();
    m_peerSha256 = peer.isNull() ? QByteArray() : peer.digest(QCryptographicHash::Sha256);
}

void Exchange::onHeaders()
{
    reach(SendStage::Answered, &AttemptTiming::answered);
    m_attempt.status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    m_attempt.responseHeaders = headersOf(*m_reply);
    bool isNumber = false;
    const qint64 length = m_reply->rawHeader(QByteArrayLiteral("Content-Length")).toLongLong(&isNumber);
    m_announced = isNumber ? length : -1;
}

void Exchange::onBody()
{
    readBody();
    if (m_attempt.bodyCut) {
        conclude(verdictOn(answer(), m_target->url()));
    }
}

void Exchange::readBody()
{
    // Of a given size: QIODevice would first make room for as much as is asked for.
    QByteArray &body = m_attempt.responseBody;
    body += m_reply->read(std::min<qint64>(m_reply->bytesAvailable(), storedBodyLimit - body.size()));
    const bool isFull = body.size() == storedBodyLimit;
    m_attempt.bodyCut = isFull && (m_announced > storedBodyLimit || m_reply->bytesAvailable() > 0);
}

FinalAnswer Exchange::answer() const
{
    return {m_attempt.status, m_reply->attribute(QNetworkRequest::HttpReasonPhraseAttribute).toString(),
            m_reply->rawHeader(QByteArrayLiteral("Location"))};
}

Breakdown Exchange::breakdown() const
{
    return {m_reply->error(), m_body->isTaken(), m_attempt.timing.encrypted >= 0,
            m_tlsReasons,     m_peerSha256,      m_reply->errorString()};
}

void Exchange::onFinished()
{
    if (m_attempt.status == 0) {
        conclude(verdictOn(breakdown(), m_target->url()));
        return;
    }
    readBody();
    if (isBroken(m_reply->error())) {
        m_attempt.bodyCut = true;
    } else if (!m_attempt.bodyCut) {
        m_attempt.timing.finished = elapsedUs();
    }
    if (isInterim(m_attempt.status)) {
        m_leftUnread = true;
        conclude(interimVerdict(answer()));
        return;
    }
    conclude(verdictOn(answer(), m_target->url()));
}

void Exchange::giveUp(const Verdict &verdict)
{
    if (m_attempt.status != 0) {
        readBody();
        m_attempt.bodyCut = true;
    }
    conclude(verdict);
}

void Exchange::timeOut()
{
    giveUp(timedOutVerdict(m_target->destination().timeoutSeconds));
}

void Exchange::interrupt()
{
    giveUp(interruptedVerdict());
}

void Exchange::oversize()
{
    giveUp(oversizedVerdict());
}

void Exchange::conclude(const Verdict &verdict)
{
    m_attempt.durationUs = elapsedUs();
    m_attempt.outcome = verdict.outcome;
    m_attempt.reason = verdict.reason;
    const bool isWhole = m_attempt.timing.finished >= 0;
    m_attempt.responseBodySize = isWhole ? m_attempt.responseBody.size() : m_announced;
    if (verdict.outcome == Outcome::Rejected && (m_attempt.status == 429 || m_attempt.status == 503)) {
        m_retryAfter = parseRetryAfter(m_reply->rawHeader(QByteArrayLiteral("Retry-After")), m_clock.nowUtc());
    }
    m_reply->disconnect(this);
    m_reply->deleteLater(); // drops the connection where the answer wasn't all there
    Q_EMIT ended(this);
}

SendResult Exchange::takeResult()
{
    return {std::move(m_job), std::move(m_attempt), m_retryAfter};
}

} // namespace courier
