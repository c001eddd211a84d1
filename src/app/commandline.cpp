// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "app/commandline.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QRegularExpression>

#include <optional>

namespace courier {
namespace {

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(CommandLine)
};

struct Options
{
    QCommandLineOption dataDirectory{QStringLiteral("data-dir"), Text::tr("Keep everything of this desk in DIR."),
                                     QStringLiteral("DIR")};
    QCommandLineOption background{QStringLiteral("background"), Text::tr("Run without a window.")};
    QCommandLineOption intake{QStringLiteral("intake"),
                              Text::tr("Take alerts in over HTTP at HOST:PORT, whatever the settings say."),
                              QStringLiteral("HOST:PORT")};
    QCommandLineOption noIntake{QStringLiteral("no-intake"), Text::tr("Take no alerts in over HTTP.")};
    QCommandLineOption log{QStringLiteral("log"),
                           Text::tr("Write the log to stderr, from LEVEL on: debug, info, warning, error."),
                           QStringLiteral("LEVEL")};
    QCommandLineOption journey{
        QStringLiteral("journey"),
        Text::tr("Make the whole journey in a real window, leave pictures and a summary in DIR, and end."),
        QStringLiteral("DIR")};
    QCommandLineOption json{QStringLiteral("json"), Text::tr("submit: print one JSON object for each alert.")};
    QCommandLineOption help{{QStringLiteral("h"), QStringLiteral("help")}, Text::tr("Show this help.")};
    QCommandLineOption version{{QStringLiteral("v"), QStringLiteral("version")}, Text::tr("Show the version.")};
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

CommandLine usageError(const QString &sentence)
{
    return printed(Text::tr("alert-courier: %1\nTry: alert-courier --help\n").arg(sentence), Usage);
}

QString helpText(const QString &options)
{
    return options +
           Text::tr(
               "\nCommands:\n"
               "  submit [FILE|-]            Hand in the alerts of a file, or of standard input: one JSON object,\n"
               "                             an array, or one object a line. Prints a line for each alert: its id\n"
               "                             and the destinations that get it.\n"
               "\nExamples:\n"
               "  alert-courier                                 open the window\n"
               "  alert-courier --background                    deliver without a window\n"
               "  alert-courier submit alerts.ndjson            hand in a file of alerts\n"
               "  echo '{\"id\":\"Disk.Full\",\"severity\":\"HIGH\",\"title\":\"Disk 95 % full\"}' | alert-courier "
               "submit -\n"
               "\nExit codes: 0 done, 1 something was refused or failed, 2 usage.\n");
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

CommandLine checked(const CommandLine &line)
{
    const std::optional<QString> fault = intakeFault(line);
    return fault ? usageError(*fault) : line;
}

CommandLine parseCommand(CommandLine line, const QStringList &words)
{
    if (words.isEmpty()) {
        return line.json ? usageError(Text::tr("--json belongs to submit.")) : line;
    }
    if (words.first() != QLatin1String("submit")) {
        return usageError(Text::tr("There is no command “%1”.").arg(words.first()));
    }
    if (words.size() > 2) {
        return usageError(Text::tr("submit takes one file."));
    }
    if (line.mode != CommandLine::Mode::Window) {
        return usageError(Text::tr("submit goes with neither --background nor --journey."));
    }
    line.mode = CommandLine::Mode::Submit;
    line.file = words.value(1, QStringLiteral("-"));
    return line;
}

} // namespace

CommandLine parseCommandLine(const QStringList &arguments)
{
    const Options options;
    QCommandLineParser parser;
    parser.setApplicationDescription(Text::tr("Delivers security and monitoring alerts to webhooks."));
    parser.addOptions({options.dataDirectory, options.background, options.intake, options.noIntake, options.log,
                       options.journey, options.json, options.help, options.version});
    parser.addPositionalArgument(QStringLiteral("command"), Text::tr("What to do instead of opening the window."),
                                 QStringLiteral("[command]"));
    if (!parser.parse(arguments)) {
        return usageError(parser.errorText());
    }
    if (parser.isSet(options.help)) {
        return printed(helpText(parser.helpText()));
    }
    if (parser.isSet(options.version)) {
        return printed(QStringLiteral("alert-courier " COURIER_VERSION "\n"));
    }
    CommandLine line;
    line.json = parser.isSet(options.json);
    line.dataDirectory = parser.value(options.dataDirectory);
    if (parser.isSet(options.dataDirectory) && line.dataDirectory.isEmpty()) {
        return usageError(Text::tr("--data-dir takes a directory."));
    }
    if (parser.isSet(options.log)) {
        const auto level = levelFrom(parser.value(options.log));
        if (!level) {
            return usageError(Text::tr("--log takes debug, info, warning or error."));
        }
        line.logLevel = *level;
    }
    if (parser.isSet(options.background)) {
        line.mode = CommandLine::Mode::Background;
    }
    if (parser.isSet(options.journey)) {
        line.mode = CommandLine::Mode::Journey;
        line.journeyDirectory = parser.value(options.journey);
    }
    line.noIntake = parser.isSet(options.noIntake);
    if (parser.isSet(options.intake)) {
        line.intake = parser.value(options.intake);
    }
    return checked(parseCommand(line, parser.positionalArguments()));
}

} // namespace courier
