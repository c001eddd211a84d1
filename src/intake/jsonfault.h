// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QByteArrayView>
#include <QString>

namespace courier {

/// A place in a text, as editors count: both begin at 1, the column counts Unicode characters.
struct TextPlace
{
    qint64 line = 1;
    qint64 column = 1;

    /// Goes past \a bytes of UTF-8.
    void advance(QByteArrayView bytes);
    /// \a place, counted from here on, as a place in the text that this one is a place in.
    TextPlace plus(TextPlace place) const;
    bool operator==(const TextPlace &) const = default;
};

/// Where \a offset is in \a text.
TextPlace placeOf(QByteArrayView text, qsizetype offset);

/// Why and where a text is not JSON.
struct JsonFault
{
    qsizetype offset = 0; ///< in bytes
    TextPlace place;
    QString message;  ///< for the operator (translated): "a comma is missing before \"free_gib\"."
    bool cut = false; ///< nothing is wrong but that the text ends too early
};

/// "Line 4: a comma is missing before \"free_gib\"." (translated)
QString lineSentence(const JsonFault &fault);

} // namespace courier
