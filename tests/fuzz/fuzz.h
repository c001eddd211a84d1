// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <cstdint>
#include <cstdio>
#include <cstdlib>

// What the targets share. Each is one file with one function, which libFuzzer calls with bytes of its own making
// (https://llvm.org/docs/LibFuzzer.html). The bytes are a document as it would arrive, so that samples are seeds; what
// else a target needs it takes from them with choice().

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size);

namespace courier::fuzz {

inline QByteArray bytesOf(const std::uint8_t *data, std::size_t size)
{
    return {reinterpret_cast<const char *>(data), static_cast<qsizetype>(size)};
}

/// A finding where \a holds is false: says what doesn't hold, and ends the process.
inline void must(bool holds, const char *what)
{
    if (!holds) {
        std::fprintf(stderr, "must hold: %s\n", what);
        std::abort();
    }
}

/// A number below \a count that differs from input to input, and is the same each time for one.
inline std::size_t choice(QByteArrayView bytes, std::size_t count)
{
    std::size_t sum = static_cast<std::size_t>(bytes.size());
    for (const char c : bytes) {
        sum = sum * 31 + static_cast<unsigned char>(c);
    }
    return sum / 7 % count;
}

} // namespace courier::fuzz
