// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "gui/packedbody.h"

#include "gui/bodytext.h"
#include "models/words.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

#include <zlib.h>

namespace courier {
namespace {

// As zlib counts the bits of its window: with 32 it finds out by itself whether gzip's or zlib's frame is around.
constexpr int anyFrame = 15 + 32;
constexpr int noFrame = -15;

struct PackingText
{
    Q_DECLARE_TR_FUNCTIONS(PackedBody)
};

class Inflater
{
public:
    Inflater(const QByteArray &packed, int window)
        : m_packed(packed)
    {
        m_isReady = ::inflateInit2(&m_stream, window) == Z_OK;
        m_stream.next_in = reinterpret_cast<Bytef *>(m_packed.data());
        m_stream.avail_in = static_cast<uInt>(m_packed.size());
    }
    Q_DISABLE_COPY_MOVE(Inflater)
    ~Inflater() { ::inflateEnd(&m_stream); }

    UnpackedBody::End unpack(QByteArray &to, qsizetype limit)
    {
        while (m_isReady) {
            const int answer = inflateOnce(to, limit);
            if (to.size() > limit) {
                to.truncate(limit);
                return UnpackedBody::End::Limit;
            }
            if (answer == Z_STREAM_END && m_stream.avail_in == 0) {
                return UnpackedBody::End::Whole;
            }
            if (answer == Z_STREAM_END) { // another member (RFC 1952, 2.2)
                m_isReady = ::inflateReset(&m_stream) == Z_OK;
            } else if (answer != Z_OK) {
                return answer == Z_BUF_ERROR ? UnpackedBody::End::Early : UnpackedBody::End::Broken;
            }
        }
        return UnpackedBody::End::Broken;
    }

private:
    // Adds what fits in one go, but no more than a byte beyond the limit.
    int inflateOnce(QByteArray &to, qsizetype limit)
    {
        std::array<char, 16384> room;
        m_stream.next_out = reinterpret_cast<Bytef *>(room.data());
        m_stream.avail_out = static_cast<uInt>(std::min<qsizetype>(room.size(), limit + 1 - to.size()));
        const uInt before = m_stream.avail_out;
        const int answer = ::inflate(&m_stream, Z_NO_FLUSH);
        to.append(room.data(), before - m_stream.avail_out);
        return answer;
    }

    QByteArray m_packed;
    z_stream m_stream{};
    bool m_isReady = false;
};

} // namespace

std::optional<UnpackedBody> unpackedBody(const QByteArray &headers, const QByteArray &body, qsizetype limit)
{
    const QByteArray coding = headerValues(headers, "content-encoding").join(',').toLower();
    if (body.isEmpty() || (coding != "gzip" && coding != "x-gzip" && coding != "deflate")) {
        return std::nullopt;
    }
    UnpackedBody unpacked{QString::fromLatin1(coding), {}, UnpackedBody::End::Whole};
    unpacked.end = Inflater(body, anyFrame).unpack(unpacked.bytes, limit);
    if (unpacked.end == UnpackedBody::End::Broken && unpacked.bytes.isEmpty() && coding == "deflate") {
        unpacked.end = Inflater(body, noFrame).unpack(unpacked.bytes, limit);
    }
    return unpacked;
}

QString packingWords(const UnpackedBody &unpacked, qsizetype packedSize)
{
    switch (unpacked.end) {
    case UnpackedBody::End::Whole:
        break;
    case UnpackedBody::End::Early:
        return PackingText::tr("Unpacked from %1, as far as it came.").arg(unpacked.coding);
    case UnpackedBody::End::Limit:
        return PackingText::tr("Unpacked from %1: the first %2.")
            .arg(unpacked.coding, words::limitSize(unpacked.bytes.size()));
    case UnpackedBody::End::Broken:
        return unpacked.bytes.isEmpty()
                   ? PackingText::tr("It should be %1, and can't be unpacked.").arg(unpacked.coding)
                   : PackingText::tr("Unpacked from %1, up to where it is damaged.").arg(unpacked.coding);
    }
    return PackingText::tr("Unpacked from %1: %2 came.").arg(unpacked.coding, words::size(packedSize));
}

} // namespace courier
