// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "domain/clock.h"
#include "domain/destination.h"

#include <QDate>
#include <QHash>
#include <QObject>
#include <QTimer>

namespace courier {

/// Tells when what is said of the receivers' certificates is no longer true because time went by: one is about to
/// expire, has expired, or has a day less. Lives on the main thread; its timer runs only while
/// there is a certificate.
class CertificateWatch : public QObject
{
    Q_OBJECT

public:
    /// \a clock outlives it.
    explicit CertificateWatch(const Clock &clock, QObject *parent = nullptr);

    /// From here on the log is told, too: of the process that sends.
    void startLogging();
    void setDestinations(const QList<Destination> &destinations);
    /// Looks at the clock now; it is looked at every minute, too: it may be set.
    void look();

Q_SIGNALS:
    void changed();

private:
    using Standings = QHash<DestinationId, CertificateStanding>; ///< without the good ones

    Standings standings(qint64 now) const;
    void log(const Standings &before) const;
    void wait(qint64 now);

    const Clock &m_clock;
    QList<Destination> m_destinations; ///< those with a certificate
    Standings m_standings;
    QDate m_today; ///< while there is one that isn't good
    QTimer m_timer;
    bool m_logs = false;
};

} // namespace courier
