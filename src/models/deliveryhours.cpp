// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "models/deliveryhours.h"

#include "store/whendone.h"

#include <QDateTime>
#include <QElapsedTimer>

#include <algorithm>
#include <map>

namespace courier {
namespace {

constexpr qint64 hourMs = 3'600'000;
constexpr qint64 dayMs = 24 * hourMs;
constexpr int minuteMs = 60'000;
constexpr int shortestWait = 1000; // ms, from one pass to the next
constexpr int longestWait = 60'000;
constexpr int waitShare = 20; // reading takes this part of the time at most
constexpr qint64 usInTenth = 100;

/// The first moment of the local hour that \a at is in. Not every zone is whole hours from UTC.
qint64 startOfHour(qint64 at)
{
    const QTime time = QDateTime::fromMSecsSinceEpoch(at).time();
    return at - time.msecsSinceStartOfDay() % hourMs;
}

/// From 24 hours before \a now to just behind it, parted at full hours.
QList<qint64> boundsUntil(qint64 now)
{
    QList<qint64> bounds{now + 1};
    const qint64 first = now - dayMs;
    for (qint64 hour = startOfHour(now); hour > first; hour -= hourMs) {
        bounds.prepend(hour);
    }
    bounds.prepend(first);
    return bounds;
}

/// How long answers took, in tenths of a millisecond, and how many took so long.
using Times = std::map<qint64, qint64>;

/// By nearest rank: the least time that \a percent of \a all took at most.
qint64 percentile(const Times &times, qint64 all, qint64 percent)
{
    const qint64 rank = (all * percent + 99) / 100;
    qint64 seen = 0;
    for (const auto &[time, count] : times) {
        seen += count;
        if (seen >= rank) {
            return time * usInTenth;
        }
    }
    return 0;
}

DeliveryHour summed(qint64 begin, qint64 end, const QList<DeliverySpan> &spans)
{
    DeliveryHour sum;
    sum.begin = begin;
    sum.end = end;
    Times times;
    for (const DeliverySpan &span : spans) {
        sum.delivered += span.delivered;
        sum.failed += span.failed;
        for (const DeliverySpan::Took &took : span.took) {
            times[took.tenthsMs] += took.count;
            sum.answers += took.count;
        }
    }
    sum.halfUs = percentile(times, sum.answers, 50);
    sum.mostUs = percentile(times, sum.answers, 95);
    return sum;
}

} // namespace

DeliveryHours::DeliveryHours(Store &store, const Clock &clock, QObject *parent)
    : QObject(parent)
    , m_store(store)
    , m_clock(clock)
{
    m_wait.setSingleShot(true);
    m_wait.setInterval(shortestWait);
    m_minute.setInterval(minuteMs);
    connect(&m_wait, &QTimer::timeout, this, &DeliveryHours::read);
    connect(&m_minute, &QTimer::timeout, this, &DeliveryHours::refresh);
    connect(&m_store, &Store::changed, this, &DeliveryHours::refresh);
}

void DeliveryHours::setDestination(DestinationId id)
{
    if (id == m_destination) {
        return;
    }
    m_destination = id;
    m_hours.clear();
    m_day = {};
    Q_EMIT changed();
    read();
}

void DeliveryHours::setActive(bool isActive)
{
    if (isActive == m_isActive) {
        return;
    }
    m_isActive = isActive;
    if (isActive) {
        m_minute.start();
    } else {
        m_minute.stop();
    }
    read();
}

void DeliveryHours::refresh()
{
    if (m_isReading) {
        m_isBehind = true;
    } else if (m_isActive && m_destination != DestinationId{} && !m_wait.isActive()) {
        m_wait.start();
    }
}

void DeliveryHours::read()
{
    ++m_ticket;
    m_wait.stop();
    m_isBehind = false;
    m_isReading = m_isActive && m_destination != DestinationId{};
    if (m_isReading) {
        m_bounds = boundsUntil(m_clock.nowUtc());
        m_read.clear();
        m_tookMs = 0;
        readNext();
    }
}

void DeliveryHours::readNext()
{
    const qint64 from = m_bounds.at(m_read.size());
    const qint64 until = m_bounds.at(m_read.size() + 1);
    struct Answer
    {
        DeliverySpan span;
        qint64 tookMs = 0;
    };
    const auto query = [id = m_destination, from, until](Queries &queries) {
        QElapsedTimer timer;
        timer.start();
        Answer answer{queries.deliverySpan(id, from, until)};
        answer.tookMs = timer.elapsed();
        return answer;
    };
    whenDone(this, m_store.read(query, ReadKind::Long), [this, ticket = m_ticket](const Answer &answer) {
        if (ticket != m_ticket) {
            return;
        }
        m_read.append(answer.span);
        m_tookMs += answer.tookMs;
        if (m_read.size() + 1 < m_bounds.size()) {
            readNext();
        } else {
            finish();
        }
    });
}

void DeliveryHours::finish()
{
    m_isReading = false;
    m_wait.setInterval(static_cast<int>(std::clamp<qint64>(m_tookMs * waitShare, shortestWait, longestWait)));
    m_hours.clear();
    for (qsizetype i = 0; i < m_read.size(); ++i) {
        m_hours.append(summed(m_bounds.at(i), m_bounds.at(i + 1), {m_read.at(i)}));
    }
    m_day = summed(m_bounds.constFirst(), m_bounds.constLast(), m_read);
    m_read.clear();
    if (m_isBehind) {
        m_wait.start();
    }
    Q_EMIT changed();
}

} // namespace courier
