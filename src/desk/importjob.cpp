// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "desk/importjob.h"

#include "desk/severitytables.h"

#include <QFuture>

#include <utility>

namespace courier {
namespace {

constexpr int batchAlerts = 500;
constexpr qint64 batchBytes = 1024 * 1024;

ImportJob::BadEntry toBadEntry(const AlertFault &fault)
{
    return {static_cast<int>(fault.place.line), static_cast<int>(fault.place.column), sentence(fault)};
}

} // namespace

ImportJob::ImportJob(Store &store, const Clock &clock, const QString &path, const QString &source)
    : m_store(store)
    , m_clock(clock)
    , m_path(path)
    , m_source(source)
{
}

ImportJob::~ImportJob()
{
    cancel();
    if (m_thread) {
        m_thread->wait();
    }
}

void ImportJob::start()
{
    if (!m_thread) {
        m_thread.reset(QThread::create([this] { run(); }));
        m_thread->setObjectName(QStringLiteral("import"));
        m_thread->start();
    }
}

void ImportJob::cancel()
{
    m_cancelled = true;
}

void ImportJob::run()
{
    Summary summary;
    const auto reader = open();
    if (!reader) {
        summary.error = reader.error();
        Q_EMIT finished(summary);
        return;
    }
    for (bool atEnd = false; !atEnd && !m_cancelled && !summary.error;) {
        AlertFileReader::Batch batch = (*reader)->next(batchAlerts, batchBytes);
        atEnd = batch.atEnd;
        summary.error = batch.error;
        summary.progress.bytesRead = batch.bytesRead;
        summary.progress.bytesTotal = batch.bytesTotal;
        summary.progress.skipped = batch.summary.skipped;
        summary.progress.format = (*reader)->format();
        tellFaults(batch.faults, summary.progress);
        if (auto failed = keep(std::move(batch.alerts), summary.progress)) {
            summary.error = std::move(failed);
        }
        Q_EMIT progressed(summary.progress);
    }
    summary.cancelled = m_cancelled;
    Q_EMIT finished(summary);
}

Result<std::unique_ptr<AlertFileReader>> ImportJob::open()
{
    auto reader = AlertFileReader::open(m_path, m_clock);
    if (reader) {
        (*reader)->setFormat(m_format);
        (*reader)->setSource(m_source);
        (*reader)->setSeverities(m_store.read(severityTables).result());
    }
    return reader;
}

void ImportJob::tellFaults(const QList<AlertFault> &faults, Progress &progress)
{
    QList<BadEntry> entries;
    for (const AlertFault &fault : faults) {
        if (++progress.refused <= keptBadEntries || m_keepAllFaults) {
            entries.append(toBadEntry(fault));
        }
    }
    if (!entries.isEmpty()) {
        Q_EMIT refused(entries);
    }
}

// The next batch is read only once this one is committed: memory stays flat, and what is told is kept.
std::optional<Error> ImportJob::keep(QList<TakenAlert> taken, Progress &progress)
{
    if (taken.isEmpty()) {
        return std::nullopt;
    }
    QList<IncomingAlert> alerts;
    alerts.reserve(taken.size());
    for (TakenAlert &one : taken) {
        alerts.append(std::move(static_cast<IncomingAlert &>(one)));
    }
    const Result<QList<Accepted>> kept = m_store.take(std::move(alerts)).result();
    if (!kept) {
        return kept.error();
    }
    for (const Accepted &one : *kept) {
        const bool isOver = one.kind == Accepted::Kind::Resolved;
        ++(one.isNew() ? progress.taken : isOver ? progress.resolved : progress.known);
    }
    Q_EMIT accepted(*kept);
    return std::nullopt;
}

} // namespace courier
