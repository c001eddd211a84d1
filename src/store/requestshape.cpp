// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "store/requestshape.h"

#include <array>

namespace courier::requestshape {
namespace {

// What stands for a value that was left out. No header can hold these bytes.
constexpr auto idMark = "\x01";
constexpr auto lengthMark = "\x02";

struct Place
{
    qsizetype from = -1;
    qsizetype length = 0;
    bool isFound() const { return from >= 0; }
};

// Where the value of a header stands; \a name is in lower case. Called for every attempt: most lines are passed over by
// their first letter.
Place valueOf(const QByteArray &headers, QByteArrayView name)
{
    for (qsizetype start = 0; start < headers.size();) {
        const qsizetype newline = headers.indexOf('\n', start);
        const qsizetype next = newline < 0 ? headers.size() : newline + 1;
        if ((headers.at(start) | 0x20) == name.front()) {
            const QByteArrayView line = QByteArrayView(headers).sliced(start, next - start).trimmed();
            if (line.size() > name.size() && line.at(name.size()) == ':' &&
                line.first(name.size()).compare(name, Qt::CaseInsensitive) == 0) {
                const QByteArrayView value = line.sliced(name.size() + 1).trimmed();
                return {value.data() - headers.constData(), value.size()};
            }
        }
        start = next;
    }
    return {};
}

} // namespace

Parts split(const QByteArray &headers, const QByteArray &webhookId)
{
    Parts parts{headers, {}};
    const Place id = valueOf(parts.shape, "webhook-id");
    if (id.isFound() && QByteArrayView(parts.shape).sliced(id.from, id.length) == webhookId) {
        parts.shape.replace(id.from, id.length, idMark);
    }
    const Place length = valueOf(parts.shape, "content-length");
    if (length.isFound()) {
        bool isNumber = false;
        const QByteArray text = parts.shape.mid(length.from, length.length);
        const qint64 value = text.toLongLong(&isNumber);
        if (isNumber && QByteArray::number(value) == text) {
            parts.contentLength = value;
            parts.shape.replace(length.from, length.length, lengthMark);
        }
    }
    return parts;
}

QByteArray join(const Parts &parts, const QByteArray &webhookId)
{
    QByteArray headers = parts.shape;
    headers.replace(idMark, webhookId);
    if (parts.contentLength) {
        headers.replace(lengthMark, QByteArray::number(*parts.contentLength));
    }
    return headers;
}

} // namespace courier::requestshape
