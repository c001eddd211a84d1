// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <optional>

// Only white space changes, never a literal, an escape, a number, the order of keys or a duplicate. Any depth is taken.
// Plain functions for any thread, in time linear to the text, without recursion.

namespace courier {

/// Two blanks a level. What lies deeper than 64 levels stays on its line, lest a small text of brackets become a huge
/// one of blanks. Nothing where \a text is not JSON.
std::optional<QByteArray> prettyJson(QByteArrayView text);

/// Without white space outside of strings. Nothing where \a text is not JSON.
std::optional<QByteArray> compactJson(QByteArrayView text);

} // namespace courier
