// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QHashFunctions>
#include <QString>

#include <algorithm>
#include <optional>
#include <type_traits>

namespace courier {

// Alerts, deliveries and destinations share one sequence of 63-bit numbers, so that a number names one thing only:
// 42 bits of milliseconds since 1970 (UTC), then 21 bits that count within the millisecond. Sorting by number is
// sorting by time of arrival. 0 means "not stored yet".
enum class AlertId : qint64 {};
enum class DeliveryId : qint64 {};
enum class DestinationId : qint64 {};
enum class AttemptId : qint64 {};

template<typename Id>
constexpr qint64 number(Id id)
{
    return static_cast<qint64>(id);
}

/// Mixes the bits. Without it Qt 6.4 takes std::hash, which leaves a number as it is: ids that follow each other then
/// stand side by side in a hash, and each removal walks along the whole row. The seed has no default: with one, Qt's
/// own function for what is hashed without a seed fits as well, neither is chosen, and std::hash is taken after all.
template<typename Id>
    requires std::is_enum_v<Id> && std::is_same_v<std::underlying_type_t<Id>, qint64>
constexpr size_t qHash(Id id, size_t seed) noexcept // clazy:exclude=qhash-namespace
{
    return ::qHash(number(id), seed);
}

/// The random number of one store. It makes the ids of two stores differ once they leave the machine.
enum class StoreKey : quint64 {};

/// The first number of the millisecond \a msecsUtc; of the nearest that has numbers, for one before 1970 or after 2109.
constexpr qint64 firstNumberOf(qint64 msecsUtc)
{
    constexpr qint64 last = (qint64{1} << 42) - 1;
    return std::clamp<qint64>(msecsUtc, 0, last) << 21;
}

/// The millisecond (UTC) that \a number was made in.
constexpr qint64 msecsOf(qint64 number)
{
    return number >> 21;
}

/// The id as the world sees it: a UUID of version 7 (RFC 9562), lower case with dashes. The number and the store's key
/// can be read back from it, so no index of texts is needed.
QString publicId(qint64 number, StoreKey key);

template<typename Id>
    requires std::is_enum_v<Id>
QString publicId(Id id, StoreKey key)
{
    return publicId(number(id), key);
}

/// The number in a text made by publicId() with the same key; nothing for any other text.
std::optional<qint64> numberFromPublicId(QStringView text, StoreKey key);

} // namespace courier
