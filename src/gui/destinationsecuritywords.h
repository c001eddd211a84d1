// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "domain/destination.h"

#include <QString>

// A destination's security in a line, for its page and its form (translated). Plain functions.
namespace courier {

/// All that is set: "Signed with Standard Webhooks (HMAC); OAuth 2; client certificate; proxy proxy.example.com:3128".
/// "Not signed, no login" where nothing is.
QString securityWords(const Destination &destination);
/// The same in fewer words, to go on a list: "signed, OAuth 2, own proxy"; empty where nothing is set.
QString securitySummary(const Destination &destination);

} // namespace courier
