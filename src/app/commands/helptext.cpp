// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "app/commands/helptext.h"

#include "app/commands/commandtable.h"

#include <algorithm>

namespace courier::commands {
namespace {

constexpr int lineWidth = 78;
constexpr int leftWidth = 30;

/// In lines of at most lineWidth, moved in by \a indent; the first one isn't moved in.
QString wrapped(const QString &text, int indent)
{
    QString lines;
    QString line;
    for (const QString &word : text.split(u' ', Qt::SkipEmptyParts)) {
        if (!line.isEmpty() && indent + line.size() + 1 + word.size() > lineWidth) {
            lines += line + u'\n' + QString(indent, u' ');
            line.clear();
        }
        line += line.isEmpty() ? word : u' ' + word;
    }
    return lines + line + u'\n';
}

/// A name at the left, what it means at the right.
QString entry(const QString &left, const QString &right)
{
    const QString start = QStringLiteral("  ") + left;
    if (start.size() >= leftWidth - 1) {
        return start + u'\n' + QString(leftWidth, u' ') + wrapped(right, leftWidth);
    }
    return start.leftJustified(leftWidth) + wrapped(right, leftWidth);
}

QString optionText(const OptionSpec &option)
{
    const QString letter = option.letter.isEmpty() ? QString() : QStringLiteral("-%1, ").arg(option.letter);
    const QString value = option.value.isEmpty() ? QString() : u' ' + option.value;
    return letter + QLatin1String("--") + option.name + value;
}

QString optionLines(const QString &title, const QList<OptionSpec> &options)
{
    QString lines = options.isEmpty() ? QString() : u'\n' + title + u'\n';
    for (const OptionSpec &option : options) {
        lines += entry(optionText(option), option.help);
    }
    return lines;
}

QString exampleLines(const QStringList &examples)
{
    return u'\n' + (examples.size() == 1 ? Text::tr("Example:") : Text::tr("Examples:")) + QLatin1String("\n  ") +
           examples.join(QLatin1String("\n  ")) + u'\n';
}

QString usageOf(const CommandSpec &command)
{
    const QString options = command.options.isEmpty() ? QString() : Text::tr(" [OPTIONS]");
    const QString argument = command.argument.name.isEmpty() ? QString() : u' ' + command.argument.name;
    return QStringLiteral("alert-courier ") + command.name + argument + options;
}

QString commandLines(const QList<const CommandSpec *> &commands)
{
    QString lines = u'\n' + Text::tr("Commands:") + u'\n';
    for (const CommandSpec *one : commands) {
        lines += entry(one->name, one->summary);
    }
    return lines;
}

/// For man(7): backslashes, hyphens and what would be a request at the start of a line.
QString manEscaped(const QString &text)
{
    QString escaped = text;
    escaped.replace(u'\\', QLatin1String("\\e"))
        .replace(u'-', QLatin1String("\\-"))
        .replace(u'\'', QLatin1String("\\(aq"));
    escaped.replace(QChar(0x201c), QLatin1String("\\(lq")).replace(QChar(0x201d), QLatin1String("\\(rq"));
    return escaped.startsWith(u'.') ? QLatin1String("\\&") + escaped : escaped;
}

QString manOptions(const QList<OptionSpec> &options)
{
    QString text;
    for (const OptionSpec &option : options) {
        text += QStringLiteral(".TP\n.B %1\n%2\n").arg(manEscaped(optionText(option)), manEscaped(option.help));
    }
    return text;
}

QString manCommand(const CommandSpec &command)
{
    QString text = QStringLiteral(".SS \"%1\"\n.B %2\n.PP\n%3.\n")
                       .arg(manEscaped(command.name), manEscaped(usageOf(command)), manEscaped(command.summary));
    if (!command.details.isEmpty()) {
        text += manEscaped(command.details) + u'\n';
    }
    text += manOptions(command.options) + QLatin1String(".PP\n.nf\n");
    for (const QString &example : command.examples) {
        text += QStringLiteral(".B %1\n").arg(manEscaped(example));
    }
    return text + QLatin1String(".fi\n");
}

} // namespace

QString programHelp()
{
    QList<const CommandSpec *> all;
    for (const CommandSpec &one : allCommands()) {
        all.append(&one);
    }
    return Text::tr("Usage: alert-courier [OPTIONS]\n       alert-courier COMMAND [OPTIONS]\n") + u'\n' +
           wrapped(
               Text::tr("Delivers security and monitoring alerts to webhooks. Without a command it opens the window."),
               0) +
           optionLines(Text::tr("Options:"), programOptions() + commonOptions()) + commandLines(all) +
           exampleLines(
               {QStringLiteral("alert-courier --background"), QStringLiteral("alert-courier submit alerts.ndjson")}) +
           u'\n' +
           wrapped(Text::tr("alert-courier COMMAND --help says more of a command. Exit codes: 0 done, 1 something was "
                            "refused or failed, 2 usage."),
                   0);
}

QString groupHelp(const QString &group)
{
    return Text::tr("Usage: alert-courier %1 COMMAND [OPTIONS]\n").arg(group) + commandLines(commandsOf(group)) +
           exampleLines({commandsOf(group).first()->examples.first()});
}

QString commandHelp(const CommandSpec &command)
{
    QString text = Text::tr("Usage: %1\n\n").arg(usageOf(command)) + wrapped(command.summary + u'.', 0);
    if (!command.details.isEmpty()) {
        text += wrapped(command.details, 0);
    }
    return text + optionLines(Text::tr("Options:"), command.options) +
           optionLines(Text::tr("Options of every command:"), commonOptions()) + exampleLines(command.examples);
}

QString manualText()
{
    QString text = QStringLiteral(".SH OPTIONS\n") + manOptions(programOptions() + commonOptions()) +
                   QStringLiteral(".SH COMMANDS\n");
    for (const CommandSpec &command : allCommands()) {
        text += manCommand(command);
    }
    return text;
}

} // namespace courier::commands
