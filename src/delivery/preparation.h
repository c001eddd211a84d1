// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "delivery/senderkit.h"
#include "delivery/target.h"

#include <QFutureWatcher>
#include <QObject>

#include <chrono>
#include <memory>

namespace courier {

/// What has to be found out before a request can go: its access token and its way. Lives on its sender's thread, as a
/// child of the attempt it is for; done once.
class Preparation final : public QObject
{
    Q_OBJECT

public:
    struct Question
    {
        int turn = 0;                      ///< see WayFinder::find()
        QByteArray refusedToken;           ///< one that the receiver didn't take
        std::chrono::microseconds limit{}; ///< of asking for a token
    };

    Preparation(std::shared_ptr<const Target> target, SenderKit &kit, QObject *parent);

    void start(const Question &question);
    /// What it is waiting for is the token endpoint's answer.
    bool waitsForToken() const { return m_answer.isRunning(); }

Q_SIGNALS:
    /// May come from within start().
    void ready(const courier::Way &way, const QByteArray &token);
    /// Never comes from within start().
    void failed(const courier::Verdict &verdict);

private:
    void findToken();
    void onToken(const TokenResult &result);
    void findWay();
    void fail(const Verdict &verdict);

    std::shared_ptr<const Target> m_target;
    SenderKit &m_kit;
    Question m_question;
    QFutureWatcher<TokenResult> m_answer;
    QByteArray m_token;
};

} // namespace courier
