// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "databasefile.h"
#include "storefixture.h"

#include <limits>

namespace courier::test {

constexpr qint64 day = 86'400'000;
constexpr qint64 ever = std::numeric_limits<qint64>::max();

inline bool isRun(const QString &path, const QString &statement)
{
    bool good = false;
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("beside"));
        database.setDatabaseName(path);
        good = database.open() && QSqlQuery(database).exec(statement);
    }
    QSqlDatabase::removeDatabase(QStringLiteral("beside"));
    return good;
}

/// A store with a destination, and what the retention does with it, step by step as the desk does.
class Kept : public Fixture
{
public:
    Kept() { destination = add(QStringLiteral("Ops")); }

    /// One alert, delivered in an attempt with \a body and settled at once.
    AlertId delivered(const QString &title, const QByteArray &body = "ok")
    {
        return settled(title, DeliveryState::Delivered, body);
    }
    /// Many of them at once: \a title and a number.
    QList<AlertId> deliveredMany(int count, const QString &title, const QByteArray &body)
    {
        QList<Alert> alerts;
        for (int i = 0; i < count; ++i) {
            alerts.append(alert(title + QString::number(i)));
        }
        QList<AlertId> ids;
        const QList<Accepted> accepted = accept(alerts);
        for (const Accepted &one : accepted) {
            ids.append(one.id);
            const AttemptRecord done = attempt(read().deliveriesOf(one.id).first(), DeliveryState::Delivered, body);
            if (ids.size() < count) {
                store().record(done, [] {});
            } else {
                record(done);
            }
        }
        return ids;
    }
    AlertId settled(const QString &title, DeliveryState state, const QByteArray &body = "no")
    {
        const Delivery delivery = deliver(alert(title));
        record(attempt(delivery, state, body));
        return delivery.alertId;
    }
    AttemptRecord attempt(const Delivery &delivery, DeliveryState state, const QByteArray &body) const
    {
        AttemptRecord one = result(delivery, state, state == DeliveryState::Delivered ? 200 : 500);
        one.attempt.startedAt = clock.nowUtc();
        one.attempt.responseBody = body;
        one.attempt.responseBodySize = body.size();
        one.attempt.responseHeaders = "Server: test\r\n";
        one.attempt.maskedUrl = destination.url;
        return one;
    }
    ExpiryRule olderThan(qint64 days) const
    {
        const qint64 before = clock.nowUtc() - days * day;
        return {before, before, before};
    }
    ExpiryRule whatever() const { return {clock.nowUtc(), ever, clock.nowUtc() - day}; }

    /// Until the end, or as long as \a goesOn.
    template<typename GoesOn>
    qint64 remove(const ExpiryRule &rule, GoesOn goesOn, const ExpiryStep &step = {})
    {
        qint64 count = 0;
        Expiring found;
        do {
            found = read().expiring(rule, found.lookedTo, step);
            if (!found.alerts.isEmpty()) {
                count += valueOf(waitFor(store().retain(RemoveAlerts{found.alerts, rule})));
            }
        } while (!found.isEnd && goesOn());
        return count;
    }
    qint64 remove(const ExpiryRule &rule, const ExpiryStep &step = {})
    {
        return remove(rule, [] { return true; }, step);
    }
    qint64 dropBodies(int days)
    {
        qint64 count = 0;
        ExpiringBodies found;
        do {
            ExpiryStep step;
            step.looked = 7;
            found = read().expiringBodies(clock.nowUtc() - days * day, clock.nowUtc(), step);
            count += valueOf(waitFor(store().retain(DropBodies{found.attempts, found.lookedTo, days})));
        } while (!found.isEnd);
        return count;
    }
    qint64 removeShapes()
    {
        const UnusedShapes found = read().unusedShapes();
        return found.isEmpty() ? 0 : valueOf(waitFor(store().retain(RemoveShapes{found}))) + removeShapes();
    }
    qint64 giveBack()
    {
        qint64 pages = 0;
        qint64 some = 0;
        do {
            some = valueOf(waitFor(store().retain(GiveBackSpace{64})));
            pages += some;
        } while (some > 0);
        return pages;
    }
    bool isThere(AlertId id) { return !read().summariesOf({id}).isEmpty(); }
    qint64 rows(const char *table)
    {
        return onDatabase(path(), {QStringLiteral("SELECT count(*) FROM ") + QLatin1String(table)}).toLongLong();
    }
    qsizetype found(const QString &words)
    {
        return read().newestMatching(valueOf(parseSearch(words, clock.nowUtc())), {}, 1000).size();
    }
    /// Every page of the database is in its place, every row has what it belongs to, and the index of words says what
    /// the alerts say.
    void checkItIsSound() const
    {
        QCOMPARE(onDatabase(path(), {QStringLiteral("PRAGMA integrity_check")}).toString(), QStringLiteral("ok"));
        QVERIFY(onDatabase(path(), {QStringLiteral("PRAGMA foreign_key_check")}).isNull());
        QTRY_COMPARE(onDatabase(path(), {QStringLiteral("SELECT count(*) FROM alert WHERE id > (SELECT CAST(value AS "
                                                        "INTEGER) FROM meta WHERE key = 'words_to')")})
                         .toLongLong(),
                     0);
        QVERIFY(isRun(path(), QStringLiteral("INSERT INTO alert_words(alert_words, rank) "
                                             "VALUES('integrity-check', 1)")));
    }

    Destination destination;
};

} // namespace courier::test
