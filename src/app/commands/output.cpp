// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "app/commands/output.h"

#include "app/commands/commandspec.h"

#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include <array>
#include <cstdio>

namespace courier::commands {
namespace {

void write(FILE *stream, const QByteArray &bytes)
{
    std::fwrite(bytes.constData(), 1, static_cast<std::size_t>(bytes.size()), stream);
}

/// Cells a line; 0 where stdout is no terminal.
int terminalWidth()
{
    winsize size{};
    if (isatty(STDOUT_FILENO) == 0 || ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0) {
        return 0;
    }
    return size.ws_col;
}

} // namespace

void Output::print(const JsonObject &object)
{
    write(stdout, object.text() + '\n');
}

void Output::say(const QString &line)
{
    sayLines(line + u'\n');
}

void Output::sayLines(const QString &lines)
{
    if (!m_json) {
        write(stdout, lines.toUtf8());
    }
}

void Output::say(const TextTable &table)
{
    sayLines(table.text(terminalWidth()));
}

void Output::printRaw(const QByteArray &bytes)
{
    write(stdout, bytes);
}

void Output::complain(const QString &sentence)
{
    flush(); // what was said before stands before
    write(stderr, QStringLiteral("alert-courier: %1\n").arg(sentence).toUtf8());
}

void Output::remark(const QString &sentence)
{
    if (!m_json && isatty(STDERR_FILENO) != 0) {
        flush();
        write(stderr, sentence.toUtf8() + '\n');
    }
}

bool Output::canAsk() const
{
    return isatty(STDIN_FILENO) != 0 && isatty(STDERR_FILENO) != 0;
}

QByteArray Output::askSecret(const QString &question)
{
    write(stderr, question.toUtf8() + ' ');
    termios shown{};
    const bool isTerminal = tcgetattr(STDIN_FILENO, &shown) == 0;
    termios hidden = shown;
    hidden.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    if (isTerminal) {
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden);
    }
    std::array<char, 8192> line{};
    const bool isRead = std::fgets(line.data(), line.size(), stdin) != nullptr;
    if (isTerminal) {
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &shown);
    }
    write(stderr, "\n");
    return isRead ? QByteArray(line.data()) : QByteArray();
}

bool Output::ask(const QString &question)
{
    write(stderr, question.toUtf8() + ' ' + Text::tr("[y/N]").toUtf8() + ' ');
    std::array<char, 64> answer{};
    if (std::fgets(answer.data(), answer.size(), stdin) == nullptr) {
        return false;
    }
    const QString word = QString::fromUtf8(answer.data()).trimmed().toLower();
    return word == Text::tr("y", "yes") || word == Text::tr("yes");
}

bool Output::flush()
{
    return std::fflush(stdout) == 0 && std::ferror(stdout) == 0;
}

} // namespace courier::commands
