// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "domain/delivery.h"

#include <QString>

// How a test ended, in words (translated). Plain functions.
namespace courier {

/// What happened, in one sentence, and what to try next.
struct TestNotice
{
    QString what; ///< "Received: 200 OK in 84 ms."
    QString hint;
};

/// \a name is the destination's.
TestNotice testNotice(const Attempt &attempt, const QString &name);

} // namespace courier
