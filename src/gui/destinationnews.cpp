// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "gui/destinationnews.h"

#include "models/words.h"

#include <QCoreApplication>
#include <QStringList>

#include <utility>

namespace courier {
namespace {

struct Say
{
    Q_DECLARE_TR_FUNCTIONS(DestinationNews)
};

constexpr qint64 intervalUs = std::chrono::microseconds(DestinationNews::interval).count();
constexpr qsizetype longestLine = 200; ///< a notice is a few lines

// What others wrote, in one line.
QString oneLine(const QString &text)
{
    QString line = text.simplified();
    if (line.size() > longestLine) {
        line.truncate(line.at(longestLine - 2).isHighSurrogate() ? longestLine - 2 : longestLine - 1);
        line += u'…';
    }
    return line;
}

QString failureTitle(qint64 failures, bool more, const QString &name)
{
    if (failures == 1) {
        return more ? Say::tr("One more delivery to %1 failed").arg(name)
                    : Say::tr("A delivery to %1 failed").arg(name);
    }
    return more ? Say::tr("%1 more deliveries to %2 failed").arg(words::count(failures), name)
                : Say::tr("%1 deliveries to %2 failed").arg(words::count(failures), name);
}

QStringList failureLines(qint64 failures, const FailedDelivery &last)
{
    const QString headline = oneLine(last.headline);
    return {failures == 1 ? headline : Say::tr("The last: %1").arg(headline), oneLine(last.reason)};
}

} // namespace

DestinationNews::DestinationNews(const Clock &clock, QObject *parent)
    : QObject(parent)
    , m_clock(clock)
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &DestinationNews::look);
}

void DestinationNews::noteFailure(const FailedDelivery &failed, const QString &name)
{
    Place &place = placeOf(failed.destination, name);
    ++place.failures;
    place.last = failed;
    lookAt(failed.destination, place);
}

void DestinationNews::noteStruggle(DestinationId id, const QString &name, const QString &reason)
{
    if (reason.isEmpty() && !m_places.contains(id)) {
        return; // as nearly always
    }
    Place &place = placeOf(id, name);
    place.struggle = reason;
    lookAt(id, place);
}

void DestinationNews::forgetStruggle(DestinationId id)
{
    if (const auto place = m_places.find(id); place != m_places.end()) {
        place->struggle.clear();
        place->toldStruggle = false;
    }
}

// One that has been quiet for long enough begins anew, before anything is added to it.
DestinationNews::Place &DestinationNews::placeOf(DestinationId id, const QString &name)
{
    Place &place = m_places[id];
    place.name = name;
    if (place.toldAt && !place.hasNews() && m_clock.monotonic() - *place.toldAt >= intervalUs) {
        place.toldAt.reset();
        place.toldFailure = false;
    }
    return place;
}

void DestinationNews::look()
{
    QList<DesktopNotice> notices;
    m_timer.stop();
    for (auto place = m_places.begin(); place != m_places.end(); ++place) {
        if (isDue(*place)) {
            notices.append(take(place.key(), *place));
        } else {
            waitFor(*place);
        }
    }
    for (const DesktopNotice &notice : std::as_const(notices)) {
        Q_EMIT due(notice);
    }
}

void DestinationNews::lookAt(DestinationId id, Place &place)
{
    if (isDue(place)) {
        Q_EMIT due(take(id, place));
    } else {
        waitFor(place);
    }
}

bool DestinationNews::isDue(const Place &place) const
{
    return place.hasNews() && (!place.toldAt || m_clock.monotonic() - *place.toldAt >= intervalUs);
}

DesktopNotice DestinationNews::take(DestinationId id, Place &place)
{
    const bool isStruggling = !place.struggle.isEmpty();
    const bool isOther = place.toldStruggle != isStruggling;
    DesktopNotice notice{id, {}, {}, std::exchange(place.failures, 0), place.last};
    QStringList lines;
    if (notice.failures > 0) {
        notice.title = failureTitle(notice.failures, place.toldFailure, place.name);
        lines = failureLines(notice.failures, notice.last);
        place.toldFailure = true;
    } else {
        notice.title =
            isStruggling ? Say::tr("%1 struggles").arg(place.name) : Say::tr("%1 no longer struggles").arg(place.name);
        lines.append(oneLine(place.struggle));
    }
    if (isOther) {
        lines.append(isStruggling ? Say::tr("It is tried with fewer requests at once.")
                                  : Say::tr("Alerts go to it as usual again."));
    }
    lines.removeAll(QString());
    notice.text = lines.join(u'\n');
    place.toldStruggle = isStruggling;
    place.toldAt = m_clock.monotonic();
    return notice;
}

void DestinationNews::waitFor(const Place &place)
{
    if (place.hasNews()) {
        const qint64 left = *place.toldAt + intervalUs - m_clock.monotonic();
        const int ms = static_cast<int>(left / 1000 + 1);
        if (!m_timer.isActive() || m_timer.remainingTime() > ms) {
            m_timer.start(ms);
        }
    }
}

} // namespace courier
