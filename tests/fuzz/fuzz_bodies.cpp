// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

// A receiver's answer as it is shown: nothing in it acts on the window, and Hex loses nothing.

#include "fuzz/fuzz.h"
#include "gui/bodytext.h"
#include "gui/packedbody.h"
#include "intake/jsonlayout.h"

#include <QStringList>

#include <algorithm>

using namespace courier;
using fuzz::must;

namespace {

bool isPlain(QChar c)
{
    return c == u'\n' || c == u'\t' || (c.category() != QChar::Other_Control && !(c >= u'\u202a' && c <= u'\u202e'));
}

QByteArray bytesFromHex(const QString &text)
{
    constexpr qsizetype begin = 10; // after the offset and two blanks
    constexpr qsizetype width = 16 * 3 + 1;
    QByteArray bytes;
    for (const QString &line : text.split(u'\n', Qt::SkipEmptyParts)) {
        const QString digits = line.mid(begin, width);
        bytes += QByteArray::fromHex(digits.toLatin1());
    }
    return bytes;
}

// Whatever the bytes unpack to, it is no more than was asked for.
void unpack(const QByteArray &bytes)
{
    constexpr qsizetype limit = 1024;
    for (const char *coding : {"gzip", "deflate"}) {
        const auto unpacked = unpackedBody(QByteArrayLiteral("Content-Encoding: ") + coding, bytes, limit);
        must(unpacked.has_value() == !bytes.isEmpty(), "a coding that is known is tried");
        must(!unpacked || unpacked->bytes.size() <= limit, "no more than was asked for");
        must(!unpacked || unpacked->end != UnpackedBody::End::Limit || unpacked->bytes.size() == limit,
             "all that fits");
    }
}

} // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArray bytes = fuzz::bytesOf(data, size);
    unpack(bytes);
    const QString raw = bodyText(bytes, BodyFormat::Raw);
    const QString pretty = bodyText(bytes, BodyFormat::Pretty);
    must(std::all_of(raw.begin(), raw.end(), isPlain), "nothing raw acts on the window");
    must(std::all_of(pretty.begin(), pretty.end(), isPlain), "nothing pretty acts on the window");
    must(bytesFromHex(bodyText(bytes, BodyFormat::Hex)) == bytes, "Hex loses nothing");
    const bool hasMark = bytes.startsWith("\xef\xbb\xbf"); // of UTF-8, which is no part of the text
    const bool isCut = raw.endsWith(u'\ufffd');            // in the middle of a character
    if (isCleanText(bytes) && !hasMark && !isCut) {
        QByteArray lines = bytes;
        must(raw.toUtf8() == lines.replace("\r\n", "\n"), "clean text is shown as it is");
        const auto compact = compactJson(bytes);
        must(!compact || compactJson(pretty.toUtf8()) == compact, "pretty keeps the values");
    }
    return 0;
}
