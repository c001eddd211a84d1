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

} // namespace courier
