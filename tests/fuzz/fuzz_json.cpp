// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

// JSON as bytes: what is cut out of it is JSON again, and a new layout changes white space only.

#include "fuzz/fuzz.h"
#include "intake/jsonlayout.h"
#include "intake/jsonslice.h"
#include "intake/jsontext.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonParseError>

using namespace courier;
using fuzz::must;

namespace {

void checkString(QByteArrayView string)
{
    // Qt's own reader as a second opinion.
    QJsonParseError error{};
    const QJsonArray array = QJsonDocument::fromJson('[' + string.toByteArray() + ']', &error).array();
    must(error.error == QJsonParseError::NoError, "Qt reads every string that we do");
    const QString theirs = array.at(0).toString();
    const QString text = jsonText(string);
    // Qt's swallows a U+FEFF that a string begins with, where it holds no escape.
    const bool isMarked = string.startsWith("\"\xef\xbb\xbf") && text == QChar(QChar::ByteOrderMark) + theirs;
    must(theirs == text || isMarked, "a string stands for the same text as with Qt");
}

void checkPart(QByteArrayView text, const JsonSlice &part, const JsonSlice &whole)
{
    must(text.sliced(part.offset, part.bytes.size()).data() == part.bytes.data(), "a part lies at its offset");
    must(part.offset >= whole.offset && part.offset + part.bytes.size() <= whole.offset + whole.bytes.size(),
         "a part lies inside the whole");
    const auto again = takeApart(part.bytes);
    must(again && again->whole.kind == part.kind && again->whole.bytes == part.bytes, "a part is JSON by itself");
    must(part.name.isEmpty() == (whole.kind == JsonKind::Array), "members have names, elements have none");
    if (!part.name.isEmpty()) {
        checkString(part.name);
    }
    if (part.kind == JsonKind::String) {
        checkString(part.bytes);
    }
}

void checkLayout(QByteArrayView text)
{
    const auto pretty = prettyJson(text);
    const auto compact = compactJson(text);
    must(pretty && compact, "what is JSON can be laid out");
    must(compactJson(*pretty) == compact && compactJson(*compact) == compact, "a layout changes white space only");
    must(prettyJson(*compact) == pretty, "a layout doesn't depend on the one before");
    const auto same = takeApart(*pretty);
    const auto parts = takeApart(text);
    must(same.has_value() == parts.has_value(), "a layout has the depth it had");
    if (parts) {
        must(same->parts.size() == parts->parts.size(), "a layout has the parts it had");
    }
}

void checkFault(QByteArrayView text, const JsonFault &fault)
{
    must(fault.offset >= 0 && fault.offset <= text.size(), "a fault lies in the text");
    must(fault.place.line >= 1 && fault.place.column >= 1 && !fault.message.isEmpty(), "a fault has a place and words");
    must(fault.place.line <= text.count('\n') + 1, "a fault has one of the text's lines");
}

} // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArray text = fuzz::bytesOf(data, size);
    const auto fault = checkJson(text);
    const auto parts = takeApart(text);
    must(parts.has_value() == !fault, "both readers agree");
    if (fault) {
        checkFault(text, *fault);
        checkFault(text, parts.error());
    } else {
        for (const JsonSlice &part : parts->parts) {
            checkPart(text, part, parts->whole);
        }
    }
    if (!checkJson(text, 100'000)) {
        checkLayout(text);
    } else {
        must(fault.has_value() && !prettyJson(text).has_value(), "what is not JSON has no layout");
    }
    return 0;
}
