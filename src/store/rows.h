// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "store/connection.h"
#include "store/records.h"

#include <QStringList>

// Rows of the tables as values. Each list of columns goes with the function that reads them, from column \a first on.
namespace courier::rows {

QString destinationColumns(); ///< of "destination"
Destination destination(const Statement &row);

QString occurrenceColumns(); ///< of "occurrence o"
Occurrence occurrence(const Statement &row, int first = 0);

QString alertColumns(); ///< of "alert a"
constexpr int alertColumnCount = 17;
Alert alert(const Statement &row, int first = 0);

QString deliveryColumns(); ///< of "delivery d"
constexpr int deliveryColumnCount = 14;
Delivery delivery(const Statement &row, int first = 0);

QString summaryColumns(); ///< of "alert_status s"
constexpr int summaryColumnCount = 2;
AlertSummary summary(const Statement &row, int first = 0);

QString attemptColumns(); ///< of "attempt t" or "test_attempt t": all but headers, bodies and where it belongs
constexpr int attemptColumnCount = 17;
Attempt attempt(const Statement &row, int first = 0);

/// What a list shows as the alert's title, of "alert a".
QString headline();

// Lists inside a column, as JSON.
QString fromStrings(const QStringList &strings);
QStringList toStrings(const QString &json);
QString fromHeaders(const QList<Header> &headers);
QList<Header> toHeaders(const QString &json);
QString fromSecurity(const DestinationSecurity &security); ///< as JSON
DestinationSecurity toSecurity(const QString &json);

/// By what names are compared.
QString nameKey(const QString &name);

} // namespace courier::rows
