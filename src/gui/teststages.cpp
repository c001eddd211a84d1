// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "gui/teststages.h"

#include "models/words.h"

#include <QCoreApplication>

#include <algorithm>

namespace courier {
namespace {

QString say(const char *text)
{
    return QCoreApplication::translate("TestStages", text);
}

void span(Stage &stage, Stage::State state, qint64 begin, qint64 end)
{
    stage.state = state;
    stage.begin = begin;
    stage.end = std::max(begin, end);
}

bool isOpen(const Stage &stage)
{
    return stage.state == Stage::State::Waiting || stage.state == Stage::State::Running;
}

} // namespace

TestStages::TestStages(bool isTls)
    : m_isTls(isTls)
    , m_connect{say("Connect"), Stage::State::Waiting, 0, 0, {}}
    , m_tls{say("TLS"), Stage::State::Waiting, 0, 0, {}}
    , m_sent{say("Sent"), Stage::State::Waiting, 0, 0, {}}
    , m_answered{say("Answered"), Stage::State::Waiting, 0, 0, {}}
{
    if (!m_isTls) {
        m_tls.state = Stage::State::Skipped;
        m_tls.words = say("not used");
    }
}

void TestStages::reach(SendStage stage, qint64 microseconds)
{
    switch (stage) {
    case SendStage::Connecting:
        m_connect.state = Stage::State::Running;
        return;
    case SendStage::Encrypted:
        closeConnect(microseconds);
        m_sent.state = Stage::State::Running;
        return;
    case SendStage::Sent:
        closeConnect(microseconds);
        span(m_sent, Stage::State::Done, m_connect.end, microseconds);
        m_sent.words = m_isTls ? words::duration(m_sent.end - m_sent.begin) : say("at once");
        m_answered.state = Stage::State::Running;
        return;
    case SendStage::Answered:
        reach(SendStage::Sent, m_sent.state == Stage::State::Done ? m_sent.end : microseconds);
        span(m_answered, Stage::State::Done, m_sent.end, microseconds);
        m_answered.words = words::duration(m_answered.end - m_answered.begin);
        return;
    }
}

void TestStages::finish(const Attempt &attempt)
{
    *this = TestStages(m_isTls);
    const AttemptTiming &timing = attempt.timing;
    const auto reachAt = [this](SendStage stage, qint64 moment) {
        if (moment >= 0) {
            reach(stage, moment);
        }
    };
    reachAt(SendStage::Connecting, timing.connectStarted);
    reachAt(SendStage::Encrypted, timing.encrypted);
    reachAt(SendStage::Sent, timing.requestSent);
    reachAt(SendStage::Answered, timing.answered);
    if (attempt.outcome == Outcome::Rejected) {
        m_answered.state = Stage::State::Failed;
        m_answered.words = say("%1, %2").arg(QString::number(attempt.status), m_answered.words);
    } else if (attempt.outcome != Outcome::Acknowledged) {
        failFirstOpen(attempt);
    }
}

// Where the connection was kept from before there is nothing to show but that it stood.
void TestStages::closeConnect(qint64 at)
{
    if (!isOpen(m_connect)) {
        return;
    }
    const bool isNew = m_connect.state == Stage::State::Running;
    span(m_connect, isNew ? Stage::State::Done : Stage::State::Skipped, 0, isNew ? at : 0);
    const QString took = words::duration(m_connect.end - m_connect.begin);
    m_connect.words = !isNew ? say("still open") : m_isTls ? say("%1 with TLS").arg(took) : took;
    if (m_isTls) {
        m_tls.state = m_connect.state;
        m_tls.begin = m_connect.begin;
        m_tls.end = m_connect.end;
        m_tls.words = isNew ? say("certificate accepted") : m_connect.words;
    }
}

void TestStages::fail(Stage &stage, const Attempt &attempt)
{
    span(stage, Stage::State::Failed, stage.begin, attempt.durationUs);
    stage.words = words::duration(stage.end - stage.begin);
}

void TestStages::failFirstOpen(const Attempt &attempt)
{
    if (attempt.outcome == Outcome::TlsFailed && m_isTls && isOpen(m_connect)) {
        span(m_connect, Stage::State::Done, 0, attempt.durationUs);
    }
    const bool neverLeft = attempt.timing.connectStarted < 0 &&
                           (attempt.outcome == Outcome::AuthFailed || attempt.outcome == Outcome::GuardRefused);
    bool isFailed = attempt.outcome == Outcome::NotSent || neverLeft;
    for (Stage *stage : {&m_connect, &m_tls, &m_sent, &m_answered}) {
        if (!isOpen(*stage)) {
            continue;
        }
        if (isFailed) {
            stage->state = Stage::State::Waiting;
            stage->words = say("not reached");
            continue;
        }
        stage->begin = std::max(stage->begin, std::max(m_connect.end, m_sent.end));
        fail(*stage, attempt);
        isFailed = true;
    }
}

} // namespace courier
