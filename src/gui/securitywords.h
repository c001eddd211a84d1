// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "domain/security.h"

#include <QString>

// The schemes of a destination's security, as its form offers them (translated). Plain functions.
namespace courier {

QString displayName(SigningScheme scheme); ///< "Standard Webhooks (HMAC)"
QString displayName(AuthScheme scheme);    ///< "OAuth 2 client credentials"
QString displayName(ProxyKind kind);       ///< "SOCKS5"

// What each does, in a sentence.
QString hintOf(SigningScheme scheme);
QString hintOf(AuthScheme scheme);
QString hintOf(ProxyKind kind);

} // namespace courier
