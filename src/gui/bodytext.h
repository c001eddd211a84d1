// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QByteArray>
#include <QList>
#include <QString>

namespace courier {

/// How bytes that came over the wire are shown. Never as HTML or rich text.
enum class BodyFormat { Pretty, Raw, Hex };

/// \a bytes as text. Pretty changes white space only, and only where they are JSON; elsewhere it is Raw. Raw is UTF-8
/// with what can't be shown (bad bytes, controls, characters that turn the direction of writing) made visible. Hex is
/// offset, bytes and ASCII. Pure, linear, for any thread.
QString bodyText(const QByteArray &bytes, BodyFormat format);

/// False where a text would show bytes as replacement marks: then Hex tells more. Bodies are cut where it may be, so
/// half a character at the end is clean.
bool isCleanText(const QByteArray &bytes);

/// The values that \a headers (lines of "Name: value", as they are stored) have for \a name, which is in lower case.
QList<QByteArray> headerValues(const QByteArray &headers, QByteArrayView name);

} // namespace courier
