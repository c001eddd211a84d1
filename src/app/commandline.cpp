// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "app/commandline.h"

#include "app/commands/commandtable.h"
#include "app/commands/commandwords.h"
#include "app/commands/helptext.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QRegularExpression>

#include <optional>

namespace courier {
namespace {

using commands::CommandSpec;

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(CommandLine)
};

CommandLine printed(const QString &text, int exitCode = Done)
{
    CommandLine line;
    line.mode = CommandLine::Mode::Print;
    line.output = text;
    line.exitCode = exitCode;
    line.isError = exitCode != Done;
    return line;
}

CommandLine usageError(const QString &sentence, const QString &command = {})
{
    return printed(usageText(sentence, command), Usage);
}

std::optional<QtMsgType> levelFrom(const QString &word)
{
    if (word == QLatin1String("debug")) {
        return QtDebugMsg;
    }
    if (word == QLatin1String("info")) {
        return QtInfoMsg;
    }
    if (word == QLatin1String("warning")) {
        return QtWarningMsg;
    }
    if (word == QLatin1String("error")) {
        return QtCriticalMsg;
    }
    return std::nullopt;
}

/// "HOST:PORT" or "[IPv6]:PORT", the port 0 (any that is free) to 65535.
bool isHostAndPort(const QString &text)
{
    static const QRegularExpression shape(QStringLiteral("^(?:[^:\\s\\[\\]]+|\\[[0-9A-Fa-f:.%]+\\]):([0-9]{1,5})$"));
    const QRegularExpressionMatch match = shape.match(text);
    return match.hasMatch() && match.captured(1).toInt() <= 65535;
}

/// A sentence where --intake and --no-intake can't be followed.
std::optional<QString> intakeFault(const CommandLine &line)
{
    if (!line.intake && !line.noIntake) {
        return std::nullopt;
    }
    if (line.intake && line.noIntake) {
        return Text::tr("--intake and --no-intake exclude each other.");
    }
    if (line.mode != CommandLine::Mode::Window && line.mode != CommandLine::Mode::Background) {
        return Text::tr("--intake and --no-intake go with the window and with --background only.");
    }
    if (line.intake && !isHostAndPort(*line.intake)) {
        return Text::tr("--intake takes HOST:PORT, such as 127.0.0.1:9797.");
    }
    return std::nullopt;
}

/// Qt's parser over our own table.
class Parser
{
public:
    explicit Parser(const CommandSpec *command)
    {
        add(commands::programOptions());
        add(commands::commonOptions());
        if (command) {
            add(command->options);
        }
    }

    bool parse(const QStringList &arguments) { return m_parser.parse(arguments); }
    QString errorText() const { return m_parser.errorText(); }
    bool isSet(const char *option) const { return m_parser.isSet(QLatin1String(option)); }
    QString value(const char *option) const { return m_parser.value(QLatin1String(option)); }

    /// What is the command's own.
    commands::Call call(const CommandSpec &command) const
    {
        commands::Call call;
        call.arguments = m_parser.positionalArguments().mid(command.name.count(u' ') + 1);
        call.json = isSet("json");
        for (const commands::OptionSpec &option : command.options) {
            if (m_parser.isSet(option.name)) {
                call.options.insert(option.name, option.value.isEmpty() ? QStringList() : m_parser.values(option.name));
            }
        }
        return call;
    }

private:
    void add(const QList<commands::OptionSpec> &options)
    {
        for (const commands::OptionSpec &option : options) {
            const QStringList names =
                option.letter.isEmpty() ? QStringList{option.name} : QStringList{option.letter, option.name};
            m_parser.addOption(QCommandLineOption(names, option.help, option.value));
        }
    }

