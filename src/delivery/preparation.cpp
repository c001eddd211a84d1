// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "delivery/preparation.h"

#include "delivery/tokenrequest.h"

namespace courier {

Preparation::Preparation(std::shared_ptr<const Target> target, SenderKit &kit, QObject *parent)
    : QObject(parent)
    , m_target(std::move(target))
    , m_kit(kit)
    , m_answer(this)
{
    connect(&m_answer, &QFutureWatcherBase::finished, this, [this] { onToken(m_answer.result()); });
}

void Preparation::start(const Question &question)
{
    m_question = question;
    if (m_target->tokenSource()) {
        findToken();
    } else {
        findWay();
    }
}

void Preparation::findToken()
{
    const auto &source = m_target->tokenSource();
    const TokenStore::Claim claim = m_kit.shared->tokens.claim(source->key, m_question.refusedToken);
    if (claim.token) {
        m_token = *claim.token;
        findWay();
        return;
    }
    m_answer.setFuture(claim.answer);
    if (claim.mustFetch) {
        // Not a child of ours: others wait for it too, and it outlives an attempt that is given up.
        auto *request = new TokenRequest(source, m_kit, &m_kit.ways);
        // Sooner than the attempt would time out, so that it is told what kept it.
        request->start(m_question.turn, m_question.limit * 9 / 10);
    }
}

void Preparation::onToken(const TokenResult &result)
{
    if (result) {
        m_token = result->value;
        findWay();
    } else {
        Q_EMIT failed(result.error());
    }
}

void Preparation::findWay()
{
    m_kit.ways.find(m_target->route(), m_question.turn, this, [this](const FoundWay &way) {
        if (way) {
            Q_EMIT ready(*way, m_token);
        } else {
            fail(way.error());
        }
    });
}

void Preparation::fail(const Verdict &verdict)
{
    QMetaObject::invokeMethod(this, [this, verdict] { Q_EMIT failed(verdict); }, Qt::QueuedConnection);
}

} // namespace courier
