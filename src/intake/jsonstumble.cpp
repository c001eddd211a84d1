// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "intake/jsonstumble.h"

#include <QCoreApplication>

#include <algorithm>

namespace courier {

namespace {

QString say(const char *sentence)
{
    return QCoreApplication::translate("JsonFault", sentence);
}

bool isWhite(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

bool isWordPart(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' ||
           c == '+' || c == '.';
}

/// The string or word or single character that begins at \a offset, short enough for a sentence.
QString tokenAt(QByteArrayView text, qsizetype offset)
{
    constexpr qsizetype limit = 40;
    const QByteArrayView rest = text.sliced(offset);
    const char first = rest.front();
    if (static_cast<uchar>(first) < 0x20 || first == 0x7f) {
        return QStringLiteral("U+%1").arg(static_cast<uchar>(first), 4, 16, QLatin1Char('0'));
    }
    qsizetype end = 1;
    if (first == '"') {
        while (end < rest.size() && rest[end] != '"' && static_cast<uchar>(rest[end]) >= 0x20) {
            ++end;
        }
        end = std::min(end + 1, rest.size());
    } else if (isWordPart(first)) {
        end = std::find_if_not(rest.begin(), rest.end(), isWordPart) - rest.begin();
    } else {
        while (end < rest.size() && (static_cast<uchar>(rest[end]) & 0xc0) == 0x80) {
            ++end;
        }
    }
    const QString token = QString::fromUtf8(rest.first(std::min(end, 4 * limit)));
    return token.size() > limit ? QString(token.left(limit) + QChar(0x2026)) : token;
}

/// \a size without the white space that the text's first \a size bytes end with.
qsizetype significantSize(QByteArrayView text, qsizetype size)
{
    while (size > 0 && isWhite(text[size - 1])) {
        --size;
    }
    return size;
}

/// The last byte before \a offset that is not white space; 0 where there is none.
char significantBefore(QByteArrayView text, qsizetype offset)
{
    const qsizetype size = significantSize(text, offset);
    return size > 0 ? text[size - 1] : '\0';
}

QString afterComma(const QString &closing)
{
    return say(QT_TRANSLATE_NOOP("JsonFault", "the comma before %1 is one too many.")).arg(closing);
}

QString noComments()
{
    return say(QT_TRANSLATE_NOOP("JsonFault", "JSON has no comments."));
}

QString wordSentence(const QString &word)
{
    static const QStringList notFinite{QStringLiteral("NaN"), QStringLiteral("Infinity"), QStringLiteral("Inf")};
    if (notFinite.contains(word.startsWith(QLatin1Char('-')) ? word.sliced(1) : word)) {
        return say(QT_TRANSLATE_NOOP("JsonFault", "%1 is not a JSON number.")).arg(word);
    }
    if (word == QLatin1Char('-')) {
        return say(QT_TRANSLATE_NOOP("JsonFault", "a digit is missing after the minus sign."));
    }
    if (word.startsWith(QLatin1Char('+')) || word.startsWith(QLatin1Char('.'))) {
        return say(QT_TRANSLATE_NOOP("JsonFault", "a number begins with a digit or a minus sign."));
    }
    return say(QT_TRANSLATE_NOOP("JsonFault", "%1 is not a JSON value: a text stands in double quotes."
                                              " The words are true, false and null."))
        .arg(word);
}

QString valueSentence(QByteArrayView text, qsizetype offset)
{
    if (offset >= text.size()) {
        return say(QT_TRANSLATE_NOOP("JsonFault", "the text ends where a value is missing."));
    }
    const QString token = tokenAt(text, offset);
    switch (text[offset]) {
    case '\'':
        return say(QT_TRANSLATE_NOOP("JsonFault", "a text stands in double quotes, not in single ones."));
    case '/':
    case '#':
        return noComments();
    case ']':
    case '}':
    case ',':
        if (text[offset] != ',' && significantBefore(text, offset) == ',') {
            return afterComma(token);
        }
        return say(QT_TRANSLATE_NOOP("JsonFault", "a value is missing before %1.")).arg(token);
    default:
        break;
    }
    if (isWordPart(text[offset])) {
        return wordSentence(token);
    }
    return say(QT_TRANSLATE_NOOP("JsonFault", "a value is expected here, not %1.")).arg(token);
}

QString nameSentence(QByteArrayView text, qsizetype offset)
{
    if (offset >= text.size()) {
        return say(QT_TRANSLATE_NOOP("JsonFault", "the text ends inside an object: a closing } is missing."));
    }
    switch (text[offset]) {
    case '}':
        return afterComma(QStringLiteral("}"));
    case '/':
    case '#':
        return noComments();
    case '\'':
        return say(QT_TRANSLATE_NOOP("JsonFault", "a name stands in double quotes, not in single ones."));
    default:
        return say(QT_TRANSLATE_NOOP("JsonFault", "a name in double quotes is expected here, not %1."))
            .arg(tokenAt(text, offset));
    }
}

/// After a value in an object (\a closing is }) or in an array (]).
QString commaSentence(QByteArrayView text, qsizetype offset, char closing)
{
    const QString bracket{QLatin1Char(closing)};
    if (offset >= text.size()) {
        return closing == '}'
                   ? nameSentence(text, offset)
                   : say(QT_TRANSLATE_NOOP("JsonFault", "the text ends inside an array: a closing ] is missing."));
    }
    const char found = text[offset];
    const QString token = tokenAt(text, offset);
    if (found >= '0' && found <= '9' && offset > 0 && text[offset - 1] == '0') {
        return say(QT_TRANSLATE_NOOP("JsonFault", "a number doesn't begin with 0 and another digit."));
    }
    if (found == '}' || found == ']') {
        return say(QT_TRANSLATE_NOOP("JsonFault", "%1 is expected here, not %2.")).arg(bracket, token);
    }
    if (found == '/' || found == '#') {
        return noComments();
    }
    if (found == '"') {
        return say(QT_TRANSLATE_NOOP("JsonFault", "a comma is missing before %1.")).arg(token);
    }
    return say(QT_TRANSLATE_NOOP("JsonFault", "a comma or %1 is missing before %2.")).arg(bracket, token);
}

QString stringSentence(QByteArrayView text, qsizetype offset)
{
    if (text[offset] == '\\') {
        const QString escape = QString::fromUtf8(text.sliced(offset, std::min<qsizetype>(2, text.size() - offset)));
        return say(QT_TRANSLATE_NOOP("JsonFault", "%1 is not an escape that JSON knows.")).arg(escape);
    }
    return say(QT_TRANSLATE_NOOP("JsonFault", "the control character %1 must be written as an escape."))
        .arg(tokenAt(text, offset));
}

/// A string that runs to the end of its line has lost its closing quote.
bool lacksQuote(QByteArrayView text, const JsonStumble &stumble)
{
    const bool inString = stumble.code == rapidjson::kParseErrorStringMissQuotationMark ||
                          stumble.code == rapidjson::kParseErrorStringEscapeInvalid;
    return inString && (stumble.offset >= text.size() || text[stumble.offset] == '\n' || text[stumble.offset] == '\r');
}

QString sentence(QByteArrayView text, const JsonStumble &stumble)
{
    const bool atEnd = stumble.offset >= text.size();
    switch (stumble.code) {
    case rapidjson::kParseErrorDocumentEmpty:
        return atEnd ? say(QT_TRANSLATE_NOOP("JsonFault", "there is no JSON here."))
                     : valueSentence(text, stumble.offset);
    case rapidjson::kParseErrorDocumentRootNotSingular:
        return say(QT_TRANSLATE_NOOP("JsonFault", "there is more after the end of the JSON: %1."))
            .arg(tokenAt(text, stumble.offset));
    case rapidjson::kParseErrorObjectMissName:
        return nameSentence(text, stumble.offset);
    case rapidjson::kParseErrorObjectMissColon:
        return atEnd ? nameSentence(text, stumble.offset)
                     : say(QT_TRANSLATE_NOOP("JsonFault", "a colon is missing before %1."))
                           .arg(tokenAt(text, stumble.offset));
    case rapidjson::kParseErrorObjectMissCommaOrCurlyBracket:
        return commaSentence(text, stumble.offset, '}');
    case rapidjson::kParseErrorArrayMissCommaOrSquareBracket:
        return commaSentence(text, stumble.offset, ']');
    case rapidjson::kParseErrorStringUnicodeEscapeInvalidHex:
        return say(QT_TRANSLATE_NOOP("JsonFault", "four hexadecimal digits must follow \\u."));
    case rapidjson::kParseErrorStringUnicodeSurrogateInvalid:
        return say(QT_TRANSLATE_NOOP("JsonFault", "this \\u escape is only half of a character."));
    case rapidjson::kParseErrorStringEscapeInvalid:
    case rapidjson::kParseErrorStringMissQuotationMark:
        return stringSentence(text, stumble.offset);
    case rapidjson::kParseErrorStringInvalidEncoding:
        return say(QT_TRANSLATE_NOOP("JsonFault", "this byte is not valid UTF-8."));
    case rapidjson::kParseErrorNumberTooBig:
        return say(QT_TRANSLATE_NOOP("JsonFault", "the number %1 is too big.")).arg(tokenAt(text, stumble.offset));
    case rapidjson::kParseErrorNumberMissFraction:
        return say(QT_TRANSLATE_NOOP("JsonFault", "a digit is missing after the decimal point."));
    case rapidjson::kParseErrorNumberMissExponent:
        return say(QT_TRANSLATE_NOOP("JsonFault", "a digit is missing in the exponent."));
    default:
        return valueSentence(text, stumble.offset);
    }
}

} // namespace

JsonFault describe(QByteArrayView text, const JsonStumble &stumble)
{
    JsonStumble found = stumble;
    QString message;
    if (lacksQuote(text, stumble)) {
        found.offset = stumble.token;
        message = say(QT_TRANSLATE_NOOP("JsonFault", "this string has no closing quote."));
    } else {
        // Words such as nul are noticed inside: people look at their beginning.
        if (stumble.code == rapidjson::kParseErrorValueInvalid && stumble.token < text.size()) {
            found.offset = stumble.token;
        }
        message = sentence(text, found);
    }
    if (found.offset >= text.size()) {
        found.offset = significantSize(text, text.size()); // not in the blank lines that follow
    }
    return {found.offset, placeOf(text, found.offset), message, stumble.cut};
}

} // namespace courier
