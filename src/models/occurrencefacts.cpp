// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "models/occurrencefacts.h"

#include "models/words.h"
#include "store/whendone.h"

#include <QCoreApplication>

#include <algorithm>

namespace courier {
namespace {

struct Say
{
    Q_DECLARE_TR_FUNCTIONS(OccurrenceFacts)
};

} // namespace

QStringList occurrenceWords(const Occurrence &occurrence, qint64 now)
{
    QStringList facts;
    if (occurrence.seen > 1) {
        facts.append(Say::tr("Seen %1 times, last at %2")
                         .arg(words::count(occurrence.seen), words::clockTime(occurrence.lastSeen, now)));
    }
    if (occurrence.isResolved()) {
        facts.append(Say::tr("Resolved at %1").arg(words::clockTime(occurrence.resolvedAt, now)));
    }
    return facts;
}

OccurrenceFacts::OccurrenceFacts(Store &store, QObject *parent)
    : QObject(parent)
    , m_store(store)
{
    connect(&store, &Store::changed, this, &OccurrenceFacts::onStoreChanged);
    connect(&store, &Store::seenAgain, this, [this] {
        if (m_occurrence) { // it may be this one: a look at one row tells
            read();
        }
    });
}

void OccurrenceFacts::setAlert(AlertId id)
{
    if (id == m_alert) {
        return;
    }
    m_alert = id;
    m_occurrence.reset();
    read();
}

void OccurrenceFacts::onStoreChanged(const StoreChanges &changes)
{
    const auto isIt = [this](const AlertSummary &alert) { return alert.id == m_alert; };
    if (changes.reload || std::any_of(changes.alerts.begin(), changes.alerts.end(), isIt)) {
        read();
    }
}

void OccurrenceFacts::read()
{
    m_readAgain = m_isReading;
    if (m_isReading || m_alert == AlertId{}) {
        return;
    }
    m_isReading = true;
    whenDone(this, m_store.read([id = m_alert](Queries &queries) { return queries.occurrence(id); }),
             [this, id = m_alert](const std::optional<Occurrence> &occurrence) {
                 m_isReading = false;
                 if (id == m_alert && occurrence != m_occurrence) {
                     m_occurrence = occurrence;
                     Q_EMIT changed();
                 }
                 if (m_readAgain || id != m_alert) {
                     read();
                 }
             });
}

} // namespace courier
