// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "delivery/exchange.h"

#include "delivery/httpstatus.h"
#include "delivery/notification.h"
#include "delivery/oneshotbody.h"
#include "delivery/preparation.h"
#include "delivery/requestpolicies.h"
#include "delivery/retryafter.h"
#include "delivery/tlswords.h"
#include "delivery/tokenrequest.h"

#include <QNetworkAccessManager>
#include <QSslConfiguration>
#include <QSslError>

#include <utility>

namespace courier {
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

Exchange::Exchange(SendJob job, std::shared_ptr<const Target> target, SenderKit &kit)
    : m_job(std::move(job))
    , m_target(std::move(target))
    , m_kit(kit)
    , m_attempt(blankAttempt(m_job))
{
}

void Exchange::begin(const Limits &limits)
{
    m_limits = limits;
    m_attempt.startedAt = m_kit.clock.nowUtc();
    m_attempt.maskedUrl = m_target->maskedUrl();
    m_startedUs = m_kit.clock.monotonic();
    if (m_job.trigger == Trigger::Test) {
        // What a test sent isn't kept: it is made again from the moment it began.
        m_job.alert.createdAt = rfc3339(m_attempt.startedAt);
    }
    if (m_target->isPlain() && !m_kit.ways.isGuarded()) {
        post({}, {});
    } else {
        prepare({});
    }
}

void Exchange::prepare(const QByteArray &refusedToken)
{
    delete m_preparation;
    m_preparation = new Preparation(m_target, m_kit, this);
    connect(m_preparation, &Preparation::ready, this, &Exchange::post);
    connect(m_preparation, &Preparation::failed, this, &Exchange::giveUp);
    m_preparation->start({m_job.number - 1, refusedToken, m_limits.time});
}

void Exchange::post(const Way &way, const QByteArray &token)
{
    const QByteArray body = notificationBody(m_job.alert, m_job.resent, m_job.kind);
    Target::Outgoing out = m_target->outgoing({m_job.webhookId, body, token, m_kit.clock.nowUtc()});
    direct(out.request, m_target->route(), way);
    m_attempt.requestHeaders = out.headers;
    m_attempt.signatureSize = out.signatureSize;
    m_token = token;
    m_way = way;
    m_use = m_kit.connections.begin(m_target->route().trustKey(), way.proxy, connectionKey(m_target->origin(), way),
                                    m_kit.clock.monotonic());
    m_body = new OneShotBody(body);
    m_reply = m_use->post(out.request, m_body);
    m_body->setParent(m_reply);
    connectReply();
}

// A token may have been taken back before its time. The request wasn't taken either: it goes once more, with a new one.
bool Exchange::renewToken()
{
    if (m_attempt.status != 401 || m_token.isEmpty() || std::exchange(m_isRenewed, true)) {
        return false;
    }
    m_reply->disconnect(this);
    m_reply->deleteLater();
    m_reply = nullptr;
    m_use.end(true, m_kit.clock.monotonic());
    m_attempt.status = 0;
    m_attempt.responseHeaders.clear();
    m_attempt.responseBody.clear();
    m_attempt.bodyCut = false;
    m_attempt.timing = {};
    m_announced = -1;
    prepare(m_token);
    return true;
}

void Exchange::connectReply()
{
    connect(m_reply, &QNetworkReply::socketStartedConnecting, this, &Exchange::onConnecting);
    connect(m_reply, &QNetworkReply::requestSent, this,
            [this] { reach(SendStage::Sent, &AttemptTiming::requestSent); });
    connect(m_reply, &QNetworkReply::metaDataChanged, this, &Exchange::onHeaders);
    connect(m_reply, &QNetworkReply::readyRead, this, &Exchange::onBody);
    connect(m_reply, &QNetworkReply::finished, this, &Exchange::onFinished);
    if (m_target->url().scheme() == QLatin1String("https")) {
        connect(m_reply, &QNetworkReply::encrypted, this, &Exchange::onEncrypted);
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

// Where a proxy hangs up, Qt connects to it again and again, as fast as it can.
void Exchange::onConnecting()
{
    constexpr int mostConnects = 3;
    if (++m_connects > mostConnects && m_way.proxy.type() != QNetworkProxy::NoProxy) {
        Breakdown hungUp = breakdown();
        hungUp.error = QNetworkReply::ProxyConnectionClosedError;
        giveUp(verdictOn(hungUp, m_target->url()));
        return;
    }
    reach(SendStage::Connecting, &AttemptTiming::connectStarted);
}

void Exchange::notePeer()
{
    const QSslCertificate peer = m_reply->sslConfiguration().peerCertificate();
    if (!peer.isNull()) {
        m_attempt.certificate = {peer.digest(QCryptographicHash::Sha256), peer.subjectDisplayName(),
                                 peer.issuerDisplayName(), peer.expiryDate().toMSecsSinceEpoch()};
    }
}

// Nothing of the request has been written yet.
void Exchange::onEncrypted()
{
    notePeer();
    const QByteArray &pinned = m_target->route().pinnedSha256();
    if (!pinned.isEmpty() && m_attempt.certificate.sha256 != pinned) {
        m_reply->disconnect(this);
        m_reply->abort(); // at once: by the time it is deleted, the request may have gone
        conclude(wrongPinVerdict(m_attempt.certificate.sha256));
        return;
    }
    reach(SendStage::Encrypted, &AttemptTiming::encrypted);
}

// Of a pinned certificate the operator has said that it is the receiver's: that is all there is to know of it.
void Exchange::onSslErrors(const QList<QSslError> &errors)
{
    notePeer();
    const QByteArray &pinned = m_target->route().pinnedSha256();
    if (!pinned.isEmpty() && m_attempt.certificate.sha256 == pinned) {
        m_reply->ignoreSslErrors(errors);
        return;
    }
    const QList<QSslError> grave = gravestOf(errors);
    if (grave.isEmpty()) {
        m_reply->ignoreSslErrors(errors);
        return;
    }
    m_tlsReasons = tlsReasons(grave, m_reply->sslConfiguration().peerCertificate(), m_target->url().host());
    if (!pinned.isEmpty()) {
        m_isWrongPin = true;
    }
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
    const bool isForToken = !m_reply && m_preparation && m_preparation->waitsForToken();
    giveUp(isForToken ? lateTokenVerdict() : timedOutVerdict(m_target->destination().timeoutSeconds));
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
        m_retryAfter = parseRetryAfter(m_reply->rawHeader(QByteArrayLiteral("Retry-After")), m_kit.clock.nowUtc());
    }
    if (m_isRenewed && m_reply) {
        m_attempt.reason += QLatin1Char(' ') + tr("(with a new access token: the one before was refused)");
    }
    if (m_preparation) {
        m_preparation->disconnect(this);
        m_preparation->deleteLater();
    }
    if (m_reply) {
        m_reply->disconnect(this);
        m_reply->deleteLater(); // drops the connection where the answer wasn't all there
        m_reply = nullptr;
    }
    m_use.end(m_attempt.status != 0, m_kit.clock.monotonic());
    Q_EMIT ended(this);
}

SendResult Exchange::takeResult()
{
    return {std::move(m_job), std::move(m_attempt), m_retryAfter};
}

} // namespace courier
