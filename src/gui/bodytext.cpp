// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "gui/bodytext.h"

#include "intake/jsonlayout.h"

#include <QStringDecoder>

#include <algorithm>
#include <array>

namespace courier {
namespace {

constexpr char16_t controlPictures = 0x2400; ///< U+2400 is the picture of NUL, and so on

bool turnsDirection(char16_t c)
{
    return (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069) || c == 0x200e || c == 0x200f || c == 0x061c;
}

QChar visible(QChar c)
{
    const char16_t code = c.unicode();
    if (code < 0x20 && code != '\n' && code != '\t') {
        return QChar(static_cast<char16_t>(controlPictures + code));
    }
    if (code == 0x7f) {
        return QChar(u'\u2421');
    }
    // Controls that have no pictures: some stand for a terminal's codes.
    if (code >= 0x80 && code <= 0x9f) {
        return QChar(u'\ufffd');
    }
    // QPlainTextEdit would take these for a new block.
    if (code == 0x2028 || code == 0x2029 || code == 0xfdd0 || code == 0xfdd1 || turnsDirection(code)) {
        return QChar(u'\ufffd');
    }
    return c;
}

QString rawText(const QByteArray &bytes)
{
    QString text = QString::fromUtf8(bytes);
    text.replace(QLatin1String("\r\n"), QLatin1String("\n"));
    std::transform(text.begin(), text.end(), text.begin(), visible);
    return text;
}

QString hexLine(QByteArrayView line, qsizetype offset)
{
    constexpr qsizetype width = 16;
    QString hex;
    QString ascii;
    for (qsizetype i = 0; i < width; ++i) {
        if (i == width / 2) {
            hex += QLatin1Char(' ');
        }
        if (i >= line.size()) {
            hex += QLatin1String("   ");
            continue;
        }
        const auto byte = static_cast<uchar>(line[i]);
        hex += QStringLiteral("%1 ").arg(byte, 2, 16, QLatin1Char('0'));
        ascii += byte >= 0x20 && byte < 0x7f ? QLatin1Char(static_cast<char>(byte)) : QLatin1Char('.');
    }
    return QStringLiteral("%1  %2 %3\n").arg(offset, 8, 16, QLatin1Char('0')).arg(hex, ascii);
}

QString hexText(const QByteArray &bytes)
{
    QString text;
    text.reserve(bytes.size() * 5);
    for (qsizetype offset = 0; offset < bytes.size(); offset += 16) {
        text += hexLine(QByteArrayView(bytes).sliced(offset, std::min<qsizetype>(16, bytes.size() - offset)), offset);
    }
    return text;
}

} // namespace

QString bodyText(const QByteArray &bytes, BodyFormat format)
{
    switch (format) {
    case BodyFormat::Pretty:
        if (const auto pretty = prettyJson(bytes)) {
            return rawText(*pretty);
        }
        break;
    case BodyFormat::Raw:
        break;
    case BodyFormat::Hex:
        return hexText(bytes);
    }
    return rawText(bytes);
}

bool isCleanText(const QByteArray &bytes)
{
    QStringDecoder decoder(QStringDecoder::Utf8);
    QString text = decoder(bytes);
    text.replace(QLatin1String("\r\n"), QLatin1String("\n"));
    return !decoder.hasError() && std::all_of(text.begin(), text.end(), [](QChar c) { return visible(c) == c; });
}

QList<QByteArray> headerValues(const QByteArray &headers, QByteArrayView name)
{
    QList<QByteArray> values;
    for (const QByteArray &line : headers.split('\n')) {
        const qsizetype colon = line.indexOf(':');
        if (colon == name.size() && line.left(colon).toLower() == name) {
            values.append(line.mid(colon + 1).trimmed());
        }
    }
    return values;
}

} // namespace courier
