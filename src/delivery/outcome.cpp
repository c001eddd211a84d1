// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "delivery/outcome.h"

#include "delivery/httpstatus.h"
#include "domain/destination.h"

#include <QCoreApplication>

namespace courier {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Outcome)
};

// "503 Service Unavailable": a phrase as long as a book is cut.
QString shownStatus(const FinalAnswer &answer)
{
    constexpr qsizetype longestPhrase = 200;
    const QString received = answer.phrase.simplified().left(longestPhrase);
    const QString phrase = received.isEmpty() ? standardPhrase(answer.status) : received;
    return QString(QString::number(answer.status) + QLatin1Char(' ') + phrase).trimmed();
}

int portOf(const QUrl &url)
{
    return url.port(url.scheme() == QLatin1String("https") ? 443 : 80);
}

QString hostAndPort(const QUrl &url)
{
    const QString host = url.host().contains(QLatin1Char(':')) ? QStringLiteral("[%1]").arg(url.host()) : url.host();
    return host + QLatin1Char(':') + QString::number(portOf(url));
}

Verdict redirectVerdict(const FinalAnswer &answer, const QUrl &url)
{
    if (answer.location.isEmpty()) {
        return {Outcome::Rejected, Words::tr("%1: redirects are not followed").arg(shownStatus(answer))};
    }
    const QUrl target = url.resolved(QUrl::fromEncoded(answer.location));
    const QString shown = maskedUrl(QString::fromUtf8(target.toEncoded()));
    return {Outcome::Rejected,
            Words::tr("%1: redirects are not followed (Location: %2)").arg(shownStatus(answer), shown)};
}

Verdict lostVerdict()
{
    return {Outcome::Unknown,
            Words::tr("The connection was lost before an answer came: the receiver may have got it.")};
}

// "AB:CD:...", as browsers and openssl show it.
QString fingerprint(const QByteArray &digest)
{
    return QString::fromLatin1(digest.toHex(':').toUpper());
}

Verdict tlsVerdict(const Breakdown &breakdown)
{
    if (breakdown.tlsReasons.isEmpty()) {
        return {Outcome::TlsFailed,
                breakdown.tlsDetail.isEmpty()
                    ? Words::tr("The TLS handshake failed: the receiver ended the connection.")
                    : Words::tr("The TLS handshake failed: %1").arg(breakdown.tlsDetail.simplified())};
    }
    QString reason = Words::tr("The receiver's certificate was refused: %1")
                         .arg(breakdown.tlsReasons.join(QLatin1String(", ")) + QLatin1Char('.'));
    if (!breakdown.peerSha256.isEmpty()) {
        reason += QLatin1Char(' ') + Words::tr("Its SHA-256 is %1.").arg(fingerprint(breakdown.peerSha256));
    }
    return {Outcome::TlsFailed, reason};
}

Verdict proxyVerdict(QNetworkReply::NetworkError error)
{
    switch (error) {
    case QNetworkReply::ProxyConnectionRefusedError:
        return {Outcome::ProxyFailed, Words::tr("The proxy refused the connection.")};
    case QNetworkReply::ProxyNotFoundError:
        return {Outcome::ProxyFailed, Words::tr("The proxy's host was not found.")};
    case QNetworkReply::ProxyTimeoutError:
        return {Outcome::ProxyFailed, Words::tr("The proxy didn't answer in time.")};
    case QNetworkReply::ProxyAuthenticationRequiredError:
        return {Outcome::ProxyFailed, Words::tr("The proxy asks for a user name and password.")};
    default:
        return {Outcome::ProxyFailed, Words::tr("The proxy failed.")};
    }
}

// The connection was there and then it wasn't, or it never came.
Verdict disconnectedVerdict(const Breakdown &breakdown, const QUrl &url)
{
    if (url.scheme() == QLatin1String("https") && !breakdown.encrypted &&
        breakdown.error == QNetworkReply::RemoteHostClosedError) {
        return tlsVerdict(Breakdown());
    }
    const bool wasConnected =
        breakdown.error == QNetworkReply::RemoteHostClosedError || breakdown.error == QNetworkReply::ContentReSendError;
    if (wasConnected || breakdown.bodyTaken) {
        return lostVerdict();
    }
    return {Outcome::Unreachable, Words::tr("Could not connect: %1 can't be reached.").arg(hostAndPort(url))};
}

} // namespace

Verdict verdictOn(const FinalAnswer &answer, const QUrl &url)
{
    if (isSuccess(answer.status)) {
        return {Outcome::Acknowledged, shownStatus(answer)};
    }
    if (isRedirect(answer.status)) {
        return redirectVerdict(answer, url);
    }
    return {Outcome::Rejected, shownStatus(answer)};
}

Verdict verdictOn(const Breakdown &breakdown, const QUrl &url)
{
    switch (breakdown.error) {
    case QNetworkReply::ConnectionRefusedError:
        return {Outcome::Unreachable, Words::tr("Could not connect: nothing listens on %1.").arg(hostAndPort(url))};
    case QNetworkReply::HostNotFoundError:
        return {Outcome::Unreachable, Words::tr("Could not connect: no host named %1 was found.").arg(url.host())};
    case QNetworkReply::SslHandshakeFailedError:
        return tlsVerdict(breakdown);
    case QNetworkReply::ProxyConnectionRefusedError:
    case QNetworkReply::ProxyConnectionClosedError:
    case QNetworkReply::ProxyNotFoundError:
    case QNetworkReply::ProxyTimeoutError:
    case QNetworkReply::ProxyAuthenticationRequiredError:
    case QNetworkReply::UnknownProxyError:
        return proxyVerdict(breakdown.error);
    case QNetworkReply::ProtocolUnknownError:
    case QNetworkReply::ProtocolInvalidOperationError:
    case QNetworkReply::ProtocolFailure:
        return {Outcome::Unknown, Words::tr("The answer was not valid HTTP: the receiver may have got it.")};
    default:
        return disconnectedVerdict(breakdown, url);
    }
}

Verdict timedOutVerdict(int seconds)
{
    return {Outcome::TimedOut, Words::tr("Timed out after %1 s.").arg(seconds)};
}

Verdict interruptedVerdict()
{
    return {Outcome::Interrupted, Words::tr("Interrupted: Alert Courier was closed before an answer came.")};
}

Verdict oversizedVerdict()
{
    return {Outcome::Unknown, Words::tr("The answer was too large to take in: the receiver may have got it.")};
}

Verdict interimVerdict(const FinalAnswer &answer)
{
    return {Outcome::Unknown,
            Words::tr("Only an interim answer came (%1): the receiver may have got it.").arg(shownStatus(answer))};
}

} // namespace courier
