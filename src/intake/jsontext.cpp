// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "intake/jsontext.h"

#include <QStringConverter>

#include <rapidjson/memorystream.h>
#include <rapidjson/reader.h>

namespace courier {

namespace {

/// Catches the one string of a text, its escapes resolved.
class StringCatcher : public rapidjson::BaseReaderHandler<rapidjson::UTF8<>, StringCatcher>
{
public:
    bool String(const char *text, rapidjson::SizeType size, bool)
    {
        m_bytes = QByteArray(text, static_cast<qsizetype>(size));
        return true;
    }
    QByteArray bytes() const { return m_bytes; }

private:
    QByteArray m_bytes;
};

/// QString::fromUtf8() would swallow a U+FEFF at the beginning.
QString decoded(QByteArrayView utf8)
{
    if (!utf8.startsWith("\xef\xbb\xbf")) {
        return QString::fromUtf8(utf8);
    }
    QStringDecoder decoder(QStringDecoder::Utf8,
                           QStringDecoder::Flag::Stateless | QStringDecoder::Flag::ConvertInitialBom);
    return decoder(utf8);
}

} // namespace

QString jsonText(QByteArrayView string)
{
    const QByteArrayView inside = string.sliced(1, string.size() - 2);
    return inside.contains('\\') ? decoded(jsonUtf8(string)) : decoded(inside);
}

QByteArray jsonUtf8(QByteArrayView string)
{
    const QByteArrayView inside = string.sliced(1, string.size() - 2);
    if (!inside.contains('\\')) {
        return inside.toByteArray();
    }
    rapidjson::Reader reader;
    StringCatcher catcher;
    rapidjson::MemoryStream stream(string.data(), static_cast<size_t>(string.size()));
    reader.Parse<rapidjson::kParseNoFlags>(stream, catcher);
    return catcher.bytes();
}

} // namespace courier
