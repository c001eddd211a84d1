// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "intake/jsonslice.h"

#include "intake/jsonstumble.h"

#include <QCoreApplication>

#include <rapidjson/memorystream.h>
#include <rapidjson/reader.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>

namespace courier {

namespace {

using rapidjson::SizeType;

constexpr unsigned parseFlags = rapidjson::kParseNumbersAsStringsFlag | rapidjson::kParseIterativeFlag;
constexpr unsigned checkFlags = parseFlags | rapidjson::kParseValidateEncodingFlag;

qsizetype tell(const rapidjson::MemoryStream &stream)
{
    return static_cast<qsizetype>(stream.Tell());
}

/// RapidJSON's decoder lets the escape of a lone low surrogate pass. It shows as a surrogate in what was decoded.
bool holdsSurrogate(const char *text, size_t size)
{
    const char *const end = text + size;
    while (const void *found = std::memchr(text, 0xed, static_cast<size_t>(end - text))) {
        text = static_cast<const char *>(found) + 1;
        if (text < end && static_cast<uchar>(*text) >= 0xa0) {
            return true;
        }
    }
    return false;
}

/// Where the first \uDCxx to \uDFxx without its other half is in a string that has one.
qsizetype findLoneSurrogate(QByteArrayView string)
{
    qsizetype at = 0;
    while ((at = string.indexOf('\\', at)) >= 0 && at + 3 < string.size()) {
        const bool unicode = string[at + 1] == 'u' && (string[at + 2] | 0x20) == 'd';
        const char digit = unicode ? static_cast<char>(string[at + 3] | 0x20) : '\0';
        if (digit >= 'c' && digit <= 'f') {
            return at;
        }
        at += digit == '8' || digit == '9' || digit == 'a' || digit == 'b' ? 12 : 2;
    }
    return 0;
}

/// RapidJSON checks the digits and the exponent, but not what they come to together: 100e307.
bool isTooBig(const char *text, size_t size)
{
    const char *const end = text + size;
    const char *const exponent = std::find_if(text, end, [](char c) { return c == 'e' || c == 'E'; });
    if (exponent == end || exponent[1] == '-') {
        return false;
    }
    double value = 0;
    return std::from_chars(text, end, value).ec == std::errc::result_out_of_range;
}

/// Takes RapidJSON's events; counts levels, refuses what RapidJSON lets pass, and notes the outermost parts.
class Walker : public rapidjson::BaseReaderHandler<rapidjson::UTF8<>, Walker>
{
public:
    Walker(QByteArrayView text, int maxDepth, JsonParts *parts)
        : m_text(text)
        , m_stream(text.data(), static_cast<size_t>(text.size()))
        , m_maxDepth(maxDepth)
        , m_parts(parts)
    {
    }

    std::optional<JsonFault> run();

    // RapidJSON's handler.
    bool Null() { return value(JsonKind::Null); }
    bool Bool(bool) { return value(JsonKind::Boolean); }
    bool RawNumber(const char *text, SizeType size, bool)
    {
        return isTooBig(text, size) ? refuse(rapidjson::kParseErrorNumberTooBig, tokenStart())
                                    : value(JsonKind::Number);
    }
    bool String(const char *text, SizeType size, bool) { return isFine(text, size) && value(JsonKind::String); }
    bool Key(const char *text, SizeType size, bool);
    bool StartObject() { return open(); }
    bool EndObject(SizeType) { return close(JsonKind::Object); }
    bool StartArray() { return open(); }
    bool EndArray(SizeType) { return close(JsonKind::Array); }

private:
    /// The first byte after the last event that is no white space, comma or colon.
    qsizetype tokenStart() const;
    bool isFine(const char *text, size_t size);
    bool value(JsonKind kind);
    bool open();
    bool close(JsonKind kind);
    void note(JsonKind kind, qsizetype begin, qsizetype end);
    bool refuse(rapidjson::ParseErrorCode code, qsizetype offset);
    JsonFault faultOf(const rapidjson::ParseResult &result) const;

