// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "app/program.h"

#include <QRegularExpression>

using namespace courier::test;

namespace {

/// "destination add", ... as --help lists them.
QStringList commandNames(const Program &program)
{
    QStringList names;
    const QString list = program.run({QStringLiteral("--help")})
                             .out.section(QStringLiteral("\nCommands:\n"), 1)
                             .section(QStringLiteral("\n\n"), 0, 0);
    static const QRegularExpression name(QStringLiteral("^  ((?:[a-z]+ )?[a-z]+)(?:  |$)"),
                                         QRegularExpression::MultilineOption);
    for (auto found = name.globalMatch(list); found.hasNext();) {
        names.append(found.next().captured(1));
    }
    return names;
}

QStringList examplesIn(const QString &help)
{
    QStringList examples;
    static const QRegularExpression title(QStringLiteral("\nExamples?:\n"));
    for (const QString &line : help.mid(title.match(help).capturedEnd()).split(u'\n')) {
        if (!line.startsWith(QLatin1String("  "))) {
            break;
        }
        examples.append(line.trimmed());
    }
    return examples;
}

/// Calls the completion as bash does, with the cursor at the end of \a line.
QStringList completed(const Program &program, const QString &line)
{
    const QString script =
        QStringLiteral("source '%1/packaging/completions/bash/alert-courier'\n"
                       "COMP_LINE=$LINE\n"
                       "mapfile -t COMP_WORDS < <(python3 -c 'import os, re\n"
                       "for word in re.findall(r\"[=:]|(?:\\\\.|\\x27[^\\x27]*\\x27?|[^\\s=:\\x27])+\", "
                       "os.environ[\"LINE\"]): print(word)')\n"
                       "[[ $LINE == *[[:space:]] && $LINE != *\\\\\\  ]] && COMP_WORDS+=('')\n"
                       "COMP_CWORD=$((${#COMP_WORDS[@]} - 1))\n"
                       "_alert_courier 2>/dev/null; ((${#COMPREPLY[@]})) && printf '%s\\n' \"${COMPREPLY[@]}\"; true")
            .arg(QStringLiteral(COURIER_SOURCE));
    qputenv("LINE", line.toUtf8());
    return program.shell(script).lines();
}

} // namespace

