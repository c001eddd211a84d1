// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QString>

#include <optional>

namespace courier {

/// A date and time with its zone (RFC 3339, section 5.6) as UTC. What is in UTC stays as it is, else only its zone is
/// worked in; a fraction finer than nanoseconds is cut. Nothing where \a text is none, or names a day or hour that
/// doesn't exist. For any thread.
std::optional<QString> utcDateTime(QStringView text);

/// A moment as text and as a number.
struct UtcTime
{
    QString text;     ///< RFC 3339, in UTC
    qint64 msecs = 0; ///< since 1970; what is finer is cut
};

/// The same of a text whose zone may also be written without its colon, as many logs do: +0100.
std::optional<UtcTime> utcTime(QStringView text);

} // namespace courier
