// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "delivery/route.h"
#include "delivery/signature.h"
#include "domain/destination.h"
#include "domain/error.h"
#include "domain/secrets.h"

#include <QByteArray>
#include <QNetworkRequest>
#include <QString>

#include <memory>

namespace courier {

struct TokenSource;

/// A destination made ready to be sent to: what is the same for each of its requests, worked out once. Immutable.
class Target
{
public:
    using Secrets = std::shared_ptr<const DestinationSecrets>; ///< null: none

    /// A request as it goes out, and what is written down of it.
    struct Outgoing
    {
        QNetworkRequest request;
        QByteArray headers;          ///< "Name: value\r\n" each, without what is secret
        qsizetype signatureSize = 0; ///< the last so many bytes of it are different each time
    };
    struct Message
    {
        QByteArray webhookId;
        QByteArray body;
        QByteArray token; ///< of OAuth 2; else empty
        qint64 nowUtc = 0;
    };

    /// Error::Kind::NotFound where a secret is missing, Damaged where a certificate can't be used, Invalid where the
    /// address can't be sent to; the message says so to the operator.
    static Result<std::shared_ptr<const Target>> make(std::shared_ptr<const Destination> destination,
                                                      Secrets secrets = {});

    const Destination &destination() const { return *m_destination; }
    const Secrets &secrets() const { return m_secrets; }
    QUrl url() const { return m_request.url(); }
    QString maskedUrl() const { return m_maskedUrl; }
    /// "http://127.0.0.1:9000": requests of one origin share its few connections.
    QString origin() const { return m_origin; }
    const TargetRoute &route() const { return m_route; }
    /// What its access tokens are asked for with; null where it needs none.
    const std::shared_ptr<const TokenSource> &tokenSource() const { return m_tokenSource; }
    /// Nothing has to be found out before a request can go, as long as targets aren't guarded.
    bool isPlain() const { return m_isPlain; }

    Outgoing outgoing(const Message &message) const;

private:
    Target(std::shared_ptr<const Destination> destination, Secrets secrets, TargetRoute route);
    Result<void> setProofs();
    Result<void> setLogin(const DestinationSecrets &secrets);
    void setHeaders();
    void addSecretHeader(const QByteArray &name, const QByteArray &value, const QByteArray &shown);

    std::shared_ptr<const Destination> m_destination;
    Secrets m_secrets;
    TargetRoute m_route;
    QNetworkRequest m_request; ///< all but the id of the delivery, its signature and its token
    QByteArray m_headers;      ///< the same, as they are written down
    QString m_maskedUrl;
    QString m_origin;
    std::shared_ptr<const Signer> m_signer; ///< null: unsigned
    std::shared_ptr<const TokenSource> m_tokenSource;
    bool m_isPlain = false;
};

} // namespace courier
