// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

// What comes back of a request. How it goes out and how an attempt ends is in exchange.cpp.

#include "delivery/exchange.h"

#include "delivery/handshakeprobe.h"
#include "delivery/httpstatus.h"
#include "delivery/oneshotbody.h"
#include "delivery/requestpolicies.h"

#include <QNetworkReply>
#include <QTimer>

#include <algorithm>
#include <chrono>

namespace courier {
namespace {

using namespace std::chrono_literals;

constexpr qsizetype storedHeaderLimit = storedBodyLimit;
constexpr qsizetype usualHeaders = 1024;                ///< room for most; more is made as it is needed
constexpr std::chrono::milliseconds leastPatience = 1s; ///< of a probe
constexpr std::chrono::milliseconds mostPatience = 10s;

// Qt joins headers of one name; those that can't be joined with a comma it joins with a line break.
QByteArray headersOf(const QNetworkReply &reply)
{
    QByteArray text;
    text.reserve(usualHeaders);
    for (const auto &[name, value] : reply.rawHeaderPairs()) {
        QByteArray lines = value;
        if (value.contains('\n')) {
            lines.replace("\n", QByteArray("\r\n" + name + ": "));
        }
        text += name + ": " + lines + "\r\n";
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

void Exchange::onHeaders()
{
    reach(SendStage::Answered, &AttemptTiming::answered);
    m_attempt.status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    m_attempt.responseHeaders = headersOf(*m_reply);
    bool isNumber = false;
    const qint64 length = m_reply->rawHeader(QByteArrayLiteral("Content-Length")).toLongLong(&isNumber);
    m_announced = isNumber ? length : -1;
    if (m_attempt.responseHeaders.isEmpty()) {
        waitWithoutHeaders();
    }
}

// Qt 6.4 drops all headers where there are too many or one is too long, and with them where the answer ends. If it is
// of the kind that ends with its connection, that is given some time to come.
void Exchange::waitWithoutHeaders()
{
    constexpr std::chrono::microseconds longest = std::chrono::seconds(1);
    const auto wait = std::chrono::ceil<std::chrono::milliseconds>(std::min(longest, m_limits.time / 4));
    QTimer::singleShot(wait, m_reply, [this, reply = m_reply] {
        if (reply == m_reply) {
            giveUp(verdictOn(answer(), m_target->url()));
        }
    });
}

void Exchange::onBody()
{
    readBody();
    if (m_attempt.bodyCut && !renewToken()) {
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
    return {m_reply->error(),
            m_body->isTaken(),
            m_attempt.timing.encrypted >= 0,
            m_tlsReasons,
            m_attempt.certificate.sha256,
            m_reply->errorString(),
            shownProxy(m_way.proxy),
            isForwarded(m_target->route(), m_way)};
}

// True where what there is to say is told by a probe.
bool Exchange::probe()
{
    const QSslConfiguration tls = m_reply->sslConfiguration();
    if (m_attempt.timing.encrypted < 0 || tls.sessionProtocol() != QSsl::TlsV1_3) {
        return false;
    }
    auto *handshake = new HandshakeProbe(this);
    connect(handshake, &HandshakeProbe::done, this, [this](const QString &detail) {
        if (!m_reply) {
            return; // given up meanwhile
        }
        Breakdown all = breakdown();
        all.tlsDetail = detail;
        conclude(verdictOn(all, m_target->url()));
    });
    // Where the way is long, the handshake took its time, and so will the alert that follows it.
    const std::chrono::microseconds handshakeTook(m_attempt.timing.encrypted);
    handshake->start(m_target->url(), m_way, tls,
                     std::clamp(std::chrono::duration_cast<std::chrono::milliseconds>(3 * handshakeTook), leastPatience,
                                mostPatience));
    return true;
}

void Exchange::onFinished()
{
    if (m_isWrongPin && m_reply->error() == QNetworkReply::SslHandshakeFailedError) {
        conclude(wrongPinVerdict(m_attempt.certificate.sha256));
        return;
    }
    const bool isProxys =
        isForwarded(m_target->route(), m_way) && m_reply->error() == QNetworkReply::ProxyAuthenticationRequiredError;
    if (m_attempt.status == 0 && probe()) {
        return;
    }
    if (m_attempt.status == 0 || isProxys) {
        conclude(verdictOn(breakdown(), m_target->url()));
        return;
    }
    readBody();
    if (renewToken()) {
        return;
    }
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

} // namespace courier
