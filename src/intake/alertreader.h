// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "domain/alert.h"
#include "intake/alertfault.h"

#include <QByteArrayView>

#include <tl/expected.hpp>

namespace courier {

/// The bytes of one alert, at most.
constexpr qsizetype maxAlertBytes = 10 * 1024 * 1024;
/// The bytes of a title, a name, an id and the like, at most. Description, runbook and context have no limit of theirs.
constexpr qsizetype maxShortTextBytes = 64 * 1024;

/// Reads one alert in our own JSON: an object with the fields of the wire contract, and `destinations` and `outputIds`.
/// `id` and `severity` are required; a missing `createdAt` becomes \a nowMsecsUtc, a missing `type` RULE. Names that
/// are not known are left aside. Its source and our own id are left to others. For any thread.
tl::expected<Alert, AlertFault> readAlert(QByteArrayView json, qint64 nowMsecsUtc);

} // namespace courier
