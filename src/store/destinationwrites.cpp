// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "store/destinationwrites.h"

#include "store/alertstatus.h"
#include "store/attemptwrites.h"
#include "store/certificatewrites.h"
#include "store/rows.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace courier::destinationwrites {
namespace {

constexpr int stepRows = 2000;
constexpr int keptTests = 10;

tl::unexpected<Error> gone()
{
    return failure(Error::Kind::NotFound,
                   QCoreApplication::translate("Store", "This destination is not there any more."));
}

Result<void> checkSettings(WriteSession &session, const Destination &destination)
{
    for (const FieldIssue &issue : check(destination)) {
        if (issue.isError) {
            return failure(Error::Kind::Invalid, issue.message);
        }
    }
    const QString key = rows::nameKey(destination.name);
    const QList<Destination> &all = session.destinations();
    const auto same = std::find_if(all.begin(), all.end(), [&](const Destination &other) {
        return other.id != destination.id && rows::nameKey(other.name) == key;
    });
    if (same != all.end()) {
        return failure(Error::Kind::Conflict,
                       QCoreApplication::translate("Store", "A destination named %1 exists.").arg(same->name));
    }
    return {};
}

qint64 storedRate(const Destination &destination)
{
    return std::llround(destination.ratePerSecond * 100);
}

Result<Destination> stored(WriteSession &session, DestinationId id)
{
    const Destination *found = session.destination(id);
    return found ? Result<Destination>(*found) : gone();
}

struct Rows
{
    QList<qint64> ids;
    QList<qint64> alerts;
};

Rows pick(WriteSession &session, const QString &states, DestinationId id)
{
    Rows picked;
    Statement &rows =
        session.prepared(QStringLiteral("SELECT id, alert_id FROM delivery WHERE destination_id = ? AND state ") +
                         states + QStringLiteral(" LIMIT ?"));
    rows.run(id, stepRows);
    while (rows.next()) {
        picked.ids.append(rows.integer(0));
        picked.alerts.append(rows.integer(1));
    }
    return picked;
}

// Gives \a assignment, which has a place for settled_at, to some deliveries of a destination in one of \a states.
SteppedJob::Step move(WriteSession &session, DestinationId id, const QString &states, const QString &assignment,
                      qint64 settledAt)
{
    const Rows picked = pick(session, states, id);
    if (picked.ids.isEmpty()) {
        return {};
    }
    session
        .prepared(QStringLiteral("UPDATE delivery SET ") + assignment + QStringLiteral(" WHERE id ") +
                  dialect::inList())
        .run(settledAt, dialect::list(picked.ids));
    alertstatus::refresh(session, picked.alerts);
    session.noteAlerts(picked.alerts);
    return {picked.ids.size(), picked.ids.size() < stepRows};
}

SteppedJob::Step hold(WriteSession &session, DestinationId id)
{
    return move(session, id, QStringLiteral("IN (0, 2)"), QStringLiteral("state = 5, settled_at = ?"), 0);
}

SteppedJob::Step release(WriteSession &session, DestinationId id)
{
    return move(session, id, QStringLiteral("= 5"),
                QStringLiteral("state = CASE WHEN round_attempts = 0 THEN 0 ELSE 2 END, "
                               "next_at = CASE WHEN round_attempts = 0 THEN 0 ELSE next_at END, settled_at = ?"),
                0);
}

SteppedJob::Step cancel(WriteSession &session, DestinationId id)
{
    const QString assignment = QStringLiteral("state = 6, next_at = 0, settled_at = ?");
    const SteppedJob::Step held = move(session, id, QStringLiteral("= 5"), assignment, session.now());
    if (held.count > 0) {
        return {held.count, false};
    }
    return move(session, id, QStringLiteral("IN (0, 2)"), assignment, session.now());
}

} // namespace

Result<Destination> add(WriteSession &session, Destination destination)
{
    destination.id = DestinationId{};
    if (const Result<void> fine = checkSettings(session, destination); !fine) {
        return tl::unexpected(fine.error());
    }
    destination.id = DestinationId{session.nextNumber()};
    session
        .prepared(QStringLiteral(
            "INSERT INTO destination(id, name, name_key, url, severities, types, headers, "
            "timeout_s, schedule, max_retries, paused, built_in, created_at, resolutions, security, rate, "
            "secrets_id, secret_kinds) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"))
        .run(destination.id, destination.name.trimmed(), rows::nameKey(destination.name), destination.url,
             destination.severities.bits(), destination.types.bits(), rows::fromHeaders(destination.headers),
             destination.timeoutSeconds, destination.schedule, destination.maxRetries, destination.paused,
             destination.builtInReceiver, session.now(), destination.resolutions,
             rows::fromSecurity(destination.security), storedRate(destination), destination.secrets.id,
             destination.secrets.kinds.bits());
    session.noteDestination(destination.id);
    certificatewrites::adopt(session, destination, {});
    return stored(session, destination.id);
}

