// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "intake/jsonslice.h"

#include <QString>

// What is said of a field whose value is not as it must be (translated). For any thread.

namespace courier::fieldwords {

/// "must be a string, not a number."
QString wrongKind(const QString &wanted, JsonKind found);
/// A text of the sender's, short, on one line and in quotes.
QString quoted(const QString &text);
/// "is longer than 64 KiB."
QString tooLong();
QString mustNotBeEmpty();
QString arrayOfStrings();
/// "element 3 must be a string, not a number."
QString inElement(qsizetype number, const QString &fault);
QString noDateTime(const QString &text);

} // namespace courier::fieldwords
