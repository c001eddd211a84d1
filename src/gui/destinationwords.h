// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "domain/destination.h"

#include <QString>
#include <QStringList>

// A destination's settings in words, for forms and pages (translated). Plain functions for any thread.
namespace courier {

/// "Critical, High and Medium"
QString joinedWords(const QStringList &words);

QString severityWords(SeveritySet severities);           ///< "Critical, High, Medium", "Every severity", "None"
QString typeWords(AlertTypeSet types);                   ///< "Rule Matches, System Errors", "Every type", "None"
QString headerWords(const QList<Header> &headers);       ///< the names only: "X-Tenant, X-Team", "None"
QString resolutionWords(const Destination &destination); ///< "Sent, too", "Not sent"
QString retryWords(const Destination &destination);      ///< "Standard, up to 10 retries", "None"

QString rateWords(double ratePerSecond); ///< "At most 5 requests a second", "No limit"

/// What Advanced holds, in one line: "10 s time-out, standard retries, no headers".
QString advancedSummary(const Destination &destination);

/// The whole form as one sentence: "Critical, High and Medium alerts of every type go to Night SIEM, tried up to 11
/// times."
QString routeSentence(const Destination &destination);

} // namespace courier
