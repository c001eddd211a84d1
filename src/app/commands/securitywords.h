// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "domain/security.h"

#include <QString>

// How a destination signs, logs in, trusts and is reached, in words; never with anything secret.
namespace courier::commands {

/// "Standard Webhooks, HMAC-SHA256 (v1)", with how long the secret before signs, too. \a now is ms since 1970 UTC.
QString signingWords(const Signing &signing, qint64 now);
/// "Basic, as ops". The token endpoint is masked unless \a withSecrets.
QString loginWords(const Authentication &authentication, bool withSecrets);
/// "The system's authorities; shows the certificate of courier.example".
QString trustWords(const TlsSettings &tls);
/// "http://ops@proxy.example.com:3128".
QString proxyWords(const ProxySettings &proxy);

} // namespace courier::commands
