// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "domain/destination.h"
#include "store/records.h"

#include <QString>

// How a destination does, in words, for its page (translated). Plain functions.
namespace courier {

/// Behind its name: "Paused", "Certificate: 9 days", "Not tested", "Last test failed"; empty where there is nothing to
/// say.
QString standingWords(const Destination &destination, qint64 now);
QString lastTestWords(const Destination &destination, qint64 now); ///< "Passed 14:32:01, 200 OK"
QString waitingWords(const DestinationStats &stats);               ///< "7, of which 2 are tried again; 3 held"

QString heldWords(qint64 held);                               ///< "Paused: 12 deliveries wait here as Held."
QString streakWords(qsizetype streak, const QString &reason); ///< "The last 3 deliveries failed: 401 Unauthorized."
QString failedWords(qint64 count);                            ///< "3 deliveries have failed for good."
QString deleteWords(qint64 waiting);                          ///< what deleting does with what waits

} // namespace courier
