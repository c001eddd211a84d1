// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QByteArray>
#include <QString>

#include <optional>

namespace courier {

/// A body that a receiver packed though it was asked not to, made readable.
struct UnpackedBody
{
    enum class End {
        Whole, ///< all of it
        Early, ///< as far as it came
        Limit, ///< as much as was asked for; there is more
        Broken ///< what follows, if not all of it, is not what its coding says
    };
    QString coding;   ///< as the receiver named it
    QByteArray bytes; ///< at most the limit
    End end = End::Whole;
};

/// \a body by the Content-Encoding in \a headers (lines of "Name: value"), to at most \a limit bytes: a small body may
/// unpack to any size. gzip and deflate are known (RFC 9110, 8.4.1; deflate with zlib's frame or, as some send it,
/// without). Nothing where there is no coding, an unknown one, or more than one. Pure, for any thread.
std::optional<UnpackedBody> unpackedBody(const QByteArray &headers, const QByteArray &body, qsizetype limit);

/// In a sentence, for who reads what was unpacked of \a packedSize bytes.
QString packingWords(const UnpackedBody &unpacked, qsizetype packedSize);

} // namespace courier
