// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "domain/delivery.h"

#include <QByteArray>
#include <QNetworkReply>
#include <QString>
#include <QStringList>
#include <QUrl>

namespace courier {

/// What an attempt came to, and in words.
struct Verdict
{
    Outcome outcome = Outcome::Unknown;
    QString reason; ///< for the operator (translated)
};

/// A final answer, as it came.
struct FinalAnswer
{
    int status = 0;
    QString phrase;           ///< reason phrase as received, often empty
    QByteArray location;      ///< value of its Location header, empty where there is none
    bool isForwarded = false; ///< we connect to the proxy alone, and it to the receiver
};

/// An attempt that got no answer.
struct Breakdown
{
    QNetworkReply::NetworkError error = QNetworkReply::NoError;
    bool bodyTaken = false;   ///< the socket had (some of) the body already
    bool encrypted = false;   ///< TLS was ready
    QStringList tlsReasons;   ///< what was wrong with the certificate
    QByteArray peerSha256;    ///< of the receiver's certificate; empty where none came
    QString tlsDetail;        ///< the TLS library's own words
    QString proxy;            ///< "host:port" of the one between; empty where there is none
    bool isForwarded = false; ///< we connect to the proxy alone, and it to the receiver
};

/// 200 to 299 acknowledges, all else rejects. \a url is the one the request went to.
Verdict verdictOn(const FinalAnswer &answer, const QUrl &url);
/// The stage that failed, by Qt's error and what had happened before it.
Verdict verdictOn(const Breakdown &breakdown, const QUrl &url);
Verdict timedOutVerdict(int seconds);
Verdict interruptedVerdict();
/// The status line and headers were larger than we hold.
Verdict oversizedVerdict();
/// The receiver showed another certificate than the pinned one, of this SHA-256.
Verdict wrongPinVerdict(const QByteArray &peerSha256);
/// An interim answer (1XX) other than 100 came: Qt 6.4 takes it for the final one, and leaves what follows it unread.
Verdict interimVerdict(const FinalAnswer &answer);

} // namespace courier
