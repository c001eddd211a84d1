// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "store/alertstatus.h"

namespace courier::alertstatus {
namespace {

// States in the order of precedence (Failed, Sending, Retrying, Queued, Held, Delivered, Cancelled), and back.
QString status()
{
    return QStringLiteral("CASE min(CASE d.state WHEN 4 THEN 0 WHEN 1 THEN 1 WHEN 2 THEN 2 WHEN 0 THEN 3 WHEN 5 THEN 4 "
                          "WHEN 3 THEN 5 ELSE 6 END) WHEN 0 THEN 4 WHEN 1 THEN 1 WHEN 2 THEN 2 WHEN 3 THEN 0 "
                          "WHEN 4 THEN 5 WHEN 5 THEN 3 WHEN 6 THEN 6 ELSE 7 END");
}

QString update()
{
    return QStringLiteral("UPDATE alert_status SET (status, attention, settled_at) = (SELECT ") + status() +
           QStringLiteral(", coalesce(max(CASE WHEN d.state = 4 AND d.dismissed = 0 THEN 1 ELSE 0 END), 0), "
                          "CASE WHEN min(CASE WHEN d.state IN (3, 6) THEN 1 ELSE 0 END) = 1 "
                          "THEN coalesce(max(CASE d.state WHEN 3 THEN d.settled_at END), 0) / 1000 ELSE 0 END "
                          "FROM delivery d WHERE d.alert_id = alert_status.alert_id) WHERE alert_status.alert_id ");
}

} // namespace

void insertFrom(WriteSession &session, qint64 first)
{
    static const QString sql =
        QStringLiteral("INSERT INTO alert_status(alert_id, severity, type, status, attention, settled_at, life) "
                       "SELECT a.id, a.severity, a.type, (SELECT ") +
        status() +
        QStringLiteral(" FROM delivery d WHERE d.alert_id = a.id), 0, 0, EXISTS (SELECT 1 FROM occurrence o WHERE "
                       "o.alert_id = a.id) FROM alert a WHERE a.id >= ?");
    session.prepared(sql).run(first);
}

void setLives(WriteSession &session, const QList<qint64> &alerts)
{
    static const QString sql =
        QStringLiteral("UPDATE alert_status SET life = (SELECT CASE WHEN o.resolved_at = 0 THEN 1 ELSE 2 END FROM "
                       "occurrence o WHERE o.alert_id = alert_status.alert_id) WHERE alert_id ") +
        dialect::inList();
    session.prepared(sql).run(dialect::list(alerts));
}

void refresh(WriteSession &session, DeliveryId changed)
{
    static const QString sql = update() + QStringLiteral("= (SELECT alert_id FROM delivery WHERE id = ?)");
    session.prepared(sql).run(changed);
}

// A state has the number of the status that it comes to.
bool setOfOnly(WriteSession &session, AlertId alert, DeliveryId delivery, DeliveryState state, qint64 now)
{
    static const QString sql =
        QStringLiteral("UPDATE alert_status SET status = ?, attention = ?, settled_at = ? WHERE alert_id = ? AND NOT "
                       "EXISTS (SELECT 1 FROM delivery d WHERE d.alert_id = ? AND d.id <> ?)");
    Statement &update = session.prepared(sql);
    update.run(state, state == DeliveryState::Failed, state == DeliveryState::Delivered ? now / 1000 : 0, alert, alert,
               delivery);
    return update.rowsChanged() > 0;
}

void refresh(WriteSession &session, const QList<qint64> &alerts)
{
    static const QString sql = update() + dialect::inList();
    session.prepared(sql).run(dialect::list(alerts));
}

} // namespace courier::alertstatus
