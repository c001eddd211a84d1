// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "store/occurrencewrites.h"

#include "store/alertstatus.h"
#include "store/alertwrites.h"
#include "store/resolutionwrites.h"
#include "store/rows.h"

#include <algorithm>

namespace courier::occurrencewrites {
namespace {

constexpr int stepRows = 500;

/// What one job makes of the alerts it was given. On the writer's thread.
class Taking
{
public:
    explicit Taking(WriteSession &session)
        : m_session(session)
        , m_intake(session)
        , m_now(session.now())
    {
    }
    Accepted take(const IncomingAlert &incoming);
    void complete();

private:
    bool isOver(const IncomingAlert &incoming) const
    {
        return incoming.resolved || (incoming.endsAt != 0 && incoming.endsAt <= m_now);
    }
    std::optional<Occurrence> find(const IncomingAlert &incoming);
    Accepted end(const IncomingAlert &incoming, const std::optional<Occurrence> &found);
    Accepted repeat(const IncomingAlert &incoming, const Occurrence &found);
    void insert(const IncomingAlert &incoming, AlertId id);

    WriteSession &m_session;
    alertwrites::Intake m_intake;
    qint64 m_now;
    QList<qint64> m_changed; ///< alerts whose life ended, or goes on after its end
    QList<qint64> m_ended;
    bool m_hasRepeats = false;
};

// By its start where the source names one, else the one that still lasts.
std::optional<Occurrence> Taking::find(const IncomingAlert &incoming)
{
    static const QString byStart =
        QStringLiteral("SELECT %1 FROM occurrence o WHERE o.fingerprint = ? AND o.starts_at = ? AND o.starts_at <> 0")
            .arg(rows::occurrenceColumns());
    static const QString lasting =
        QStringLiteral("SELECT %1 FROM occurrence o WHERE o.alert_id = max("
                       "coalesce((SELECT max(alert_id) FROM occurrence WHERE fingerprint = ? AND starts_at = 0 AND "
                       "resolved_at = 0), 0), coalesce((SELECT max(alert_id) FROM occurrence WHERE fingerprint = ? AND "
                       "starts_at <> 0 AND resolved_at = 0), 0))")
            .arg(rows::occurrenceColumns());
    if (incoming.fingerprint.isEmpty()) {
        return std::nullopt;
    }
    Statement &row = m_session.prepared(incoming.startsAt != 0 ? byStart : lasting);
    const bool isRun = incoming.startsAt != 0 ? row.run(incoming.fingerprint, incoming.startsAt)
                                              : row.run(incoming.fingerprint, incoming.fingerprint);
    const std::optional<Occurrence> found = isRun && row.next() ? std::optional(rows::occurrence(row)) : std::nullopt;
    row.finish();
    return found;
}

Accepted Taking::take(const IncomingAlert &incoming)
{
    const std::optional<Occurrence> found = find(incoming);
    if (isOver(incoming)) {
        return end(incoming, found);
    }
    if (found) {
        return repeat(incoming, *found);
    }
    Accepted accepted = m_intake.add(incoming.alert);
    if (accepted.isNew() && !incoming.fingerprint.isEmpty()) {
        insert(incoming, accepted.id);
    }
    return accepted;
}

void Taking::insert(const IncomingAlert &incoming, AlertId id)
{
    static const QString sql =
        QStringLiteral("INSERT INTO occurrence(alert_id, fingerprint, starts_at, ends_at, last_seen, seen) "
                       "VALUES(?, ?, ?, ?, ?, 1)");
    m_session.prepared(sql).run(id, incoming.fingerprint, incoming.startsAt, incoming.endsAt, m_now);
}

// The latest end wins: of two that watch the same condition, one is always a little behind.
Accepted Taking::repeat(const IncomingAlert &incoming, const Occurrence &found)
{
    static const QString sql = QStringLiteral("UPDATE occurrence SET seen = seen + 1, last_seen = ?, ends_at = ?, "
                                              "resolved_at = 0 WHERE alert_id = ?");
    const qint64 endsAt = incoming.endsAt == 0 ? 0 : std::max(incoming.endsAt, found.endsAt);
    m_session.prepared(sql).run(m_now, endsAt, found.alertId);
    m_hasRepeats = true;
    if (found.isResolved()) {
        m_changed.append(number(found.alertId));
    }
    return {found.alertId, Accepted::Kind::Repeated, alertwrites::destinationsOf(m_session, found.alertId)};
}

// Once: a source says it more than once. The end of what was never announced is no news to anybody.
Accepted Taking::end(const IncomingAlert &incoming, const std::optional<Occurrence> &found)
{
    if (!found) {
        return {AlertId{}, Accepted::Kind::Resolved, {}};
    }
    if (!found->isResolved()) {
        const qint64 endedAt = incoming.endsAt != 0 ? std::min(incoming.endsAt, m_now) : m_now;
        m_session.prepared(QStringLiteral("UPDATE occurrence SET resolved_at = ?, ends_at = ? WHERE alert_id = ?"))
            .run(endedAt, endedAt, found->alertId);
        m_changed.append(number(found->alertId));
        m_ended.append(number(found->alertId));
    }
    return {found->alertId, Accepted::Kind::Resolved, alertwrites::destinationsOf(m_session, found->alertId)};
}

void Taking::complete()
{
    m_intake.complete();
    if (!m_changed.isEmpty()) {
        alertstatus::setLives(m_session, m_changed);
        m_session.noteAlerts(m_changed);
    }
    if (!m_ended.isEmpty()) {
        resolutionwrites::makeFor(m_session, m_ended);
    }
    if (m_hasRepeats) {
        m_session.noteRepeats();
    }
}

void keep(WriteSession &session, const FilePlace &place)
{
    if (place.state.isEmpty()) {
        session.prepared(QStringLiteral("DELETE FROM file_place WHERE watch_id = ?")).run(place.watchId);
        return;
    }
    session
        .prepared(QStringLiteral("INSERT INTO file_place(watch_id, state) VALUES(?, ?) "
                                 "ON CONFLICT(watch_id) DO UPDATE SET state = excluded.state"))
        .run(place.watchId, place.state);
}

} // namespace

WriteJob::Cost costOf(const QList<IncomingAlert> &alerts)
{
    WriteJob::Cost cost{static_cast<int>(std::max<qsizetype>(alerts.size(), 1)), 0};
    for (const IncomingAlert &incoming : alerts) {
        cost.bytes += alertwrites::bytesOf(incoming.alert);
    }
    return cost;
}

Result<QList<Accepted>> take(WriteSession &session, const QList<IncomingAlert> &alerts,
                             const std::optional<FilePlace> &place)
{
    QList<Accepted> results;
    results.reserve(alerts.size());
    Taking taking(session);
    for (const IncomingAlert &incoming : alerts) {
        results.append(taking.take(incoming));
        if (session.hasFailed()) {
            return results; // the writer sees why
        }
    }
    taking.complete();
    if (place) {
        keep(session, *place);
    }
    return results;
}

Result<SteppedJob::Step> resolveEnded(WriteSession &session, qint64 seenSince)
{
    QList<qint64> ended;
    Statement &rows =
        session.prepared(QStringLiteral("SELECT alert_id FROM occurrence WHERE resolved_at = 0 AND "
                                        "ends_at <> 0 AND ends_at <= ? AND last_seen >= ? ORDER BY ends_at LIMIT "
                                        "?"));
    rows.run(session.now(), seenSince, stepRows);
    while (rows.next()) {
        ended.append(rows.integer(0));
    }
    if (ended.isEmpty()) {
        return SteppedJob::Step();
    }
    session.prepared(QStringLiteral("UPDATE occurrence SET resolved_at = ends_at WHERE alert_id ") + dialect::inList())
        .run(dialect::list(ended));
    alertstatus::setLives(session, ended);
    resolutionwrites::makeFor(session, ended);
    session.noteAlerts(ended);
    return SteppedJob::Step{ended.size(), ended.size() < stepRows};
}

} // namespace courier::occurrencewrites
