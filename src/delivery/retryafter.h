// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QByteArrayView>

#include <chrono>
#include <optional>

namespace courier {

/// How long a `Retry-After` header asks to wait, counted from \a nowUtc (ms since 1970 UTC): seconds, or a date in
/// one of the three forms of RFC 9110, 5.6.7. A date in the past is 0; what is neither is nothing. Not clamped, but
/// for numbers that no duration holds: they become the longest one. Pure, for any thread.
std::optional<std::chrono::milliseconds> parseRetryAfter(QByteArrayView value, qint64 nowUtc);

} // namespace courier
