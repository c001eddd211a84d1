// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "delivery/route.h"
#include "delivery/senderkit.h"
#include "delivery/tokenstore.h"
#include "domain/security.h"

#include <QNetworkReply>
#include <QObject>
#include <QTimer>

#include <chrono>
#include <memory>

namespace courier {

/// What a token is asked for with (RFC 6749, 4.4): the client's credentials, and the way to the endpoint. Immutable.
struct TokenSource
{
    QByteArray key;           ///< of TokenStore: another for other credentials
    TargetRoute route;        ///< to the endpoint
    QByteArray authorization; ///< the client's id and secret, by Basic
    QByteArray body;          ///< grant_type and scope

    static Result<std::shared_ptr<const TokenSource>> make(const Destination &destination,
                                                           const DestinationSecrets &secrets);
};

/// Asks a token endpoint once and settles the answer with the TokenStore, whatever comes of it. Lives on its sender's
/// thread, and deletes itself when it is done.
class TokenRequest final : public QObject
{
    Q_OBJECT

public:
    TokenRequest(std::shared_ptr<const TokenSource> source, SenderKit &kit, QObject *parent);
    /// Where it wasn't done, who waits learns that it was cut short.
    ~TokenRequest() override;

    /// \a turn as with WayFinder, \a limit by the wall clock over all of it.
    void start(int turn, std::chrono::microseconds limit);

private:
    void post(const Way &way);
    void onSslErrors(const QList<QSslError> &errors);
    void onReadyRead();
    void onFinished();
    void fail(const QString &reason, Outcome outcome = Outcome::AuthFailed);
    void settle(const TokenResult &result);
    Verdict breakdownVerdict() const;

    std::shared_ptr<const TokenSource> m_source;
    SenderKit &m_kit;
    Connections::Use m_use;
    QNetworkReply *m_reply = nullptr; ///< the pool's child
    QTimer m_limit;
    QStringList m_tlsReasons;
    Way m_way;
    QByteArray m_answer;
    bool m_isSettled = false;
};

/// No token came in time.
Verdict lateTokenVerdict();
/// The token in an endpoint's answer, or what the operator has to know of it. Nothing of the answer but its "error" and
/// "error_description" is repeated.
TokenResult tokenFrom(int status, const QByteArray &answer);

} // namespace courier
