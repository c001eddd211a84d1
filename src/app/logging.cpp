// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "app/logging.h"

#include <QDateTime>
#include <QFile>
#include <QLoggingCategory>

#include <array>
#include <cstdio>
#include <mutex>

namespace courier {
namespace {

struct Level
{
    QtMsgType type;
    const char *word;
};

// From chatter to the worst; QtMsgType's own numbers are in another order.
constexpr std::array<Level, 5> levels{{{QtDebugMsg, "DEBUG"},
                                       {QtInfoMsg, "INFO"},
                                       {QtWarningMsg, "WARNING"},
                                       {QtCriticalMsg, "ERROR"},
                                       {QtFatalMsg, "FATAL"}}};

std::size_t rank(QtMsgType type)
{
    std::size_t at = 0;
    while (at + 1 < levels.size() && levels[at].type != type) {
        ++at;
    }
    return at;
}

// A message is one line, whatever came from outside into it.
QByteArray escaped(const QString &message)
{
    QByteArray line;
    const QByteArray utf8 = message.toUtf8();
    line.reserve(utf8.size());
    for (const char c : utf8) {
        if (c == '\n') {
            line += "\\n";
        } else if (static_cast<uchar>(c) < 0x20 || c == 0x7f) {
            line += "\\x" + QByteArray(1, c).toHex();
        } else {
            line += c;
        }
    }
    return line;
}

} // namespace

class Logging::Private
{
public:
    Private(const QString &directory, QtMsgType stderrLevel, Limits limits)
        : m_file(directory + QLatin1String("/alert-courier.log"))
        , m_stderrRank(rank(stderrLevel))
        , m_fileRank(std::min(rank(QtInfoMsg), m_stderrRank))
        , m_limits(limits)
    {
        open();
    }

    void write(QtMsgType type, const char *category, const QString &message)
    {
        const std::size_t level = rank(type);
        const QByteArray line = QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs).toLatin1() + ' ' +
                                levels[level].word + ' ' + (category ? category : "default") + ": " + escaped(message) +
                                '\n';
        const std::lock_guard lock(m_mutex);
        if (level >= m_fileRank && m_file.isOpen()) {
            m_file.write(line);
            if (m_file.size() >= m_limits.fileBytes) {
                rotate();
            }
        }
        if (level >= m_stderrRank) {
            std::fwrite(line.constData(), 1, static_cast<std::size_t>(line.size()), stderr);
        }
    }

    QtMessageHandler before = nullptr;

private:
    void open()
    {
        if (m_file.open(QIODevice::WriteOnly | QIODevice::Append | QIODevice::Unbuffered)) {
            m_file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
        }
    }

    void rotate()
    {
        const auto old = [this](int number) -> QString {
            return m_file.fileName() + QLatin1Char('.') + QString::number(number);
        };
        m_file.close();
        QFile::remove(old(m_limits.oldFiles));
        for (int number = m_limits.oldFiles; number > 1; --number) {
            QFile::rename(old(number - 1), old(number));
        }
        QFile::rename(m_file.fileName(), old(1));
        open();
    }

    std::mutex m_mutex;
    QFile m_file;
    std::size_t m_stderrRank;
    std::size_t m_fileRank;
    Limits m_limits;
};

namespace {

Logging::Private *current = nullptr; ///< set while a Logging lives: Qt's handler is a plain function

void handle(QtMsgType type, const QMessageLogContext &context, const QString &message)
{
    if (current) {
        current->write(type, context.category, message);
    }
}

} // namespace

Logging::Logging(const QString &directory, QtMsgType stderrLevel, Limits limits)
    : d(std::make_unique<Private>(directory, stderrLevel, limits))
{
    current = d.get();
    d->before = qInstallMessageHandler(handle);
}

Logging::~Logging()
{
    qInstallMessageHandler(d->before);
    current = nullptr;
}

} // namespace courier
