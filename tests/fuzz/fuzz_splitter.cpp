// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

// A stream parted into documents: the same ones in whatever pieces its bytes come.

#include "fuzz/fuzz.h"
#include "intake/documentsplitter.h"
#include "intake/jsonslice.h"

#include <QString>

#include <algorithm>
#include <vector>

using namespace courier;
using fuzz::must;

namespace {

constexpr qsizetype maxDocumentBytes = 64;

struct Part
{
    QByteArray bytes;
    TextPlace place;
    QString fault;
    bool operator==(const Part &) const = default;
};

// As its users do: what isn't JSON is distrusted.
void drain(DocumentSplitter &splitter, std::vector<Part> &parts)
{
    while (const auto piece = splitter.next()) {
        parts.push_back({piece->bytes.toByteArray(), piece->place, piece->fault});
        must(piece->bytes.isEmpty() != piece->fault.isEmpty(), "a piece is bytes or a fault");
        must(piece->bytes.size() <= maxDocumentBytes + 2, "no piece is over the limit");
        if (piece->fault.isEmpty() && checkJson(piece->bytes)) {
            splitter.distrust();
        }
    }
}

std::vector<Part> split(QByteArrayView stream, qsizetype step)
{
    DocumentSplitter splitter(maxDocumentBytes);
    std::vector<Part> parts;
    for (qsizetype at = 0; at < stream.size(); at += step) {
        splitter.append(stream.sliced(at, std::min(step, stream.size() - at)));
        drain(splitter, parts);
    }
    splitter.finish();
    drain(splitter, parts);
    must(splitter.isDone(), "a stream that ended is done");
    return parts;
}

} // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArray stream = fuzz::bytesOf(data, size);
    const std::vector<Part> whole = split(stream, std::max<qsizetype>(1, stream.size()));
    for (const Part &part : whole) {
        must(stream.contains(part.bytes), "a piece is of the stream");
    }
    const auto step = static_cast<qsizetype>(1 + fuzz::choice(stream, 40));
    must(split(stream, step) == whole, "the pieces don't depend on how the bytes come");
    return 0;
}
