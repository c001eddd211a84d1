// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "desk/certificatewatch.h"

#include <QDateTime>
#include <QLoggingCategory>

#include <algorithm>

Q_DECLARE_LOGGING_CATEGORY(lcDesk)

namespace courier {
namespace {

constexpr qint64 longestMs = 60'000;

} // namespace

CertificateWatch::CertificateWatch(const Clock &clock, QObject *parent)
    : QObject(parent)
    , m_clock(clock)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &CertificateWatch::look);
}

void CertificateWatch::startLogging()
{
    m_logs = true;
    log({});
}

void CertificateWatch::setDestinations(const QList<Destination> &destinations)
{
    m_destinations.clear();
    std::copy_if(destinations.begin(), destinations.end(), std::back_inserter(m_destinations),
                 [](const Destination &one) { return one.certificate.isSeen(); });
    look();
}

void CertificateWatch::look()
{
    const qint64 now = m_clock.nowUtc();
    const Standings before = std::exchange(m_standings, standings(now));
    const QDate today = m_standings.isEmpty() ? QDate() : QDateTime::fromMSecsSinceEpoch(now).date();
    const QDate lastDay = std::exchange(m_today, today);
    wait(now);
    if (before != m_standings || lastDay != today) {
        log(before);
        Q_EMIT changed();
    }
}

CertificateWatch::Standings CertificateWatch::standings(qint64 now) const
{
    Standings found;
    for (const Destination &one : m_destinations) {
        const CertificateStanding its = standing(one.certificate, now);
        if (its != CertificateStanding::Good) {
            found.insert(one.id, its);
        }
    }
    return found;
}

void CertificateWatch::log(const Standings &before) const
{
    if (!m_logs) {
        return;
    }
    for (const Destination &one : m_destinations) {
        const CertificateStanding its = m_standings.value(one.id, CertificateStanding::Good);
        if (its == before.value(one.id, CertificateStanding::Good)) {
            continue;
        }
        const QString end = QDateTime::fromMSecsSinceEpoch(one.certificate.expiresAt, Qt::UTC).toString(Qt::ISODate);
        switch (its) {
        case CertificateStanding::Expiring:
            qCWarning(lcDesk, "The certificate of %s expires on %s.", qUtf8Printable(one.name), qUtf8Printable(end));
            break;
        case CertificateStanding::Expired:
            qCWarning(lcDesk, "The certificate of %s expired on %s.", qUtf8Printable(one.name), qUtf8Printable(end));
            break;
        case CertificateStanding::Good:
            qCInfo(lcDesk, "The certificate of %s is good until %s.", qUtf8Printable(one.name), qUtf8Printable(end));
            break;
        }
    }
}

void CertificateWatch::wait(qint64 now)
{
    qint64 next = now + longestMs;
    for (const Destination &one : m_destinations) {
        const qint64 at = standingChangesAt(one.certificate, now);
        next = at > 0 ? std::min(next, at) : next;
    }
    if (m_destinations.isEmpty()) {
        m_timer.stop();
    } else {
        m_timer.start(static_cast<int>(std::clamp<qint64>(next - now, 1, longestMs)));
    }
}

} // namespace courier
