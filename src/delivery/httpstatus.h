// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QString>

namespace courier {

constexpr bool isInterim(int status)
{
    return status >= 100 && status < 200;
}

constexpr bool isSuccess(int status)
{
    return status >= 200 && status < 300;
}

constexpr bool isRedirect(int status)
{
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

/// What the status is called in the registry of HTTP status codes (RFC 9110, 15, and others): words of the protocol,
/// not translated. Empty for one that has no name.
QString standardPhrase(int status);

} // namespace courier
