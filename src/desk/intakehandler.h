// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "desk/metricspage.h"
#include "httpd/responder.h"
#include "intake/httpbodies.h"
#include "store/store.h"

#include <QHash>
#include <QThreadPool>
#include <QUrl>

#include <atomic>
#include <chrono>
#include <memory>
#include <mutex>

namespace courier {

/// Answers what comes to the endpoint: reads the alerts, hands them to the store, and answers once they are committed.
/// handle() is called on the server's thread and is quick: large bodies are read in the pool, and answers are given
/// where the store finishes. The rest is for any thread. It may live on until the store has ended, by the requests that
/// still wait for it.
class IntakeHandler : public std::enable_shared_from_this<IntakeHandler>
{
public:
    /// So many alerts, and so many bytes of theirs, wait for their commit at most; past it the answer is 429.
    static constexpr qint64 waitingLimit = 20'000;
    static constexpr qint64 waitingBytesLimit = 32 * 1024 * 1024;

    /// What may change while it listens.
    struct View
    {
        QUrl url; ///< where it listens
        bool needsToken = false;
        SeverityMaps severities;
        QHash<DestinationId, QString> names; ///< deleted destinations, too
    };

    /// All of them outlive the server whose requests it is given.
    IntakeHandler(Store &store, const Clock &clock, const AttemptCounts &counts, QThreadPool &pool);

    void setView(View view);
    /// Takes nothing more, and waits until what was handed to the store is answered, at most \a patience.
    void close(std::chrono::milliseconds patience);
    void reopen() { m_closed = false; }
    void handle(HttpRequest request, const Responder &responder);

private:
    using ViewPointer = std::shared_ptr<const View>;
    class Load; // on the queue, as long as it lives

    ViewPointer view() const;
    bool isFull() const;
    void take(IntakeRoute route, HttpRequest request, const Responder &responder);
    void read(IntakeRoute route, const HttpRequest &request, const Responder &responder);
    void keep(IntakeRoute route, FormatResult result, std::shared_ptr<Load> load, const Responder &responder);
    void show(IntakeRoute route, const HttpRequest &request, const Responder &responder);
    void showMetrics(const Responder &responder);
    void showActive(const HttpRequest &request, const Responder &responder);
    HttpResponse health(bool ready) const;

    Store &m_store;
    const Clock &m_clock;
    QThreadPool &m_pool;
    const StoreKey m_key;
    const qint64 m_startedAt;
    MetricsPage m_metrics;
    std::atomic<bool> m_closed = false;
    std::atomic<qint64> m_waiting = 0;
    std::atomic<qint64> m_waitingBytes = 0;
    mutable std::mutex m_mutex;
    ViewPointer m_view; ///< guarded by m_mutex
};

} // namespace courier
