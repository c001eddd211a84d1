// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "domain/ids.h"

#include <QUuid>

// As Qt's hashes call it: from outside the namespace, with a seed, and as the only one that fits.
static_assert(requires(courier::DeliveryId id, size_t seed) { qHash(id, seed); });

namespace courier {
namespace {

constexpr quint64 sequenceBits = 21;
constexpr quint64 keyBits = 53;
constexpr quint64 keyMask = (quint64(1) << keyBits) - 1;

} // namespace

// 48 bits of milliseconds, the version, the sequence's upper 12 bits, the variant, its lower 9 bits, 53 bits of key.
QString publicId(qint64 number, StoreKey key)
{
    const auto value = static_cast<quint64>(number);
    const quint64 msecs = value >> sequenceBits;
    const quint64 sequence = value & ((quint64(1) << sequenceBits) - 1);
    const quint64 low = (quint64(0b10) << 62) | ((sequence & 0x1ff) << keyBits) | (static_cast<quint64>(key) & keyMask);
    const QUuid uuid(static_cast<uint>(msecs >> 16), static_cast<ushort>(msecs & 0xffff),
                     static_cast<ushort>(0x7000 | (sequence >> 9)), static_cast<uchar>(low >> 56),
                     static_cast<uchar>(low >> 48), static_cast<uchar>(low >> 40), static_cast<uchar>(low >> 32),
                     static_cast<uchar>(low >> 24), static_cast<uchar>(low >> 16), static_cast<uchar>(low >> 8),
                     static_cast<uchar>(low));
    return uuid.toString(QUuid::WithoutBraces);
}

std::optional<qint64> numberFromPublicId(QStringView text, StoreKey key)
{
    const QUuid uuid = QUuid::fromString(text);
    if (uuid.isNull() || (uuid.data3 >> 12) != 7) {
        return std::nullopt;
    }
    const quint64 msecs = (quint64(uuid.data1) << 16) | uuid.data2;
    quint64 low = 0;
    for (const uchar byte : uuid.data4) {
        low = (low << 8) | byte;
    }
    const quint64 sequence = (quint64(uuid.data3 & 0x0fff) << 9) | ((low >> keyBits) & 0x1ff);
    const auto number = static_cast<qint64>((msecs << sequenceBits) | sequence);
    if (msecs >> 42 != 0 || publicId(number, key) != text.toString().toLower()) {
        return std::nullopt;
    }
    return number;
}

} // namespace courier
