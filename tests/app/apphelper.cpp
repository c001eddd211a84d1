// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

// A process for tests to start and to kill:
//   apphelper lock FILE        takes the lock, says "ready", and sleeps
//   apphelper listen DIRECTORY listens for a second start there, says "ready", and tells each token on a line
//   apphelper log FILE NAME    appends a thousand lines that begin with NAME, in files of 2 KiB

#include "app/filelock.h"
#include "app/logfile.h"
#include "app/singleinstance.h"

#include <QCoreApplication>

#include <cstdio>

#include <unistd.h>

using namespace courier;

namespace {

void say(const QByteArray &line)
{
    std::puts(line.constData());
    std::fflush(stdout);
}

int holdLock(const QString &path)
{
    FileLock lock(path);
    if (!lock.tryLock()) {
        return 1;
    }
    say("ready");
    while (true) {
        ::pause();
    }
}

int listenIn(const QString &directory)
{
    SingleInstance instance(directory);
    QObject::connect(&instance, &SingleInstance::raiseRequested, &instance,
                     [](const QByteArray &token) { say("raise " + token); });
    if (!instance.listen()) {
        return 1;
    }
    say("ready");
    return QCoreApplication::exec();
}

int writeLog(const QString &path, const QByteArray &name)
{
    LogFile file(path, {2 * 1024, 1000});
    for (int i = 0; i < 1000; ++i) {
        file.append(name + ' ' + QByteArray::number(i) + '\n');
    }
    return 0;
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    const QString job = arguments.value(1);
    if (job == QLatin1String("lock")) {
        return holdLock(arguments.value(2));
    }
    if (job == QLatin1String("listen")) {
        return listenIn(arguments.value(2));
    }
    if (job == QLatin1String("log")) {
        return writeLog(arguments.value(2), arguments.value(3).toUtf8());
    }
    return 2;
}
