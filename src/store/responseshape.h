// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QByteArray>

#include <optional>

// The headers of an answer as what differs, line by line, from those of another one: a date, a number of the request.
namespace courier::responseshape {

/// What \a headers have in place of \a shape; empty where they are the same. Nothing where they have other lines, or
/// where it would take more than half of their own length.
std::optional<QByteArray> differences(const QByteArray &shape, const QByteArray &headers);
/// The headers, byte for byte.
QByteArray join(const QByteArray &shape, const QByteArray &differences);

} // namespace courier::responseshape
