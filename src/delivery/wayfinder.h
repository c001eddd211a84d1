// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "delivery/outcome.h"
#include "delivery/route.h"
#include "domain/clock.h"

#include <QFuture>
#include <QHash>
#include <QHostInfo>
#include <QObject>

#include <atomic>
#include <functional>
#include <memory>
#include <optional>

namespace courier {

/// A way, or why there is none.
using FoundWay = tl::expected<Way, Verdict>;

/// Finds the way of each request: through which proxy, and, where targets are guarded, to which of its host's
/// addresses. Lives on its sender's thread and never blocks it.
class WayFinder final : public QObject
{
    Q_OBJECT

public:
    using Then = std::function<void(const FoundWay &)>;

    /// \a guarded: refuse what targetguard refuses; may change at any time, on any thread.
    WayFinder(const Clock &clock, std::shared_ptr<const std::atomic_bool> guarded, QObject *parent = nullptr);
    ~WayFinder() override;

    bool isGuarded() const { return *m_guarded; }
    /// Calls \a then on this thread, at once where there is nothing to wait for, unless \a context has gone by then.
    /// \a turn chooses among several addresses: the next attempt tries the next.
    void find(const TargetRoute &route, int turn, QObject *context, Then then);

private:
    struct SystemAnswer
    {
        QNetworkProxy proxy;
        qint64 until = 0; ///< monotonic, microseconds
    };
    struct Search;

    void askSystem(const std::shared_ptr<Search> &search);
    void guard(const std::shared_ptr<Search> &search);
    void resolve(const std::shared_ptr<Search> &search, const QString &host,
                 std::function<void(const QHostInfo &)> then);
    void guardDirect(const std::shared_ptr<Search> &search);
    void guardProxied(const std::shared_ptr<Search> &search);
    void guardOwnProxy(const std::shared_ptr<Search> &search, std::function<void()> then);

    const Clock &m_clock;
    std::shared_ptr<const std::atomic_bool> m_guarded;
    QHash<QString, SystemAnswer> m_system;           ///< by origin
    QHash<QString, QFuture<QNetworkProxy>> m_asking; ///< by origin
};

} // namespace courier
