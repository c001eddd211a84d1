// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "store/deliverywrites.h"
#include "store/destinationwrites.h"

#include <functional>
#include <utility>

namespace courier {

/// An attempt that was made: tried again until it is kept. On the writer's thread.
class RecordJob final : public WriteJob
{
public:
    RecordJob(AttemptRecord record, std::function<void()> whenCommitted)
        : WriteJob({1, record.attempt.responseBody.size() + record.attempt.responseHeaders.size()})
        , m_record(std::move(record))
        , m_committed(std::move(whenCommitted))
    {
    }

    bool mayLinger() const override { return true; }
    bool isKept() const override { return true; }
    Result<void> run(WriteSession &session) override
    {
        deliverywrites::record(session, m_record);
        return {};
    }
    bool committed() override
    {
        if (m_committed) {
            m_committed();
        }
        return false;
    }
    void failed(const Error &error) override
    {
        qCCritical(lcStore).noquote() << "An attempt can't be recorded:" << error.detail;
        committed();
    }

private:
    AttemptRecord m_record;
    std::function<void()> m_committed;
};

/// Shows a delivery as Sending; not missed where it fails. On the writer's thread.
class MarkSendingJob final : public WriteJob
{
public:
    explicit MarkSendingJob(DeliveryId id)
        : m_id(id)
    {
    }

    bool mayLinger() const override { return true; }
    Result<void> run(WriteSession &session) override
    {
        deliverywrites::markSending(session, m_id);
        return {};
    }
    bool committed() override { return false; }
    void failed(const Error &error) override { qCDebug(lcStore).noquote() << "Not shown as sending:" << error.detail; }

private:
    DeliveryId m_id;
};

/// Keeps that a destination struggles; not missed where it fails. On the writer's thread.
class StruggleJob final : public WriteJob
{
public:
    explicit StruggleJob(StruggleNote note)
        : m_note(std::move(note))
    {
    }

    bool mayLinger() const override { return true; }
    Result<void> run(WriteSession &session) override
    {
        destinationwrites::noteStruggle(session, m_note);
        return {};
    }
    bool committed() override { return false; }
    void failed(const Error &error) override { qCDebug(lcStore).noquote() << "Not noted:" << error.detail; }

private:
    StruggleNote m_note;
};

} // namespace courier