class TstCommandsHelp : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyCommandHasHelpAndAnExampleThatRuns()
    {
        const ScriptedReceiver receiver(Answer::ok("thanks"));
        Program program;
        prepare(program, receiver);
        program.startBackground();
        const QStringList names = commandNames(program);
        QCOMPARE(names.size(), 17);
        for (const QString &name : names) {
            const auto help = program.run(words(name + QStringLiteral(" --help")));
            QCOMPARE(help.code, 0);
            QVERIFY(help.out.startsWith(QStringLiteral("Usage: alert-courier ") + name));
            QCOMPARE(help.err, QString());
            const QStringList examples = examplesIn(help.out);
            QVERIFY2(!examples.isEmpty(), qPrintable(name));
            for (const QString &example : examples) {
                QTRY_VERIFY_WITH_TIMEOUT(isSettled(program), 20'000);
                const auto end = program.shell(QStringLiteral("set -o pipefail; ") + example);
                QVERIFY2(end.code == 0, qPrintable(example + u'\n' + end.out + end.err));
                QCOMPARE(end.err, QString());
                // No test waits for a name of somewhere else.
                program.run(words(QStringLiteral("destination edit 'Night SIEM' --url ") + receiver.url()));
            }
        }
        QVERIFY(QFile::exists(program.file(QStringLiteral("desk.json"))));
    }

    void groupsHaveHelp()
    {
        const Program program;
        for (const char *group : {"destination", "alert", "delivery", "config"}) {
            const auto help = program.run({QLatin1String(group), QStringLiteral("--help")});
            QCOMPARE(help.code, 0);
            QVERIFY(help.out.contains(QStringLiteral("  %1 ").arg(QLatin1String(group))));
            QVERIFY(!examplesIn(help.out).isEmpty());
            const auto bare = program.run({QLatin1String(group)});
            QCOMPARE(bare.code, 2);
            QVERIFY(bare.err.contains(QStringLiteral("Try: alert-courier %1 --help").arg(QLatin1String(group))));
        }
    }

    void usageFaults_data()
    {
        QTest::addColumn<QString>("line");
        for (const char *line : {"nonsense", "destination nonsense", "--nonsense", "alert list --nonsense", "--json",
                                 "alert list --background", "--log loud alert list", "--data-dir", "submit --no-intake",
                                 "--intake here", "--intake 127.0.0.1:1 --no-intake"}) {
            QTest::newRow(line) << QString::fromLatin1(line);
        }
    }

    void usageFaults()
    {
        QFETCH(QString, line);
        const Program program;
        const auto end = program.run(words(line));
        QCOMPARE(end.code, 2);
        QCOMPARE(end.out, QString());
        QVERIFY2(end.err.startsWith(QLatin1String("alert-courier: ")), qPrintable(end.err));
        QVERIFY(!QFile::exists(program.dataDirectory()));
    }

    void outputThatCantBeWrittenIsAFailure()
    {
        const Program program;
        const auto end = program.shell(QStringLiteral("alert-courier config export > /dev/full"));
        QCOMPARE(end.code, 1);
        QCOMPARE(end.err.count(u'\n'), 1);
    }

    void manualNamesEveryCommandAndOption()
    {
        const Program program;
        const auto manual = program.run({QStringLiteral("__manual")});
        QCOMPARE(manual.code, 0);
        for (const QString &name : commandNames(program)) {
            QVERIFY2(manual.out.contains(QStringLiteral(".SS \"%1\"").arg(name)), qPrintable(name));
            const QString help = program.run(words(name + QStringLiteral(" --help"))).out;
            static const QRegularExpression option(QStringLiteral("^  (?:-\\w, )?--([a-z-]+)"),
                                                   QRegularExpression::MultilineOption);
            for (auto found = option.globalMatch(help); found.hasNext();) {
                const QString inManual =
                    QStringLiteral("\\-\\-") + found.next().captured(1).replace(u'-', QLatin1String("\\-"));
                QVERIFY2(manual.out.contains(inManual), qPrintable(inManual));
            }
        }
    }

    void completes_data()
    {
        QTest::addColumn<QString>("line");
        QTest::addColumn<QStringList>("offers");
        const auto row = [](const char *line, const char *offers) {
            QTest::newRow(line) << QString::fromLatin1(line)
                                << QString::fromLatin1(offers).split(u'|', Qt::SkipEmptyParts);
        };
        row("alert-courier de", "destination|delivery");
        row("alert-courier destination re", "remove|resume");
        row("alert-courier --data-dir /nowhere destination re", "remove|resume");
        row("alert-courier destination show ", "Audit\\ lake|Old\\ SIEM|Ops\\ bridge");
        row("alert-courier destination show op", "Ops\\ bridge");
        row("alert-courier destination show 'ops b", "Ops bridge");
        row("alert-courier destination show Ops\\ b", "Ops\\ bridge");
        row("alert-courier destination show --data-dir /nowhere ", "");
        row("alert-courier destination add --sev", "--severity");
        row("alert-courier destination add --severity cri", "critical");
        row("alert-courier destination add --severity critical,me", "critical,medium");
        row("alert-courier destination add --severity=hi", "high");
        row("alert-courier destination add --schedule p", "patient");
        row("alert-courier destination add --resolutions o", "on|off");
        row("alert-courier destination add --signing sta", "standard|standard-ed25519");
        row("alert-courier destination edit Ops\\ bridge --auth b", "basic|bearer");
        row("alert-courier alert list sev", "severity:");
        row("alert-courier alert list status:de", "delivered");
        row("alert-courier alert list dest:op", "Ops\\ bridge");
        row("alert-courier delivery list --state he", "held");
        row("alert-courier delivery list --destination a", "Audit\\ lake");
        row("alert-courier resend --f", "--failed");
        row("alert-courier submit --format su", "suricata");
        row("alert-courier --log w", "warning");
        row("alert-courier submit al", "alerts.ndjson");
    }

    void completes()
    {
        QFETCH(QString, line);
        QFETCH(QStringList, offers);
        static const ScriptedReceiver receiver(Answer::ok());
        static const Program program;
        static const bool isPrepared = [] {
            prepare(program, receiver);
            return true;
        }();
        QVERIFY(isPrepared);
        QCOMPARE(completed(program, line), offers);
    }

    void completionMakesNoDataDirectory()
    {
        const Program program;
        QCOMPARE(program.run(words(QStringLiteral("__complete destination show '' "))).code, 0);
        QVERIFY(!QFile::exists(program.dataDirectory()));
    }

private:
    static bool isSettled(const Program &program)
    {
        return program.run(words(QStringLiteral("delivery list --json --state queued,sending,retrying"))).out.isEmpty();
    }

    /// What the examples speak of.
    static void prepare(const Program &program, const ScriptedReceiver &receiver)
    {
        for (const char *name : {"Ops bridge", "Audit lake", "Old SIEM"}) {
            const auto added =
                program.run({QStringLiteral("destination"), QStringLiteral("add"), QStringLiteral("--name"),
                             QLatin1String(name), QStringLiteral("--url"), receiver.url()});
            QCOMPARE(added.code, 0);
        }
        program.write(QStringLiteral("alerts.ndjson"), R"({"id":"Disk.Full","severity":"HIGH","title":"disk full"})"
                                                       "\n");
    }
};

QTEST_GUILESS_MAIN(TstCommandsHelp)
#include "tst_commands_help.moc"
