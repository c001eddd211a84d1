// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "app/socketpath.h"

#include <QCryptographicHash>
#include <QFile>

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

namespace courier {
namespace {

constexpr qsizetype pathLimit = sizeof(sockaddr_un::sun_path) - 1;

/// The directory that the session keeps for this user alone; empty where there is none to be trusted.
QString runtimeDirectory()
{
    const QString place = qEnvironmentVariable("XDG_RUNTIME_DIR");
    struct stat found = {};
    const bool isOurs = place.startsWith(QLatin1Char('/')) &&
                        ::stat(QFile::encodeName(place).constData(), &found) == 0 && S_ISDIR(found.st_mode) &&
                        found.st_uid == ::geteuid() && (found.st_mode & (S_IWGRP | S_IWOTH)) == 0;
    return isOurs ? place : QString();
}

QString nameFor(const QString &dataDirectory)
{
    const QByteArray mark = QCryptographicHash::hash(dataDirectory.toUtf8(), QCryptographicHash::Sha256).toHex();
    return QStringLiteral("alert-courier-") + QString::fromLatin1(mark.first(16));
}

} // namespace

SocketPath::SocketPath(const QString &dataDirectory)
{
    const QString runtime = runtimeDirectory();
    const QString directory = runtime.isEmpty() ? dataDirectory : runtime;
    const QString name = runtime.isEmpty() ? QStringLiteral("window.socket") : nameFor(dataDirectory);
    m_path = directory + QLatin1Char('/') + name;
    if (QFile::encodeName(m_path).size() > pathLimit) {
        shorten(directory, name);
    }
}

SocketPath::~SocketPath()
{
    if (m_directory >= 0) {
        ::close(m_directory);
    }
}

void SocketPath::shorten(const QString &directory, const QString &name)
{
    m_directory = ::open(QFile::encodeName(directory).constData(), O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (m_directory >= 0) {
        m_path = QStringLiteral("/proc/self/fd/%1/%2").arg(QString::number(m_directory), name);
    }
}

} // namespace courier
