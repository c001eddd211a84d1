// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "intake/jsonfault.h"

#include <QByteArrayView>
#include <QList>
#include <QString>

#include <tl/expected.hpp>

#include <optional>

// Strict JSON (RFC 8259) as bytes: nothing here changes a number, an escape, the order of keys or a duplicate.
// Plain functions for any thread, in time linear to the text, without recursion.

namespace courier {

/// Brackets within brackets; what is deeper is refused.
constexpr int maxJsonDepth = 512;

enum class JsonKind : quint8 { Null, Boolean, Number, String, Object, Array };

/// "a number", as it stands in "must be a string, not a number" (translated)
QString displayName(JsonKind kind);

/// One value inside a text. The views hold exactly the bytes that arrived, and live as long as the text does.
struct JsonSlice
{
    JsonKind kind = JsonKind::Null;
    qsizetype offset = 0; ///< of its first byte in the text
    QByteArrayView bytes; ///< without the white space around it
    QByteArrayView name;  ///< a member's name as written, with its quotes; empty for elements of arrays
};

/// A text's value, and what is directly inside it where it is an object or an array.
struct JsonParts
{
    JsonSlice whole;
    QList<JsonSlice> parts;
};

/// Checks all of \a text, and gives its outermost parts. Deeper ones are had by taking a part's bytes apart.
tl::expected<JsonParts, JsonFault> takeApart(QByteArrayView text);

/// What is wrong with \a text; nothing where it is JSON, and not deeper than \a maxDepth.
std::optional<JsonFault> checkJson(QByteArrayView text, int maxDepth = maxJsonDepth);

/// What is wrong with a text that begins with \a head, of which three bytes tell: a byte order mark, UTF-16 or
/// UTF-32.
std::optional<JsonFault> checkEncoding(QByteArrayView head);

} // namespace courier
