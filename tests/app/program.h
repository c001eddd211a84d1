// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "support/scriptedreceiver.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

namespace courier::test {

/// The real program, run as a person or a script runs it, on a home of its own.
class Program
{
public:
    struct End
    {
        int code = -1;
        QString out;
        QString err;

        QStringList lines() const { return out.split(u'\n', Qt::SkipEmptyParts); }
        /// Every line as an object; an empty list where one isn't.
        QList<QJsonObject> objects() const
        {
            QList<QJsonObject> objects;
            for (const QString &line : lines()) {
                const QJsonDocument document = QJsonDocument::fromJson(line.toUtf8());
                if (!document.isObject()) {
                    return {};
                }
                objects.append(document.object());
            }
            return objects;
        }
        QJsonObject object() const { return objects().value(0); }
    };

    Program() = default;
    ~Program() { stopBackground(); }
    Program(const Program &) = delete;
    Program &operator=(const Program &) = delete;

    QString home() const { return m_home.path(); }
    QString file(const QString &name) const { return m_home.filePath(name); }
    QString dataDirectory() const { return file(QStringLiteral("data/alert-courier")); }

    void write(const QString &name, const QByteArray &bytes) const
    {
        QFile out(file(name));
        QVERIFY(out.open(QIODevice::WriteOnly));
        out.write(bytes);
    }

    /// The program with these arguments.
    End run(const QStringList &arguments, const QByteArray &input = {}) const
    {
        return finish(QStringLiteral(COURIER_PROGRAM), arguments, input);
    }

    /// A line of shell, with the program on its path.
    End shell(const QString &script, int timeoutMs = 30'000) const
    {
        return finish(QStringLiteral("/bin/bash"), {QStringLiteral("-c"), script}, {}, timeoutMs);
    }

    /// `alert-courier --background`, until the end of this.
    void startBackground(const QStringList &arguments = {})
    {
        prepare(m_background);
        m_background.start(QStringLiteral(COURIER_PROGRAM),
                           QStringList{QStringLiteral("--background"), QStringLiteral("--no-intake")} + arguments);
        QVERIFY(m_background.waitForStarted());
    }

    void stopBackground()
    {
        if (m_background.state() != QProcess::NotRunning) {
            m_background.terminate();
            if (!m_background.waitForFinished(10'000)) {
                m_background.kill();
                m_background.waitForFinished(10'000);
            }
        }
    }

private:
    void prepare(QProcess &process) const
    {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("HOME"), m_home.path());
        environment.insert(QStringLiteral("XDG_DATA_HOME"), file(QStringLiteral("data")));
        environment.insert(QStringLiteral("PATH"), QString::fromLocal8Bit(QFile::encodeName(
                                                       QStringLiteral(COURIER_PROGRAM).section(u'/', 0, -2))) +
                                                       u':' + environment.value(QStringLiteral("PATH")));
        environment.remove(QStringLiteral("DISPLAY"));
        process.setProcessEnvironment(environment);
        process.setWorkingDirectory(m_home.path());
    }

    End finish(const QString &program, const QStringList &arguments, const QByteArray &input,
               int timeoutMs = 30'000) const
    {
        QProcess process;
        prepare(process);
        process.start(program, arguments);
        process.write(input);
        process.closeWriteChannel();
        if (!process.waitForFinished(timeoutMs)) {
            process.kill();
            process.waitForFinished();
            return {-2, QString::fromUtf8(process.readAllStandardOutput()),
                    QStringLiteral("too slow\n") + QString::fromUtf8(process.readAllStandardError())};
        }
        return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1,
                QString::fromUtf8(process.readAllStandardOutput()), QString::fromUtf8(process.readAllStandardError())};
    }

    QTemporaryDir m_home;
    QProcess m_background;
};

/// "destination add --name X" as arguments; single quotes hold blanks together.
inline QStringList words(const QString &line)
{
    QStringList found;
    QString word;
    bool quoted = false;
    bool any = false;
    for (const QChar sign : QString(line + u' ')) {
        if (sign == u'\'') {
            quoted = !quoted;
            any = true;
        } else if (sign == u' ' && !quoted) {
            if (any || !word.isEmpty()) {
                found.append(word);
            }
            word.clear();
            any = false;
        } else {
            word += sign;
        }
    }
    return found;
}

} // namespace courier::test