    QByteArrayView m_text;
    rapidjson::MemoryStream m_stream;
    int m_maxDepth;
    JsonParts *m_parts;
    int m_depth = 0;
    qsizetype m_end = 0;               ///< of what the last event was about
    std::array<qsizetype, 2> m_open{}; ///< where the two outermost brackets are
    QByteArrayView m_name;             ///< of the member to come, on the outermost level
    std::optional<rapidjson::ParseResult> m_refused;
};

std::optional<JsonFault> Walker::run()
{
    if (auto fault = checkEncoding(m_text)) {
        return fault;
    }
    rapidjson::Reader reader;
    // Nearly all is UTF-8, which Qt finds out many bytes at a time; RapidJSON finds where it isn't.
    rapidjson::ParseResult result =
        m_text.isValidUtf8() ? reader.Parse<parseFlags>(m_stream, *this) : reader.Parse<checkFlags>(m_stream, *this);
    // RapidJSON takes a NUL for the end.
    if (!result.IsError() && tell(m_stream) < m_text.size()) {
        result.Set(rapidjson::kParseErrorDocumentRootNotSingular, m_stream.Tell());
    }
    return result.IsError() ? std::optional(faultOf(m_refused.value_or(result))) : std::nullopt;
}

JsonFault Walker::faultOf(const rapidjson::ParseResult &result) const
{
    const auto offset = static_cast<qsizetype>(result.Offset());
    if (result.Code() == rapidjson::kParseErrorTermination) {
        return {offset, placeOf(m_text, offset),
                QCoreApplication::translate("JsonFault", "there are more than %1 levels of brackets here.")
                    .arg(m_maxDepth)};
    }
    const bool cut = !m_refused && tell(m_stream) >= m_text.size();
    return describe(m_text, {result.Code(), offset, std::min(tokenStart(), offset), cut});
}

qsizetype Walker::tokenStart() const
{
    constexpr QByteArrayView between(" \t\r\n,:");
    qsizetype at = m_end;
    while (at < m_text.size() && between.contains(m_text[at])) {
        ++at;
    }
    return at;
}

bool Walker::isFine(const char *text, size_t size)
{
    if (!holdsSurrogate(text, size)) {
        return true;
    }
    const qsizetype start = tokenStart();
    return refuse(rapidjson::kParseErrorStringUnicodeSurrogateInvalid,
                  start + findLoneSurrogate(m_text.sliced(start, tell(m_stream) - start)));
}

bool Walker::Key(const char *text, SizeType size, bool)
{
    if (!isFine(text, size)) {
        return false;
    }
    if (m_depth == 1) {
        const qsizetype start = tokenStart();
        m_name = m_text.sliced(start, tell(m_stream) - start);
    }
    m_end = tell(m_stream);
    return true;
}

bool Walker::value(JsonKind kind)
{
    const qsizetype end = tell(m_stream);
    if (m_depth <= 1) {
        note(kind, tokenStart(), end);
    }
    m_end = end;
    return true;
}

bool Walker::open()
{
    // The iterative parser tells before it steps over a bracket.
    const qsizetype at = tell(m_stream);
    if (m_depth >= m_maxDepth) {
        return refuse(rapidjson::kParseErrorTermination, at);
    }
    if (m_depth < 2) {
        m_open[static_cast<size_t>(m_depth)] = at;
    }
    ++m_depth;
    m_end = at + 1;
    return true;
}

bool Walker::close(JsonKind kind)
{
    --m_depth;
    m_end = tell(m_stream) + 1;
    if (m_depth < 2) {
        note(kind, m_open[static_cast<size_t>(m_depth)], m_end);
    }
    return true;
}

void Walker::note(JsonKind kind, qsizetype begin, qsizetype end)
{
    if (!m_parts) {
        return;
    }
    const JsonSlice slice{kind, begin, m_text.sliced(begin, end - begin), m_name};
    if (m_depth == 0) {
        m_parts->whole = slice;
    } else {
        m_parts->parts.append(slice);
    }
    m_name = {};
}

bool Walker::refuse(rapidjson::ParseErrorCode code, qsizetype offset)
{
    m_refused = rapidjson::ParseResult(code, static_cast<size_t>(offset));
    return false;
}

} // namespace

QString displayName(JsonKind kind)
{
    switch (kind) {
    case JsonKind::Null:
        break;
    case JsonKind::Boolean:
        return QCoreApplication::translate("JsonKind", "a truth value");
    case JsonKind::Number:
        return QCoreApplication::translate("JsonKind", "a number");
    case JsonKind::String:
        return QCoreApplication::translate("JsonKind", "a string");
    case JsonKind::Object:
        return QCoreApplication::translate("JsonKind", "an object");
    case JsonKind::Array:
        return QCoreApplication::translate("JsonKind", "an array");
    }
    return QStringLiteral("null");
}

tl::expected<JsonParts, JsonFault> takeApart(QByteArrayView text)
{
    JsonParts parts;
    if (auto fault = Walker(text, maxJsonDepth, &parts).run()) {
        return tl::unexpected(*fault);
    }
    return parts;
}

std::optional<JsonFault> checkJson(QByteArrayView text, int maxDepth)
{
    return Walker(text, maxDepth, nullptr).run();
}

std::optional<JsonFault> checkEncoding(QByteArrayView head)
{
    QString message;
    if (head.startsWith("\xef\xbb\xbf")) {
        message = QCoreApplication::translate(
            "JsonFault", "the text begins with a byte order mark (BOM). Save it as UTF-8 without one.");
    } else if (head.startsWith("\xff\xfe") || head.startsWith("\xfe\xff") ||
               head.first(std::min<qsizetype>(head.size(), 2)).contains('\0')) {
        message =
            QCoreApplication::translate("JsonFault", "the text is UTF-16 or UTF-32, not UTF-8. Save it as UTF-8.");
    } else {
        return std::nullopt;
    }
    return JsonFault{0, {}, message};
}

} // namespace courier
