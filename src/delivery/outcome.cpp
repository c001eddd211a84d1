// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "delivery/outcome.h"

#include "delivery/certificates.h"
#include "delivery/httpstatus.h"
#include "delivery/tlswords.h"
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

Verdict tlsVerdict(const Breakdown &breakdown)
{
    if (breakdown.tlsReasons.isEmpty()) {
        return {Outcome::TlsFailed,
                breakdown.tlsDetail.isEmpty()
                    ? Words::tr("The TLS handshake failed: the receiver ended the connection.")
                    : Words::tr("The TLS handshake failed: %1").arg(handshakeReason(breakdown.tlsDetail))};
    }
    QString reason = Words::tr("The receiver's certificate was refused: %1")
                         .arg(breakdown.tlsReasons.join(QLatin1String(", ")) + QLatin1Char('.'));
    if (!breakdown.peerSha256.isEmpty()) {
        reason += QLatin1Char(' ') + Words::tr("Its SHA-256 is %1.").arg(fingerprint(breakdown.peerSha256));
    }
    return {Outcome::TlsFailed, reason};
}

QString proxyReason(const Breakdown &breakdown)
{
    switch (breakdown.error) {
    case QNetworkReply::ProxyConnectionRefusedError:
    case QNetworkReply::ConnectionRefusedError:
        return Words::tr("The proxy %1 refused the connection.");
    case QNetworkReply::ProxyNotFoundError:
    case QNetworkReply::HostNotFoundError:
        return Words::tr("The proxy %1 was not found.");
    case QNetworkReply::ProxyTimeoutError:
        return Words::tr("The proxy %1 didn't answer in time.");
    case QNetworkReply::ProxyAuthenticationRequiredError:
        return Words::tr("The proxy %1 asks for a user name and password, or doesn't take the ones it got.");
    case QNetworkReply::ProxyConnectionClosedError:
        return Words::tr("The proxy %1 ended the connection.");
    default:
        return Words::tr("The proxy %1 can't be used: it refuses, or doesn't understand.");
    }
}

Verdict proxyVerdict(const Breakdown &breakdown)
{
    return {Outcome::ProxyFailed, proxyReason(breakdown).arg(breakdown.proxy)};
}

Verdict unreachableByProxy(const Breakdown &breakdown, const QUrl &url)
{
    return {Outcome::Unreachable,
            Words::tr("Could not connect: the proxy %1 can't reach %2.").arg(breakdown.proxy, hostAndPort(url))};
}

// The connection was there and then it wasn't, or it never came.
Verdict disconnectedVerdict(const Breakdown &breakdown, const QUrl &url)
{
    if (url.scheme() == QLatin1String("https") && !breakdown.encrypted &&
        breakdown.error == QNetworkReply::RemoteHostClosedError) {
        return tlsVerdict(Breakdown());
    }
    if (url.scheme() == QLatin1String("https") && isTlsAlert(breakdown.tlsDetail)) {
        return tlsVerdict(breakdown);
    }
    // Qt keeps what a proxy says to itself: beside what has a name of its own it is an unknown error.
    if (!breakdown.proxy.isEmpty() && !breakdown.encrypted && !breakdown.bodyTaken &&
        breakdown.error == QNetworkReply::UnknownNetworkError) {
        return proxyVerdict(breakdown);
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
        if (!breakdown.proxy.isEmpty()) {
            return breakdown.isForwarded ? proxyVerdict(breakdown) : unreachableByProxy(breakdown, url);
        }
        return {Outcome::Unreachable, Words::tr("Could not connect: nothing listens on %1.").arg(hostAndPort(url))};
    case QNetworkReply::HostNotFoundError:
        if (!breakdown.proxy.isEmpty()) {
            return breakdown.isForwarded ? proxyVerdict(breakdown) : unreachableByProxy(breakdown, url);
        }
        return {Outcome::Unreachable, Words::tr("Could not connect: no host named %1 was found.").arg(url.host())};
    case QNetworkReply::SslHandshakeFailedError:
        return tlsVerdict(breakdown);
    case QNetworkReply::ProxyConnectionRefusedError:
    case QNetworkReply::ProxyConnectionClosedError:
    case QNetworkReply::ProxyNotFoundError:
    case QNetworkReply::ProxyTimeoutError:
    case QNetworkReply::ProxyAuthenticationRequiredError:
    case QNetworkReply::UnknownProxyError:
        return proxyVerdict(breakdown);
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

Verdict wrongPinVerdict(const QByteArray &peerSha256)
{
    return {Outcome::TlsFailed,
            Words::tr("The receiver's certificate was refused: it isn't the pinned one. Its SHA-256 "
                      "is %1.")
                .arg(fingerprint(peerSha256))};
}

Verdict interimVerdict(const FinalAnswer &answer)
{
    return {
        Outcome::Unknown,
        Words::tr("An interim answer came first (%1), and what follows one can't be read: the receiver may have got "
                  "it.")
            .arg(shownStatus(answer))};
}

} // namespace courier
