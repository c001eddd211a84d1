// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "httpd/rawclient.h"

#include <QDeadlineTimer>
#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QStringList>

namespace courier::test {

/// What the system says of a process' memory, kB: "VmRSS" what it has in memory now, "VmHWM" the most it had.
inline qint64 memoryOf(qint64 process, const QByteArray &name)
{
    QFile file(QStringLiteral("/proc/%1/status").arg(process));
    const QByteArray all = file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    const qsizetype at = all.indexOf(QByteArray(name + ':')) + name.size() + 1;
    return all.mid(at, all.indexOf("kB", at) - at).trimmed().toLongLong();
}

/// The program itself, without a window, taking alerts in at a port that was free. Ended with this.
class IntakeProgram
{
public:
    explicit IntakeProgram(const QString &directory, const QStringList &more = {},
                           const QProcessEnvironment &environment = QProcessEnvironment::systemEnvironment())
    {
        m_process.setProcessEnvironment(environment);
        m_process.setReadChannel(QProcess::StandardError);
        // A bench may name another build of it.
        m_process.start(qEnvironmentVariable("COURIER_PROGRAM", QStringLiteral(COURIER_PROGRAM)),
                        QStringList{QStringLiteral("--background"), QStringLiteral("--data-dir"), directory,
                                    QStringLiteral("--intake"), QStringLiteral("127.0.0.1:0"), QStringLiteral("--log"),
                                    QStringLiteral("info")} +
                            more);
        readPort();
    }
    ~IntakeProgram() { end(); }
    IntakeProgram(const IntakeProgram &) = delete;
    IntakeProgram &operator=(const IntakeProgram &) = delete;

    void kill()
    {
        m_process.kill();
        m_process.waitForFinished();
    }
    /// As a session does that ends.
    void end()
    {
        m_process.terminate();
        if (!m_process.waitForFinished(20'000)) {
            kill();
        }
    }
    quint16 port() const { return m_port; } ///< 0 where it didn't listen in time
    qint64 processId() const { return m_process.processId(); }
    /// The body of what a GET answers.
    QByteArray get(const QByteArray &target) const
    {
        return RawClient(m_port).ask("GET " + target + " HTTP/1.1\r\nHost: localhost\r\n\r\n").body;
    }

private:
    void readPort()
    {
        static const QRegularExpression listens(QStringLiteral("Alerts come in at http://127\\.0\\.0\\.1:([0-9]+)/"));
        const QDeadlineTimer deadline(20'000);
        QByteArray log;
        while (m_port == 0 && m_process.waitForReadyRead(static_cast<int>(deadline.remainingTime()))) {
            log += m_process.readAllStandardError();
            m_port = static_cast<quint16>(listens.match(QString::fromUtf8(log)).captured(1).toUInt());
        }
        m_process.setReadChannel(QProcess::StandardOutput);
    }

    QProcess m_process;
    quint16 m_port = 0;
};

} // namespace courier::test
