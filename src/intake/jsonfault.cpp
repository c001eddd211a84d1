// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "intake/jsonfault.h"

#include <QCoreApplication>

#include <algorithm>

namespace courier {

void TextPlace::advance(QByteArrayView bytes)
{
    const qsizetype lastBreak = bytes.lastIndexOf('\n');
    if (lastBreak >= 0) {
        line += std::count(bytes.begin(), bytes.begin() + lastBreak + 1, '\n');
        column = 1;
        bytes = bytes.sliced(lastBreak + 1);
    }
    column += std::count_if(bytes.begin(), bytes.end(), [](char c) { return (static_cast<uchar>(c) & 0xc0) != 0x80; });
}

TextPlace TextPlace::plus(TextPlace place) const
{
    return {line + place.line - 1, place.line == 1 ? column + place.column - 1 : place.column};
}

TextPlace placeOf(QByteArrayView text, qsizetype offset)
{
    TextPlace place;
    place.advance(text.first(std::clamp<qsizetype>(offset, 0, text.size())));
    return place;
}

QString lineSentence(const JsonFault &fault)
{
    return QCoreApplication::translate("JsonFault", "Line %1: %2")
        .arg(QString::number(fault.place.line), fault.message);
}

} // namespace courier
