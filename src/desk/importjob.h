// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "domain/clock.h"
#include "intake/fileimport.h"
#include "store/store.h"

#include <QObject>
#include <QThread>

#include <atomic>
#include <memory>

namespace courier {

/// Reads a file of alerts into the store, a batch at a time: the next is read when the last is committed, so memory
/// stays flat. Works on a thread of its own; the object lives on the main thread.
class ImportJob : public QObject
{
    Q_OBJECT

public:
    struct BadEntry
    {
        int line = 0;   ///< 1-based
        int column = 0; ///< 1-based
        QString reason; ///< names the field (translated)
    };
    struct Progress
    {
        qint64 bytesRead = 0;
        qint64 bytesTotal = -1; ///< -1 where it isn't known (a pipe)
        qint64 taken = 0;
        qint64 known = 0;    ///< there already: by their alertId, or as repeats of what lasts
        qint64 resolved = 0; ///< said to be over
        qint64 skipped = 0;  ///< records that are no alerts, and nothing is wrong with them
        qint64 refused = 0;
        const Format *format = nullptr; ///< set or found; null as long as it isn't known
    };
    struct Summary
    {
        Progress progress;
        bool cancelled = false;
        std::optional<Error> error; ///< why it ended early
    };
    static constexpr int keptBadEntries = 1000; ///< of more, only the number is told

    /// \a path: "-" is standard input; \a source is what the alerts bear as theirs. \a store and \a clock outlive it.
    ImportJob(Store &store, const Clock &clock, const QString &path, const QString &source);
    ~ImportJob() override; ///< cancels and waits

    QString path() const { return m_path; }
    /// The format of the file; null (as at first): guessed by its first record. Before start().
    void setFormat(const Format *format) { m_format = format; }
    /// Tells every bad entry, not only the first keptBadEntries: for a listener that doesn't keep them. Before start().
    void tellAllFaults() { m_keepAllFaults = true; }
    void start();
    void cancel();

Q_SIGNALS:
    void progressed(const courier::ImportJob::Progress &progress);
    void accepted(const QList<courier::Accepted> &accepted); ///< batch by batch, in the order of the file
    void refused(const QList<courier::ImportJob::BadEntry> &entries);
    void finished(const courier::ImportJob::Summary &summary);

private:
    void run();
    Result<std::unique_ptr<AlertFileReader>> open();
    void tellFaults(const QList<AlertFault> &faults, Progress &progress);
    std::optional<Error> keep(QList<TakenAlert> taken, Progress &progress);

    Store &m_store;
    const Clock &m_clock;
    QString m_path;
    QString m_source;
    const Format *m_format = nullptr;
    std::unique_ptr<QThread> m_thread;
    std::atomic<bool> m_cancelled = false;
    bool m_keepAllFaults = false;
};

} // namespace courier