Result<Destination> update(WriteSession &session, const Destination &destination)
{
    const Destination *before = session.destination(destination.id);
    if (!before) {
        return gone();
    }
    if (const Result<void> fine = checkSettings(session, destination); !fine) {
        return tl::unexpected(fine.error());
    }
    const QString addressBefore = before->url;
    session
        .prepared(QStringLiteral("UPDATE destination SET name = ?, name_key = ?, url = ?, severities = ?, types = ?, "
                                 "headers = ?, timeout_s = ?, schedule = ?, max_retries = ?, built_in = ?, "
                                 "resolutions = ?, security = ?, rate = ?, secrets_id = ?, secret_kinds = ? WHERE "
                                 "id = ?"))
        .run(destination.name.trimmed(), rows::nameKey(destination.name), destination.url,
             destination.severities.bits(), destination.types.bits(), rows::fromHeaders(destination.headers),
             destination.timeoutSeconds, destination.schedule, destination.maxRetries, destination.builtInReceiver,
             destination.resolutions, rows::fromSecurity(destination.security), storedRate(destination),
             destination.secrets.id, destination.secrets.kinds.bits(), destination.id);
    session.noteDestination(destination.id);
    certificatewrites::adopt(session, destination, addressBefore);
    return stored(session, destination.id);
}

Result<Destination> recordTest(WriteSession &session, const Attempt &attempt)
{
    const DestinationId id = attempt.destinationId;
    if (!session.destination(id)) {
        return gone();
    }
    attemptwrites::insertTest(session, attempt);
    session
        .prepared(QStringLiteral("DELETE FROM test_attempt WHERE destination_id = ? AND id NOT IN (SELECT id FROM "
                                 "test_attempt WHERE destination_id = ? ORDER BY id DESC LIMIT ?)"))
        .run(id, id, keptTests);
    const bool passed = attempt.outcome == Outcome::Acknowledged;
    session
        .prepared(QStringLiteral("UPDATE destination SET test_state = ?, tested_at = ?, test_result = ? WHERE id = ?"))
        .run(passed ? TestState::Passed : TestState::Failed, attempt.startedAt, attempt.reason, id);
    certificatewrites::note(session, attempt);
    session.noteDestination(id);
    return stored(session, id);
}

Result<SteppedJob::Step> setPaused(WriteSession &session, DestinationId id, bool paused, qint64 step)
{
    const Destination *destination = session.destination(id);
    if (!destination) {
        return gone();
    }
    if (destination->paused != paused) {
        if (step > 0) {
            return SteppedJob::Step(); // it was turned round meanwhile
        }
        session.prepared(QStringLiteral("UPDATE destination SET paused = ? WHERE id = ?")).run(paused, id);
        session.noteDestination(id);
    }
    return paused ? hold(session, id) : release(session, id);
}

Result<SteppedJob::Step> remove(WriteSession &session, DestinationId id, qint64 step)
{
    if (step == 0) {
        if (!session.destination(id)) {
            return gone();
        }
        session.prepared(QStringLiteral("UPDATE destination SET deleted_at = ? WHERE id = ?")).run(session.now(), id);
        session.noteDestination(id);
    }
    return cancel(session, id);
}

void noteStruggle(WriteSession &session, const StruggleNote &note)
{
    if (note.reason.isEmpty() || !session.destination(note.id)) {
        session.prepared(QStringLiteral("DELETE FROM struggle WHERE destination_id = ?")).run(note.id);
        return;
    }
    session
        .prepared(QStringLiteral("INSERT INTO struggle(destination_id, reason, next_try_at) VALUES(?, ?, ?) ON "
                                 "CONFLICT(destination_id) DO UPDATE SET reason = excluded.reason, next_try_at = "
                                 "excluded.next_try_at"))
        .run(note.id, note.reason, note.nextTryAt);
}

SteppedJob::Step settle(WriteSession &session)
{
    for (const Destination &destination : QList(session.destinations())) {
        const SteppedJob::Step step =
            destination.paused ? hold(session, destination.id) : release(session, destination.id);
        if (step.count > 0) {
            return {step.count, false};
        }
    }
    Statement &deleted = session.prepared(QStringLiteral("SELECT id FROM destination WHERE deleted_at IS NOT NULL"));
    QList<DestinationId> ids;
    deleted.run();
    while (deleted.next()) {
        ids.append(deleted.as<DestinationId>(0));
    }
    for (const DestinationId id : ids) {
        const SteppedJob::Step step = cancel(session, id);
        if (step.count > 0) {
            return {step.count, false};
        }
    }
    return {};
}

} // namespace courier::destinationwrites
