// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QByteArray>
#include <QFile>
#include <QProcessEnvironment>
#include <QString>
#include <QTemporaryDir>

namespace courier::test {

/// A disk that fails under one directory for the processes that are started with its environment, as failingdisk.cpp
/// says. For one thread.
class FailingDisk
{
public:
    /// \a library is the one to preload; \a directory is what it stands for.
    FailingDisk(const QString &library, const QString &directory)
        : m_library(library)
        , m_directory(directory)
    {
    }

    /// What fails from now on: "sync EIO", "write ENOSPC"; empty: nothing.
    void fail(const QByteArray &calls)
    {
        const QString draft = m_place.filePath(QStringLiteral("draft"));
        QFile file(draft);
        if (!file.open(QIODevice::WriteOnly) || file.write(calls) != calls.size()) {
            qFatal("what is to fail can't be written");
        }
        file.close();
        QFile::remove(told()); // it may be read in between: then nothing fails for a moment
        QFile::rename(draft, told());
    }

    /// In place of the call of this number the process is killed; 0: never.
    QProcessEnvironment environment(int killAt = 0) const
    {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("LD_PRELOAD"), m_library);
        environment.insert(QStringLiteral("FAILING_DISK_DIR"), m_directory);
        environment.insert(QStringLiteral("FAILING_DISK_FILE"), told());
        if (killAt > 0) {
            environment.insert(QStringLiteral("FAILING_DISK_KILL"), QString::number(killAt));
        }
        return environment;
    }

    /// A sanitizer wants to be the first library itself.
    static constexpr bool isOfUse =
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
        false;
#else
        true;
#endif

private:
    QString told() const { return m_place.filePath(QStringLiteral("told")); }

    QString m_library;
    QString m_directory;
    QTemporaryDir m_place;
};

} // namespace courier::test
