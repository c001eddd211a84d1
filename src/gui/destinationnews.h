// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "desk/faileddelivery.h"
#include "domain/clock.h"

#include <QHash>
#include <QObject>
#include <QTimer>

#include <chrono>
#include <optional>

namespace courier {

/// What the desktop is to tell of one destination.
struct DesktopNotice
{
    DestinationId destination{};
    QString title;
    QString text;
    qint64 failures = 0; ///< deliveries that failed for good, which it tells of
    FailedDelivery last; ///< of them
};

/// Gathers what an operator who isn't looking should hear of each destination (its deliveries fail for good, it
/// struggles, it no longer does) and decides when it is told: the first at once, then what came together, once in ten
/// minutes. A struggle that is over before it was told is not told. GUI thread.
class DestinationNews : public QObject
{
    Q_OBJECT

public:
    static constexpr std::chrono::minutes interval{10}; ///< between two notices of a destination

    /// \a clock outlives it.
    explicit DestinationNews(const Clock &clock, QObject *parent = nullptr);

    /// \a name is the destination's, here and below.
    void noteFailure(const FailedDelivery &failed, const QString &name);
    /// \a reason: why it struggles; empty where it doesn't.
    void noteStruggle(DestinationId id, const QString &name, const QString &reason);
    /// Its struggle is none of the operator's concern any more: it was paused by hand, or is gone.
    void forgetStruggle(DestinationId id);
    /// Tells what is due now; it looks by itself, too.
    void look();

Q_SIGNALS:
    void due(const courier::DesktopNotice &notice);

private:
    struct Place
    {
        QString name;
        std::optional<qint64> toldAt; ///< monotonic, microseconds; nothing: that is long ago
        qint64 failures = 0;          ///< not told yet
        FailedDelivery last;          ///< of them
        QString struggle;             ///< why it does; empty where it doesn't
        bool toldFailure = false;     ///< since it last was quiet for ten minutes
        bool toldStruggle = false;    ///< the last that was told of it is that it struggles

        bool hasNews() const { return failures > 0 || toldStruggle == struggle.isEmpty(); }
    };

    Place &placeOf(DestinationId id, const QString &name);
    void lookAt(DestinationId id, Place &place);
    bool isDue(const Place &place) const;
    DesktopNotice take(DestinationId id, Place &place);
    void waitFor(const Place &place);

    const Clock &m_clock;
    QHash<DestinationId, Place> m_places;
    QTimer m_timer;
};

} // namespace courier
