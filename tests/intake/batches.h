// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "intake/fileimport.h"

#include <QByteArray>
#include <QList>
#include <QString>

namespace courier {

/// A line with an alert whose id is R.\a number.
inline QByteArray numbered(int number, qsizetype padding = 0)
{
    return "{\"id\":\"R." + QByteArray::number(number) + "\",\"severity\":\"LOW\",\"description\":\"" +
           QByteArray(padding, 'x') + "\"}\n";
}

/// The batches of a whole file put together, but for the alerts themselves.
struct Total
{
    QList<QString> ids;
    QList<AlertFault> faults;
    AlertFileReader::Batch last;
    int batches = 0;
};

inline Total readAll(AlertFileReader &reader, int maxItems = 1000)
{
    Total total;
    do {
        total.last = reader.next(maxItems, 1024 * 1024);
        ++total.batches;
        for (const TakenAlert &taken : total.last.alerts) {
            total.ids.append(taken.alert.ruleId);
        }
        total.faults.append(total.last.faults);
    } while (!total.last.atEnd);
    return total;
}

} // namespace courier
