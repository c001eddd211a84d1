// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/alerttablemodel.h"
#include "models/modelsupport.h"

#include <QSignalSpy>

namespace courier::test {

inline AlertId idOf(int place)
{
    return AlertId{firstNumberOf(FakeClock::start) + place};
}

inline AlertFilter liveFilter()
{
    AlertFilter filter;
    filter.statuses = {AlertStatus::Failed, AlertStatus::Retrying, AlertStatus::Sending, AlertStatus::Queued};
    return filter;
}

/// A table over summaries that no store holds: its rows have no texts, but they come and go as others do.
struct SummaryTable
{
    SummaryTable(int alerts, unsigned seed)
        : source(seed)
        , index(place.store(), place.clock)
        , model(index, place.store(), place.clock, [](DestinationId) { return QString(); })
    {
        QSignalSpy completed(&index, &AlertIndex::completed);
        index.load();
        completed.wait();
        SummaryArrays arrays;
        for (int i = 0; i < alerts; ++i) {
            arrays.append(source.summary(number(idOf(i)), FakeClock::start));
        }
        index.adopt(arrays);
    }
    /// \a changes of those that are there, \a fresh new ones.
    void shake(int changes, int fresh)
    {
        const int before = index.alerts().size();
        QList<AlertSummary> alerts;
        for (int i = 0; i < changes; ++i) {
            const int at = source.number(before);
            AlertSummary next = source.summary(number(index.alerts().id(at)), FakeClock::start);
            next.severity = index.alerts().facts(at).severity(); // never changes
            alerts.append(next);
        }
        for (int i = 0; i < fresh; ++i) {
            alerts.append(source.summary(number(idOf(before + i)), FakeClock::start));
        }
        index.apply(alerts);
    }
    QList<qint64> ids() const
    {
        QList<qint64> list;
        for (int row = 0; row < model.rowCount(); ++row) {
            list.append(number(model.idAt(row)));
        }
        return list;
    }
    /// The counts as they are from scratch.
    AlertCounts counted() const
    {
        SummaryArrays arrays;
        arrays.append(index.alerts());
        arrays.setDayStart(0);
        return arrays.counts();
    }

    StorePlace place;
    SummarySource source;
    AlertIndex index;
    AlertTableModel model;
};

} // namespace courier::test