    QCommandLineParser m_parser;
};

/// A sentence where the number of arguments isn't what the command takes.
std::optional<QString> argumentFault(const CommandSpec &command, qsizetype count)
{
    const commands::ArgumentSpec &argument = command.argument;
    if (argument.most == 0 && count > 0) {
        return Text::tr("%1 takes options only.").arg(command.name);
    }
    if (count < argument.least || (argument.most >= 0 && count > argument.most)) {
        return argument.most == 1
                   ? Text::tr("%1 takes one %2.").arg(command.name, argument.name)
                   : Text::tr("%1 takes at least one %2.").arg(command.name, argument.name.section(u'.', 0, 0));
    }
    return std::nullopt;
}

CommandLine withCommand(CommandLine line, const CommandSpec &command, const Parser &parser)
{
    if (line.mode != CommandLine::Mode::Window) {
        return usageError(Text::tr("%1 goes with neither --background nor --journey.").arg(command.name), command.name);
    }
    line.mode = CommandLine::Mode::Command;
    line.command = &command;
    line.call = parser.call(command);
    if (const auto fault = argumentFault(command, line.call.arguments.size())) {
        return usageError(*fault, command.name);
    }
    return line;
}

/// What isn't a command but stands where one would.
CommandLine withoutCommand(const CommandLine &line, const QStringList &words, const Parser &parser)
{
    if (words.isEmpty()) {
        return parser.isSet("json") ? usageError(Text::tr("--json goes with a command.")) : line;
    }
    if (!commands::isGroup(words.first())) {
        return usageError(Text::tr("There is no command “%1”.").arg(words.first()));
    }
    QStringList known;
    for (const CommandSpec *one : commands::commandsOf(words.first())) {
        known.append(one->name.section(u' ', 1));
    }
    return usageError(Text::tr("%1 takes one of %2.").arg(words.first(), known.join(Text::tr(", "))), words.first());
}

QString helpFor(const CommandSpec *command, const QStringList &words)
{
    if (command) {
        return commands::commandHelp(*command);
    }
    return !words.isEmpty() && commands::isGroup(words.first()) ? commands::groupHelp(words.first())
                                                                : commands::programHelp();
}

/// Directories, log level, mode: what isn't a command's own.
std::optional<QString> readProgramOptions(const Parser &parser, CommandLine &line)
{
    line.dataDirectory = parser.value("data-dir");
    if (parser.isSet("data-dir") && line.dataDirectory.isEmpty()) {
        return Text::tr("--data-dir takes a directory.");
    }
    if (parser.isSet("log")) {
        const auto level = levelFrom(parser.value("log"));
        if (!level) {
            return Text::tr("--log takes debug, info, warning or error.");
        }
        line.logLevel = *level;
    }
    if (parser.isSet("background")) {
        line.mode = CommandLine::Mode::Background;
    }
    if (parser.isSet("journey")) {
        line.mode = CommandLine::Mode::Journey;
        line.journeyDirectory = parser.value("journey");
    }
    line.noIntake = parser.isSet("no-intake");
    if (parser.isSet("intake")) {
        line.intake = parser.value("intake");
    }
    return std::nullopt;
}

} // namespace

QString usageText(const QString &sentence, const QString &command)
{
    const QString words = command.isEmpty() ? QString() : command + u' ';
    return Text::tr("alert-courier: %1\nTry: alert-courier %2--help\n").arg(sentence, words);
}

CommandLine parseCommandLine(const QStringList &arguments)
{
    if (arguments.value(1) == QLatin1String(commands::manualWord)) {
        return printed(commands::manualText());
    }
    CommandLine line;
    if (arguments.value(1) == QLatin1String(commands::completeWord)) {
        line.mode = CommandLine::Mode::Complete;
        line.words = arguments.mid(2);
        return line;
    }
    const QStringList words = commands::commandWords(arguments.mid(1));
    const CommandSpec *command = commands::findCommand(words.join(u' '));
    Parser parser(command);
    if (!parser.parse(arguments)) {
        return usageError(parser.errorText(), command ? command->name : QString());
    }
    if (parser.isSet("help")) {
        return printed(helpFor(command, words));
    }
    if (parser.isSet("version")) {
        return printed(QStringLiteral("alert-courier " COURIER_VERSION "\n"));
    }
    if (const auto fault = readProgramOptions(parser, line)) {
        return usageError(*fault);
    }
    const CommandLine read = command ? withCommand(line, *command, parser) : withoutCommand(line, words, parser);
    const std::optional<QString> fault = read.mode == CommandLine::Mode::Print ? std::nullopt : intakeFault(read);
    return fault ? usageError(*fault) : read;
}

} // namespace courier
