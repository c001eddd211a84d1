// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

// What the dispatcher tells of destinations that struggle: in the store, for every window and command, and in the log.

#include "desk/dispatcher.h"

#include <QLoggingCategory>

#include <algorithm>
#include <cstdlib>

Q_DECLARE_LOGGING_CATEGORY(lcDelivery)

namespace courier {
namespace {

constexpr qint64 toldAgainMs = 500; ///< a next try that moves by less isn't told again

bool saysTheSame(const StruggleNote &one, const StruggleNote &other)
{
    return one.reason == other.reason && (one.nextTryAt == 0) == (other.nextTryAt == 0) &&
           std::llabs(one.nextTryAt - other.nextTryAt) < toldAgainMs;
}

} // namespace

StruggleNote Dispatcher::struggleNote(DestinationId destination, qint64 retryAt)
{
    StruggleNote note{destination, {}, 0};
    const std::lock_guard lock(m_mutex);
    const qint64 now = m_clock.monotonic();
    const auto standing = m_lanes.standingOf(destination, now);
    if (!standing) {
        return note;
    }
    note.reason = standing->reason;
    if (standing->heldUntil) {
        note.nextTryAt = m_utc->now() + (*standing->heldUntil - now) / 1000;
    } else if (!standing->isDue) {
        const qint64 known = standing->nextDueAt.value_or(retryAt);
        note.nextTryAt = retryAt > 0 ? std::min(known, retryAt) : known;
    }
    return note;
}

void Dispatcher::tellStruggle(DestinationId destination, const QString &name, qint64 retryAt)
{
    const std::lock_guard telling(m_tellMutex);
    const StruggleNote note = struggleNote(destination, retryAt);
    const auto before = m_struggles.constFind(destination);
    const bool wasStruggling = before != m_struggles.constEnd();
    const bool isStruggling = !note.reason.isEmpty();
    if (wasStruggling == isStruggling && (!isStruggling || saysTheSame(*before, note))) {
        return;
    }
    if (!wasStruggling) {
        qCWarning(lcDelivery, "%s struggles: it is tried with fewer requests at once. %s", qUtf8Printable(name),
                  qUtf8Printable(note.reason));
    } else if (!isStruggling) {
        qCInfo(lcDelivery, "%s no longer struggles.", qUtf8Printable(name));
    }
    if (isStruggling) {
        m_struggles.insert(destination, note);
    } else {
        m_struggles.remove(destination);
    }
    m_store.noteStruggle(note);
}

// Nobody tries them any more: what was told of the next try isn't true now.
void Dispatcher::forgetStruggles()
{
    const std::lock_guard telling(m_tellMutex);
    for (auto one = m_struggles.keyBegin(); one != m_struggles.keyEnd(); ++one) {
        m_store.noteStruggle({*one, {}, 0});
    }
    m_struggles.clear();
}

} // namespace courier
