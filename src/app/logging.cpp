// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "app/logging.h"

#include <QDateTime>
#include <QLoggingCategory>

#include <algorithm>
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

constexpr qsizetype longestMessage = 64 * 1024; ///< characters; a log is no place for more

bool mustBeEscaped(QChar c)
{
    switch (c.category()) {
    case QChar::Other_Control: // breaks, escape sequences
    case QChar::Other_Format:  // what turns the direction of text, or can't be seen
    case QChar::Separator_Line:
    case QChar::Separator_Paragraph:
        return true;
    default:
        return false;
    }
}

QString escape(QChar c)
{
    switch (c.unicode()) {
    case '\n':
        return QStringLiteral("\\n");
    case '\r':
        return QStringLiteral("\\r");
    case '\t':
        return QStringLiteral("\\t");
    default:
        return QStringLiteral("\\u%1").arg(c.unicode(), 4, 16, QLatin1Char('0'));
    }
}

} // namespace

QByteArray escapedForLog(QStringView message)
{
    QString line;
    line.reserve(message.size());
    for (const QChar c : message.left(longestMessage)) {
        if (mustBeEscaped(c)) {
            line += escape(c);
        } else {
            line += c;
        }
    }
    if (message.size() > longestMessage) {
        line += QStringLiteral(" (cut, %1 characters)").arg(message.size());
    }
    return line.toUtf8();
}

/// Not thread-safe: the handler holds the lock.
class Logging::Private
{
public:
    Private(const QString &directory, QtMsgType stderrLevel, Limits limits)
        : m_file(directory + QLatin1String("/alert-courier.log"), limits)
        , m_stderrRank(rank(stderrLevel))
        , m_fileRank(std::min(rank(QtInfoMsg), m_stderrRank))
    {
    }

    void write(std::size_t level, const QByteArray &line)
    {
        if (level >= m_fileRank) {
            m_file.append(line);
        }
        if (level >= m_stderrRank) {
            std::fwrite(line.constData(), 1, static_cast<std::size_t>(line.size()), stderr);
        }
    }

private:
    LogFile m_file;
    std::size_t m_stderrRank;
    std::size_t m_fileRank;
};

namespace {

std::mutex mutex;                    ///< guards what follows
Logging::Private *current = nullptr; ///< set while a Logging lives: Qt's handler is a plain function

void handle(QtMsgType type, const QMessageLogContext &context, const QString &message)
{
    const std::size_t level = rank(type);
    const QByteArray line = QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs).toLatin1() + ' ' +
                            levels.at(level).word + ' ' + (context.category ? context.category : "default") + ": " +
                            escapedForLog(message) + '\n';
    const std::lock_guard lock(mutex);
    if (current) {
        current->write(level, line);
    }
}

} // namespace

Logging::Logging(const QString &directory, QtMsgType stderrLevel, Limits limits)
    : d(std::make_unique<Private>(directory, stderrLevel, limits))
{
    QLoggingCategory::setFilterRules(stderrLevel == QtDebugMsg ? QStringLiteral("courier.*.debug=true")
                                                               : QStringLiteral("courier.*.debug=false"));
    const std::lock_guard lock(mutex);
    current = d.get();
    m_before = qInstallMessageHandler(handle);
}

Logging::~Logging()
{
    QLoggingCategory::setFilterRules(QString());
    const std::lock_guard lock(mutex);
    qInstallMessageHandler(m_before);
    current = nullptr;
}

} // namespace courier
