// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "store/responseshape.h"

#include <algorithm>

namespace courier::responseshape {
namespace {

// A line that differs: its place, how many bytes at its beginning and at its end are the shape's, each in one byte;
// what stands between them, which has no line break; a line break.
constexpr qsizetype headSize = 3;
constexpr qsizetype mostInByte = 255;

// With its line break, where it has one.
QByteArrayView takeLine(QByteArrayView &rest)
{
    const qsizetype newline = rest.indexOf('\n');
    const QByteArrayView line = newline < 0 ? rest : rest.first(newline + 1);
    rest = rest.sliced(line.size());
    return line;
}

qsizetype equalAtBeginning(QByteArrayView a, QByteArrayView b)
{
    return std::mismatch(a.begin(), a.end(), b.begin(), b.end()).first - a.begin();
}

qsizetype equalAtEnd(QByteArrayView a, QByteArrayView b)
{
    return std::mismatch(a.rbegin(), a.rend(), b.rbegin(), b.rend()).first - a.rbegin();
}

void addDifference(QByteArray &found, qsizetype place, QByteArrayView shape, QByteArrayView line)
{
    const qsizetype before = std::min(equalAtBeginning(shape, line), mostInByte);
    const qsizetype after = std::min(equalAtEnd(shape.sliced(before), line.sliced(before)), mostInByte);
    found += static_cast<char>(place);
    found += static_cast<char>(before);
    found += static_cast<char>(after);
    found += line.sliced(before).chopped(after);
    found += '\n';
}

qsizetype numberAt(QByteArrayView bytes, qsizetype place)
{
    return static_cast<unsigned char>(bytes.at(place));
}

} // namespace

std::optional<QByteArray> differences(const QByteArray &shape, const QByteArray &headers)
{
    QByteArray found;
    QByteArrayView shapeRest = shape;
    QByteArrayView rest = headers;
    for (qsizetype place = 0; !shapeRest.isEmpty() && !rest.isEmpty(); ++place) {
        const QByteArrayView shapeLine = takeLine(shapeRest);
        const QByteArrayView line = takeLine(rest);
        if (line == shapeLine) {
            continue;
        }
        if (place > mostInByte || line.endsWith('\n') != shapeLine.endsWith('\n')) {
            return {};
        }
        addDifference(found, place, shapeLine, line);
        if (found.size() * 2 > headers.size()) {
            return {};
        }
    }
    return shapeRest.isEmpty() && rest.isEmpty() ? std::optional(found) : std::nullopt;
}

QByteArray join(const QByteArray &shape, const QByteArray &differences)
{
    QByteArray headers;
    QByteArrayView shapeRest = shape;
    QByteArrayView rest = differences;
    for (qsizetype place = 0; !shapeRest.isEmpty(); ++place) {
        const QByteArrayView line = takeLine(shapeRest);
        if (rest.size() <= headSize || numberAt(rest, 0) != place) {
            headers += line;
            continue;
        }
        const qsizetype before = numberAt(rest, 1);
        const qsizetype after = numberAt(rest, 2);
        rest = rest.sliced(headSize);
        headers += line.first(std::min(before, line.size()));
        headers += takeLine(rest).chopped(1);
        headers += line.last(std::min(after, line.size()));
    }
    return headers;
}

} // namespace courier::responseshape
