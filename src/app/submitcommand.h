// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/commandline.h"
#include "desk/importjob.h"

#include <QIODevice>
#include <QObject>
#include <QTextStream>

#include <memory>

namespace courier {

/// `alert-courier submit`: puts the alerts of a file into the store and prints what became of each; whichever process
/// sends notices by itself. Emits finished() with the exit code. Lives on the main thread.
class SubmitCommand : public QObject
{
    Q_OBJECT

public:
    /// \a store and \a clock outlive the command.
    SubmitCommand(Store &store, const Clock &clock, const CommandLine &line, QObject *parent = nullptr);
    void start();

Q_SIGNALS:
    void finished(int exitCode);

private:
    void begin(const QList<Destination> &destinations);
    void print(const QList<Accepted> &accepted);
    QString plainLine(const Accepted &one) const;
    QByteArray jsonLine(const Accepted &one) const;
    QStringList namesOf(const Accepted &one) const;
    void printFaults(const QList<ImportJob::BadEntry> &entries);
    void end(const ImportJob::Summary &summary);

    Store &m_store;
    const Clock &m_clock;
    CommandLine m_line;
    QHash<DestinationId, QString> m_names;
    std::unique_ptr<ImportJob> m_job;
    QTextStream m_out;
    QTextStream m_err;
    bool m_anyRefused = false;
};

} // namespace courier
