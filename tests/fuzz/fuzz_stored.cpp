// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

// What the store keeps as text or bytes, and reads again: headers of requests and of answers, lists, settings, places
// in files.

#include "fuzz/fuzz.h"
#include "intake/followplace.h"
#include "store/requestshape.h"
#include "store/responseshape.h"
#include "store/rows.h"

using namespace courier;
using fuzz::must;

namespace {

void checkShape(const QByteArray &headers)
{
    if (headers.contains('\x01') || headers.contains('\x02')) {
        return; // no header has these
    }
    for (const QByteArray id : {"msg_1", "", "webhook-id: msg_1"}) {
        const requestshape::Parts parts = requestshape::split(headers, id);
        must(requestshape::join(parts, id) == headers, "headers are put together as they were");
    }
}

// Its beginning against its end, and with the end of what it has put in its place.
void checkDifferences(const QByteArray &bytes)
{
    const qsizetype half = bytes.size() / 2;
    const QByteArray shape = bytes.first(half);
    const QByteArray other = bytes.sliced(half);
    const QByteArray mixed = shape.first(half - half / 4) + other.last(half / 4);
    for (const QByteArray &headers : {other, mixed}) {
        if (const std::optional<QByteArray> differences = responseshape::differences(shape, headers)) {
            must(responseshape::join(shape, *differences) == headers, "an answer's headers are read as they were");
        }
    }
    responseshape::join(shape, other); // whatever a damaged database has there
}

void checkLists(const QString &json)
{
    const QStringList strings = rows::toStrings(json);
    must(rows::toStrings(rows::fromStrings(strings)) == strings, "texts are kept as they are");
    const QList<Header> headers = rows::toHeaders(json);
    const QList<Header> again = rows::toHeaders(rows::fromHeaders(headers));
    must(again == headers, "headers are kept as they are");
    const DestinationSecurity security = rows::toSecurity(json);
    must(rows::toSecurity(rows::fromSecurity(security)) == security, "settings are kept as they are");
}

void checkPlace(const QByteArray &bytes)
{
    if (const auto place = FollowPlace::fromBytes(bytes)) {
        must(place->offset >= 0, "a place lies in its file");
        must(FollowPlace::fromBytes(place->toBytes()) == place, "a place is kept as it is");
    }
}

} // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArray bytes = fuzz::bytesOf(data, size);
    checkShape(bytes);
    checkDifferences(bytes);
    checkLists(QString::fromUtf8(bytes));
    checkPlace(bytes);
    return 0;
}
