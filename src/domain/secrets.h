// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QByteArray>
#include <QHash>

#include <memory>

namespace courier {

/// What is secret of a destination. The words are part of the names in the desktop's secret service.
enum class SecretKind : quint8 {
    SigningSecret,         ///< "signing": of Signing; as the operator sees it ("whsec_..." for Standard Webhooks)
    PreviousSigningSecret, ///< "signing-before": signs beside the new one until the overlap is over
    Password,              ///< "password": of AuthScheme::Basic
    Token,                 ///< "token": of AuthScheme::Bearer
    ClientSecret,          ///< "client-secret": of AuthScheme::OAuth2
    PrivateKey,            ///< "private-key": PEM, of TlsSettings::certificatePem
    ProxyPassword          ///< "proxy-password"
};

/// The secrets of one destination, in memory. A value; never logged, never written to the database, an export or a
/// command line.
struct DestinationSecrets
{
    QHash<SecretKind, QByteArray> values;
    QHash<QByteArray, QByteArray> headers; ///< by lower-case name: the values of headers that are secret

    QByteArray value(SecretKind kind) const { return values.value(kind); }
    bool operator==(const DestinationSecrets &) const = default;
};

} // namespace courier
