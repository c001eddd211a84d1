// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "delivery/deliverysource.h"
#include "delivery/outcome.h"
#include "delivery/senderkit.h"
#include "delivery/sendstage.h"
#include "delivery/target.h"
#include "domain/clock.h"

#include <QNetworkReply>
#include <QObject>

#include <memory>

namespace courier {

class OneShotBody;
class Preparation;

/// The record of an attempt of \a job before anything happened.
Attempt blankAttempt(const SendJob &job);

/// One attempt under way: what has to be found out before, the request, what comes back of it, and the record of all.
/// Where an access token isn't taken, the request is made a second time with a new one. Lives on its sender's thread,
/// from begin() to ended().
class Exchange final : public QObject
{
    Q_OBJECT

public:
    struct Limits
    {
        std::chrono::microseconds time; ///< over the whole attempt
        qint64 memoryBefore;            ///< of the process, bytes, when it began
    };

    /// \a kit must outlive the exchange.
    Exchange(SendJob job, std::shared_ptr<const Target> target, SenderKit &kit);

    void begin(const Limits &limits);
    const Target &target() const { return *m_target; }
    const Connections::Place &place() const { return m_use.place(); }
    bool isDue(qint64 nowUs) const { return nowUs - m_startedUs >= m_limits.time.count(); }
    /// It takes longer than most, and costs nothing while it waits.
    bool lasts(qint64 nowUs) const { return nowUs - m_startedUs >= lastsFrom.count(); }
    /// What comes before an answer is handed out (its headers, the body of a 401) has no bound in Qt: see oversize().
    bool isUnanswered() const { return m_attempt.status == 0; }
    qint64 memoryBefore() const { return m_limits.memoryBefore; }
    /// The connection is in doubt: it may hold the rest of an answer that would be taken for another's.
    bool leftUnread() const { return m_leftUnread; }

    // End it now, come what may.
    void timeOut();
    void interrupt();
    void oversize();

    SendResult takeResult();

Q_SIGNALS:
    void ended(courier::Exchange *exchange);
    void stageReached(qint64 ticket, courier::SendStage stage, qint64 microseconds);

private:
    void prepare(const QByteArray &refusedToken);
    void post(const Way &way, const QByteArray &token);
    bool renewToken();
    void connectReply();
    void onEncrypted();
    void notePeer();
    void onConnecting();
    void reach(SendStage stage, qint64 AttemptTiming::*moment);
    void onSslErrors(const QList<QSslError> &errors);
    void onHeaders();
    void waitWithoutHeaders();
    void onBody();
    void onFinished();
    void readBody();
    void giveUp(const Verdict &verdict);
    void conclude(const Verdict &verdict);
    bool probe();
    FinalAnswer answer() const;
    Breakdown breakdown() const;
    qint64 elapsedUs() const { return m_kit.clock.monotonic() - m_startedUs; }

    SendJob m_job;
    std::shared_ptr<const Target> m_target;
    SenderKit &m_kit;
    Preparation *m_preparation = nullptr; ///< a child; null where nothing has to be found out
    Connections::Use m_use;               ///< kept until the reply is gone
    QNetworkReply *m_reply = nullptr;     ///< the pool's child; null before the request goes
    OneShotBody *m_body = nullptr;        ///< the reply's child
    QByteArray m_token;                   ///< that the request bears
    bool m_isRenewed = false;             ///< the token was
    int m_connects = 0;                   ///< how often it was begun to connect
    Way m_way;                            ///< that the request went
    Attempt m_attempt;
    Limits m_limits{};
    qint64 m_startedUs = 0;
    qint64 m_announced = -1; ///< Content-Length
    std::optional<std::chrono::milliseconds> m_retryAfter;
    QStringList m_tlsReasons;
    bool m_leftUnread = false;
    bool m_isWrongPin = false;
};

} // namespace courier
