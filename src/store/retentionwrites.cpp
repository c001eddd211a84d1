// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "store/retentionwrites.h"

#include <algorithm>

namespace courier::retentionwrites {
namespace {

QString ofDeliveries()
{
    return QStringLiteral(" WHERE delivery_id IN (SELECT id FROM delivery WHERE alert_id ") + dialect::inList() +
           QStringLiteral(")");
}

QList<qint64> stillToGo(WriteSession &session, const RemoveAlerts &step)
{
    QList<qint64> numbers;
    for (const AlertId id : step.alerts) {
        numbers.append(number(id));
    }
    Statement &rows = session.prepared(QStringLiteral("SELECT s.alert_id FROM alert_status s WHERE s.alert_id ") +
                                       dialect::inList() + QStringLiteral(" AND ") + mayGo());
    rows.runWith(QVariantList{dialect::list(numbers)} + bounds(step.rule));
    numbers.clear();
    while (rows.next()) {
        numbers.append(rows.integer(0));
    }
    return numbers;
}

// The index keeps no texts of its own: it is told the old ones, as long as they are there, of what it holds by now.
void forgetWords(WriteSession &session, const QString &list)
{
    static const QString sql = QStringLiteral("INSERT INTO alert_words(alert_words, rowid, %1) "
                                              "SELECT 'delete', id, %1 FROM alert WHERE id <= ? AND id ")
                                   .arg(WordIndex::columns()) +
                               dialect::inList();
    session.prepared(sql).run(WordIndex::lastIndexed(session.connection()), list);
}

Result<qint64> remove(WriteSession &session, const RemoveAlerts &step)
{
    const QList<qint64> alerts = stillToGo(session, step);
    if (alerts.isEmpty()) {
        return 0;
    }
    const QString list = dialect::list(alerts);
    forgetWords(session, list);
    session.prepared(QStringLiteral("DELETE FROM attempt") + ofDeliveries()).run(list);
    for (const char *table : {"delivery", "occurrence", "alert_status"}) {
        session.prepared(QStringLiteral("DELETE FROM %1 WHERE alert_id ").arg(QLatin1String(table)) + dialect::inList())
            .run(list);
    }
    session.prepared(QStringLiteral("DELETE FROM alert WHERE id ") + dialect::inList()).run(list);
    session.noteAlerts(alerts);
    return alerts.size();
}

Result<qint64> drop(WriteSession &session, const DropBodies &step)
{
    QList<qint64> attempts;
    for (const AttemptId id : step.attempts) {
        attempts.append(number(id));
    }
    qint64 count = 0;
    if (!attempts.isEmpty()) {
        Statement &update =
            session.prepared(QStringLiteral("UPDATE attempt SET response_body = x'', body_dropped_days = ? WHERE id ") +
                             dialect::inList());
        update.run(step.days, dialect::list(attempts));
        count = update.rowsChanged();
    }
    session
        .prepared(QStringLiteral("INSERT INTO meta(key, value) VALUES(?, ?) "
                                 "ON CONFLICT(key) DO UPDATE SET value = excluded.value"))
        .run(bodiesKey(), QString::number(number(step.lookedTo)));
    return count;
}

Result<qint64> removeShapes(WriteSession &session, const RemoveShapes &step)
{
    qint64 count = 0;
    const auto run = [&session, &count](const QString &change, const QString &condition, const QList<qint64> &ids) {
        if (!ids.isEmpty()) {
            Statement &statement = session.prepared(change + QStringLiteral(" WHERE id ") + dialect::inList() +
                                                    QStringLiteral(" AND ") + condition);
            statement.run(dialect::list(ids));
            count += statement.rowsChanged();
        }
    };
    run(QStringLiteral("DELETE FROM response_shape"), isUnusedResponse(), step.shapes.responses);
    run(QStringLiteral("DELETE FROM request_shape"), isUnusedRequest(), step.shapes.requests);
    run(QStringLiteral("UPDATE response_shape SET body = x''"), hasUnusedBody(), step.shapes.bodies);
    session.forgetShapes();
    return count;
}

// The index says that it merged nothing by changing no more than one row.
Result<qint64> merge(WriteSession &session, const MergeWords &step)
{
    const QString changes = QStringLiteral("SELECT total_changes()");
    const qint64 before = session.connection().number(changes);
    session.prepared(QStringLiteral("INSERT INTO alert_words(alert_words, rank) VALUES('merge', ?)")).run(step.pages);
    return session.connection().number(changes) - before < 2 ? 0 : 1;
}

// Page by page: of more, the driver would take the first step only, for the statement has no columns.
Result<qint64> giveBack(WriteSession &session, const GiveBackSpace &step)
{
    const QString freePages = QStringLiteral("PRAGMA freelist_count");
    const qint64 before = session.connection().number(freePages);
    Statement &vacuum = session.prepared(QStringLiteral("PRAGMA incremental_vacuum(1)"));
    for (qint64 page = std::min<qint64>(before, step.pages); page > 0; --page) {
        vacuum.run();
        vacuum.finish();
    }
    return before - session.connection().number(freePages);
}

} // namespace

WriteJob::Cost costOf(const RetentionStep &step)
{
    constexpr int rowsPerAlert = 4;
    if (const auto *removal = std::get_if<RemoveAlerts>(&step)) {
        return {static_cast<int>(removal->alerts.size()) * rowsPerAlert, 0};
    }
    if (const auto *bodies = std::get_if<DropBodies>(&step)) {
        return {static_cast<int>(bodies->attempts.size()), 0};
    }
    if (const auto *unused = std::get_if<RemoveShapes>(&step)) {
        const UnusedShapes &shapes = unused->shapes;
        return {static_cast<int>(shapes.requests.size() + shapes.responses.size() + shapes.bodies.size()), 0};
    }
    return {rowsPerAlert, 0};
}

Result<qint64> take(WriteSession &session, const RetentionStep &step)
{
    struct Taker
    {
        WriteSession &session;
        Result<qint64> operator()(const RemoveAlerts &one) const { return remove(session, one); }
        Result<qint64> operator()(const DropBodies &one) const { return drop(session, one); }
        Result<qint64> operator()(const RemoveShapes &one) const { return removeShapes(session, one); }
        Result<qint64> operator()(const MergeWords &one) const { return merge(session, one); }
        Result<qint64> operator()(const GiveBackSpace &one) const { return giveBack(session, one); }
    };
    return std::visit(Taker{session}, step);
}

QString mayGo()
{
    return QStringLiteral(
        "s.attention = 0 AND s.status IN (3, 4, 6, 7) AND s.alert_id < ? "
        "AND NOT EXISTS (SELECT 1 FROM delivery d WHERE d.alert_id = s.alert_id AND (d.state NOT IN (3, 4, 6) "
        "OR (d.state = 4 AND d.dismissed = 0) OR d.settled_at >= ?)) "
        "AND NOT EXISTS (SELECT 1 FROM occurrence o WHERE o.alert_id = s.alert_id AND o.resolved_at = 0 "
        "AND o.last_seen >= ?) "
        "AND s.alert_id <> (SELECT max(alert_id) FROM alert_status) "
        "AND s.alert_id <> coalesce((SELECT alert_id FROM delivery WHERE id = (SELECT max(id) FROM delivery)), 0) "
        "AND s.alert_id <> coalesce((SELECT alert_id FROM delivery WHERE id = (SELECT delivery_id FROM attempt "
        "WHERE id = (SELECT max(id) FROM attempt))), 0)");
}

QVariantList bounds(const ExpiryRule &rule)
{
    return {firstNumberOf(rule.before), rule.settledBefore, rule.seenBefore};
}

QString isUnusedRequest()
{
    return QStringLiteral("NOT EXISTS (SELECT 1 FROM attempt t WHERE t.shape_id = request_shape.id) AND "
                          "NOT EXISTS (SELECT 1 FROM response_shape s WHERE s.request_id = request_shape.id)");
}

QString isUnusedResponse()
{
    return QStringLiteral("NOT EXISTS (SELECT 1 FROM attempt t WHERE t.response_id = response_shape.id)");
}

QString hasUnusedBody()
{
    return QStringLiteral("length(body) > 0 AND NOT EXISTS (SELECT 1 FROM attempt t WHERE t.response_id = "
                          "response_shape.id AND t.body_dropped_days = 0)");
}

QString bodiesKey()
{
    return QStringLiteral("bodies_dropped_to");
}

} // namespace courier::retentionwrites
