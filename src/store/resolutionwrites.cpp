// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "store/resolutionwrites.h"

#include "domain/delivery.h"
#include "store/alertstatus.h"

namespace courier::resolutionwrites {
namespace {

// Of the alerts that \a which finds: those over, settled and not told of to the destination.
QList<qint64> untold(WriteSession &session, const Destination &to, const QString &which, const QVariant &value)
{
    QList<qint64> alerts;
    Statement &rows = session.prepared(
        QStringLiteral("SELECT d.alert_id FROM delivery d JOIN occurrence o ON o.alert_id = d.alert_id WHERE d.%1 AND "
                       "d.destination_id = ? AND d.kind = 0 AND +d.state IN (3, 4, 6) AND +o.resolved_at <> 0 AND NOT "
                       "EXISTS (SELECT 1 FROM delivery r WHERE r.alert_id = d.alert_id AND r.destination_id = "
                       "d.destination_id AND r.kind = 1) ORDER BY d.alert_id")
            .arg(which));
    rows.runWith({value, number(to.id)});
    while (rows.next()) {
        alerts.append(rows.integer(0));
    }
    return alerts;
}

void insert(WriteSession &session, const QList<qint64> &alerts, const Destination &to)
{
    const DeliveryState state = to.paused ? DeliveryState::Held : DeliveryState::Queued;
    for (const qint64 alert : alerts) {
        session
            .prepared(QStringLiteral("INSERT INTO delivery(id, alert_id, destination_id, state, kind) "
                                     "VALUES(?, ?, ?, ?, ?)"))
            .run(session.nextNumber(), alert, to.id, state, DeliveryKind::Resolution);
    }
    alertstatus::refresh(session, alerts);
}

} // namespace

void makeFor(WriteSession &session, const QList<qint64> &alerts)
{
    for (const Destination &to : session.destinations()) {
        if (to.resolutions) {
            insert(session, untold(session, to, QStringLiteral("alert_id ") + dialect::inList(), dialect::list(alerts)),
                   to);
        }
    }
}

void makeAfter(WriteSession &session, DeliveryId settled, DestinationId destination)
{
    const Destination *to = session.destination(destination);
    if (to && to->resolutions) {
        insert(session, untold(session, *to, QStringLiteral("id = ?"), number(settled)), *to);
    }
}

} // namespace courier::resolutionwrites
