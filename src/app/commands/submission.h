// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/commands/run.h"
#include "desk/importjob.h"

#include <QObject>

#include <memory>

namespace courier::commands {

/// "FILE:LINE:COLUMN: reason" on stderr; standard input is "stdin".
void complainOf(Run &run, const QString &file, qint64 line, qint64 column, const QString &reason);

/// What `submit` does: puts the alerts of a file into the store, prints what became of each, and quits the program's
/// event loop with the exit code. Main thread.
class Submission : public QObject
{
    Q_OBJECT

public:
    /// \a run outlives it. \a file: "-" is standard input. \a format: null to guess it.
    Submission(Run &run, const QString &file, const Format *format);
    void start();

private:
    void print(const QList<Accepted> &accepted);
    QString words(const Accepted &one);
    QStringList namesOf(const Accepted &one);
    void printFaults(const QList<ImportJob::BadEntry> &entries);
    void end(const ImportJob::Summary &summary);

    Run &m_run;
    QString m_file;
    const Format *m_format;
    std::unique_ptr<ImportJob> m_job;
    bool m_anyRefused = false;
};

} // namespace courier::commands
