// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "desk/intakehandler.h"

#include "intake/alertmanageranswers.h"
#include "intake/httpanswers.h"
#include "intake/httppage.h"
#include "intake/labelmatcher.h"

#include <QDeadlineTimer>

#include <algorithm>
#include <thread>
#include <utility>

namespace courier {
namespace {

/// Bodies up to this size are read on the server's thread: that takes less than passing them on.
constexpr qsizetype quickBytes = 16 * 1024;
constexpr int retrySeconds = 5;
/// Active alerts that are listed at most.
constexpr int activeLimit = 20'000;

HttpResponse full()
{
    return refusalForNow(429, QStringLiteral("Too many alerts wait to be kept already."), 1);
}

/// Why the store didn't keep what it was given.
HttpResponse notKept(const Error &error)
{
    switch (error.kind) {
    case Error::Kind::DiskFull:
        return refusalForNow(507, QStringLiteral("Nothing was taken: the disk is full."), retrySeconds);
    case Error::Kind::Invalid:
        return refusal(400, error.message);
    default:
        return refusalForNow(503, QStringLiteral("Nothing was taken: alerts can't be kept just now."), retrySeconds);
    }
}

QString wordOf(Accepted::Kind kind)
{
    switch (kind) {
    case Accepted::Kind::New:
        return QStringLiteral("new");
    case Accepted::Kind::Known:
        return QStringLiteral("known");
    case Accepted::Kind::Repeated:
        return QStringLiteral("repeated");
    case Accepted::Kind::Resolved:
        return QStringLiteral("resolved");
    }
    return {};
}

QStringList namesOf(const QList<DestinationId> &ids, const QHash<DestinationId, QString> &names)
{
    QStringList list;
    for (const DestinationId id : ids) {
        list.append(names.value(id));
    }
    return list;
}

/// All of them: one that another process has just added is not known to this one's desk yet.
QHash<DestinationId, QString> destinationNames(Queries &queries)
{
    QHash<DestinationId, QString> names;
    const QList<Destination> destinations = queries.destinations(true);
    for (const Destination &destination : destinations) {
        names.insert(destination.id, destination.name);
    }
    return names;
}

HttpResponse answerTaken(IntakeRoute route, const QList<Accepted> &kept, const FormatResult &result, StoreKey key,
                         const QHash<DestinationId, QString> &names)
{
    if (!result.faults.isEmpty()) {
        return faultsAnswer(result, kept.size());
    }
    if (route == IntakeRoute::AlertmanagerAlerts) {
        return {200, {}, {}};
    }
    QList<TakenAnswer> answers;
    answers.reserve(kept.size());
    for (const Accepted &one : kept) {
        const QString id = number(one.id) != 0 ? publicId(one.id, key) : QString();
        answers.append({id, wordOf(one.kind), one.isNew(), namesOf(one.destinations, names)});
    }
    return takenAnswer(answers);
}

bool isNamed(const QList<Accepted> &kept, const QHash<DestinationId, QString> &names)
{
    return std::all_of(kept.begin(), kept.end(), [&names](const Accepted &one) {
        return std::all_of(one.destinations.begin(), one.destinations.end(),
                           [&names](DestinationId id) { return names.contains(id); });
    });
}

} // namespace

/// What one request adds to the queue, until its answer.
class IntakeHandler::Load
{
public:
    Load(IntakeHandler &handler, qint64 alerts, qint64 bytes)
        : m_handler(handler.shared_from_this())
        , m_alerts(alerts)
        , m_bytes(bytes)
    {
        m_handler->m_waiting += m_alerts;
        m_handler->m_waitingBytes += m_bytes;
    }
    ~Load()
    {
        m_handler->m_waiting -= m_alerts;
        m_handler->m_waitingBytes -= m_bytes;
    }
    Q_DISABLE_COPY_MOVE(Load)

private:
    const std::shared_ptr<IntakeHandler> m_handler;
    const qint64 m_alerts;
    const qint64 m_bytes;
};

IntakeHandler::IntakeHandler(Store &store, const Clock &clock, const AttemptCounts &counts, QThreadPool &pool)
    : m_store(store)
    , m_clock(clock)
    , m_pool(pool)
    , m_key(store.key())
    , m_startedAt(clock.nowUtc())
    , m_metrics(counts, clock)
    , m_view(std::make_shared<const View>())
{
}

void IntakeHandler::setView(View view)
{
    auto made = std::make_shared<const View>(std::move(view));
    const std::lock_guard lock(m_mutex);
    m_view = std::move(made);
}

IntakeHandler::ViewPointer IntakeHandler::view() const
{
    const std::lock_guard lock(m_mutex);
    return m_view;
}

void IntakeHandler::close(std::chrono::milliseconds patience)
{
    constexpr std::chrono::milliseconds step{2};
    m_closed = true;
    const QDeadlineTimer deadline(patience);
    while (m_waiting > 0 && !deadline.hasExpired()) {
        std::this_thread::sleep_for(step);
    }
}

bool IntakeHandler::isFull() const
{
    return m_waiting >= waitingLimit || m_waitingBytes >= waitingBytesLimit;
}

void IntakeHandler::handle(HttpRequest request, const Responder &responder)
{
    const std::optional<IntakeRoute> route = routeOf(request.path);
    if (!route) {
        responder.answer(refusal(404, QStringLiteral("There is nothing at this path."))); // the gate says so before
    } else if (request.method == "POST") {
        take(*route, std::move(request), responder);
    } else {
        show(*route, request, responder);
    }
}

void IntakeHandler::take(IntakeRoute route, HttpRequest request, const Responder &responder)
{
    if (m_closed) {
        responder.answer(refusalForNow(503, QStringLiteral("Nothing was taken: this is ending."), retrySeconds));
    } else if (isFull()) {
        responder.answer(full());
    } else if (request.body.size() <= quickBytes) {
        read(route, request, responder);
    } else {
        m_pool.start([self = shared_from_this(), route, request = std::move(request), responder] {
            self->read(route, request, responder);
        });
    }
}

void IntakeHandler::read(IntakeRoute route, const HttpRequest &request, const Responder &responder)
{
    if (isFull()) { // others of the pool came first
        responder.answer(full());
        return;
    }
    FormatResult result = readBody(route, request, view()->severities, m_clock);
    if (result.alerts.isEmpty()) {
        responder.answer(answerTaken(route, {}, result, m_key, {}));
        return;
    }
    auto load = std::make_shared<Load>(*this, result.alerts.size(), request.body.size());
    keep(route, std::move(result), std::move(load), responder);
}

void IntakeHandler::keep(IntakeRoute route, FormatResult result, std::shared_ptr<Load> load, const Responder &responder)
{
    QFuture<Result<QList<Accepted>>> kept = m_store.take(std::exchange(result.alerts, {}));
    // Goes on where the store finishes, after the commit: nothing is answered with a 2XX before it.
    kept.then([self = shared_from_this(), route, result = std::move(result), load = std::move(load),
               responder](const Result<QList<Accepted>> &accepted) {
        if (!accepted) {
            responder.answer(notKept(accepted.error()));
        } else if (const ViewPointer shown = self->view(); isNamed(*accepted, shown->names)) {
            responder.answer(answerTaken(route, *accepted, result, self->m_key, shown->names));
        } else {
            self->m_store.read([self, route, result, load, responder, kept = *accepted](Queries &queries) {
                responder.answer(answerTaken(route, kept, result, self->m_key, destinationNames(queries)));
                return true;
            });
        }
    });
}

void IntakeHandler::show(IntakeRoute route, const HttpRequest &request, const Responder &responder)
{
    switch (route) {
    case IntakeRoute::Metrics:
        showMetrics(responder);
        break;
    case IntakeRoute::AlertmanagerAlerts:
        showActive(request, responder);
        break;
    case IntakeRoute::AlertmanagerStatus:
        responder.answer(alertmanagerStatusAnswer(m_startedAt));
        break;
    case IntakeRoute::Healthy:
    case IntakeRoute::Ready:
        responder.answer(health(route == IntakeRoute::Ready));
        break;
    default:
        responder.answer(intakePage(request, view()->url, view()->needsToken));
        break;
    }
}

HttpResponse IntakeHandler::health(bool ready) const
{
    if (ready && !m_store.health().healthy) {
        return textResponse(503, "Not ready: alerts can't be kept just now.");
    }
    return textResponse(200, ready ? "Ready" : "Healthy");
}

void IntakeHandler::showMetrics(const Responder &responder)
{
    m_store.read([self = shared_from_this(), responder](Queries &queries) {
        responder.answer(self->m_metrics.answer(queries, destinationNames(queries), self->m_waiting));
        return true;
    });
}

void IntakeHandler::showActive(const HttpRequest &request, const Responder &responder)
{
    auto query = readActiveQuery(request.query);
    if (!query) {
        responder.answer(query.error());
        return;
    }
    auto asked = std::make_shared<const ActiveQuery>(std::move(*query));
    m_store.read([self = shared_from_this(), asked, responder](Queries &queries) {
        const QHash<DestinationId, QString> names = destinationNames(queries);
        QList<ActiveAlert> active;
        for (AlertOccurrence &one : queries.activeAlerts(self->m_clock.nowUtc(), activeLimit)) {
            active.append({std::move(one.alert), std::move(one.occurrence), namesOf(one.destinations, names)});
        }
        responder.answer(activeAlertsAnswer(active, *asked));
        return true;
    });
}

} // namespace courier
