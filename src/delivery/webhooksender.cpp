// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "delivery/webhooksender.h"

#include "delivery/exchange.h"
#include "delivery/processmemory.h"

#include <QAbstractEventDispatcher>

#include <algorithm>
#include <utility>

namespace courier {
namespace {

using namespace std::chrono_literals;

// Qt opens six connections to an origin. A seventh request waits inside Qt while its time-out runs: only where the
// others end at once, and then the connection goes on without a word between the threads.
constexpr int connectionsPerOrigin = 6;
constexpr int quickPerOrigin = 12;
constexpr qsizetype keptTargets = 256;
constexpr auto longestTick = 50ms;

int mostAtOnce(const SendJob &job)
{
    return job.isQuick ? quickPerOrigin : connectionsPerOrigin;
}

// A request that can't be built, for want of an address or a secret, can't be at the next attempt either.
Outcome outcomeOf(const Error &error)
{
    return error.kind == Error::Kind::Damaged ? Outcome::TlsFailed : Outcome::NotSent;
}

} // namespace

WebhookSender::WebhookSender(DeliverySource &source, const Clock &clock, const SenderOptions &options,
                             std::shared_ptr<SharedState> shared, QObject *parent)
    : QObject(parent)
    , m_source(source)
    , m_clock(clock)
    , m_options(options)
    , m_kit(clock, shared ? std::move(shared) : std::make_shared<SharedState>(clock), this)
    , m_giveWay(clock)
    , m_tick(this)
{
    m_tick.setInterval(std::clamp<std::chrono::milliseconds>(options.timeoutUnit / 10, 5ms, longestTick));
    connect(&m_tick, &QTimer::timeout, this, &WebhookSender::onTick);
}

WebhookSender::~WebhookSender() = default;

void WebhookSender::wake()
{
    if (!m_isFull && !m_isWoken.exchange(true)) {
        QMetaObject::invokeMethod(this, &WebhookSender::pull, Qt::QueuedConnection);
    }
}

void WebhookSender::pull()
{
    m_isWoken = false;
    while (!m_stopping && hasRoom()) {
        std::optional<SendJob> job = m_source.takeNext();
        if (!job) {
            break;
        }
        accept(std::move(*job));
    }
    updateBusy();
}

// A full sender looks again by itself, after each attempt it has finished.
void WebhookSender::updateBusy()
{
    m_isFull = m_stopping || !hasRoom();
}

Result<std::shared_ptr<const Target>> WebhookSender::targetOf(const SendJob &job)
{
    // The target keeps both, so that their places aren't taken by others.
    const auto key = std::pair(job.destination.get(), job.secrets.get());
    if (const auto known = m_targets.constFind(key); known != m_targets.constEnd()) {
        return *known;
    }
    auto target = Target::make(job.destination, job.secrets);
    if (target) {
        if (m_targets.size() >= keptTargets) {
            m_targets.clear();
        }
        m_targets.insert(key, *target);
    }
    return target;
}

void WebhookSender::accept(SendJob job)
{
    const auto target = targetOf(job);
    if (!target) {
        handBackUnsent(std::move(job), {outcomeOf(target.error()), target.error().message});
    } else if (m_perOrigin.value((*target)->origin()) < mostAtOnce(job)) {
        begin(std::move(job), *target);
    } else {
        m_waiting.append({std::move(job), *target});
    }
}

void WebhookSender::handBackUnsent(SendJob job, const Verdict &verdict)
{
    Attempt attempt = blankAttempt(job);
    attempt.startedAt = m_clock.nowUtc();
    attempt.maskedUrl = maskedUrl(job.destination->url);
    attempt.outcome = verdict.outcome;
    attempt.reason = verdict.reason;
    m_source.finished({std::move(job), attempt, std::nullopt});
}

// Where several answers are awaited, they come close together.
void WebhookSender::giveWayWhenBusy()
{
    if (std::exchange(m_givesWay, true)) {
        return;
    }
    connect(QAbstractEventDispatcher::instance(), &QAbstractEventDispatcher::aboutToBlock, this, [this] {
        if (m_exchanges.size() > 1) {
            m_giveWay.beforeSleep();
        }
    });
}

void WebhookSender::begin(SendJob job, const std::shared_ptr<const Target> &target)
{
    giveWayWhenBusy(); // only now it is on the thread where it stays
    if (!m_tick.isActive()) {
        m_memory = processMemory();
        m_tick.start();
    }
    const bool isSlow = job.isSlow;
    const bool isTest = job.trigger == Trigger::Test;
    auto *exchange = new Exchange(std::move(job), target, m_kit);
    exchange->setParent(this);
    connect(exchange, &Exchange::ended, this, &WebhookSender::onEnded);
    if (isTest) {
        connect(exchange, &Exchange::stageReached, this, &WebhookSender::stageReached);
    }
    m_exchanges.append(exchange);
    if (isSlow) {
        m_slow.insert(exchange);
    }
    ++m_perOrigin[target->origin()];
    exchange->begin({target->destination().timeoutSeconds * m_options.timeoutUnit, m_memory});
}

void WebhookSender::beginWaiting()
{
    const auto isFree = [this](const Waiting &one) {
        return m_perOrigin.value(one.target->origin()) < mostAtOnce(one.job);
    };
    const auto next = std::find_if(m_waiting.cbegin(), m_waiting.cend(), isFree);
    if (next != m_waiting.cend()) {
        Waiting one = m_waiting.takeAt(next - m_waiting.cbegin());
        begin(std::move(one.job), one.target);
    }
}

void WebhookSender::onEnded(Exchange *exchange)
{
    m_exchanges.removeOne(exchange);
    m_slow.remove(exchange);
    const QString origin = exchange->target().origin();
    if (--m_perOrigin[origin] == 0) {
        m_perOrigin.remove(origin);
    }
    if (exchange->leftUnread()) {
        m_kit.connections.drop(exchange->place());
    }
    m_source.finished(exchange->takeResult());
    exchange->deleteLater();
    beginWaiting();
    updateBusy();
    pull();
    stopIfDone();
}

void WebhookSender::onTick()
{
    if (m_exchanges.isEmpty()) {
        m_tick.stop();
        return;
    }
    m_memory = processMemory();
    const qint64 now = m_clock.monotonic();
    const QList<Exchange *> exchanges = m_exchanges; // those that end leave the list
    for (Exchange *exchange : exchanges) {
        if (exchange->isDue(now)) {
            exchange->timeOut();
        } else if (exchange->isUnanswered() && m_memory - exchange->memoryBefore() > m_options.unansweredMemory) {
            exchange->oversize();
        } else if (exchange->lasts(now)) {
            m_slow.insert(exchange);
        }
    }
    updateBusy();
    pull(); // those that last have made room
}

void WebhookSender::stop(std::chrono::milliseconds grace)
{
    m_stopping = true;
    updateBusy();
    QTimer::singleShot(grace, this, &WebhookSender::interruptAll);
    stopIfDone();
}

void WebhookSender::interruptAll()
{
    for (Waiting &one : std::exchange(m_waiting, {})) {
        handBackUnsent(std::move(one.job), interruptedVerdict());
    }
    const QList<Exchange *> exchanges = m_exchanges; // those that end leave the list
    for (Exchange *exchange : exchanges) {
        exchange->interrupt();
    }
    stopIfDone();
}

void WebhookSender::stopIfDone()
{
    if (m_stopping && outstanding() == 0) {
        m_kit.clear();
        m_tick.stop();
        Q_EMIT stopped();
    }
}

} // namespace courier
