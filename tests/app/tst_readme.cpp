// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "app/program.h"

using namespace courier::test;

namespace {

QString readme()
{
    QFile file(QStringLiteral(COURIER_SOURCE "/README.md"));
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

/// The first block of bash in a section.
QString example(const QString &section)
{
    return readme()
        .section(QStringLiteral("\n## ") + section + u'\n', 1)
        .section(QStringLiteral("```bash\n"), 1)
        .section(QStringLiteral("```\n"), 0, 0);
}

QStringList titlesIn(const QString &path)
{
    QFile file(path);
    QStringList titles;
    if (file.open(QIODevice::ReadOnly)) {
        for (const QByteArray &line : file.readAll().split('\n')) {
            titles.append(QJsonDocument::fromJson(line).object().value(QLatin1String("title")).toString());
        }
    }
    titles.removeAll(QString());
    return titles;
}

} // namespace

class TstReadme : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    /// The main job's whole way by the command line alone, as the README tells it.
    void theJourneyOnTheCommandLine()
    {
        const Program program;
        QString script = example(QStringLiteral("On the command line"));
        QVERIFY(script.contains(QLatin1String("8090")));
        script.replace(QLatin1String("8090"), QString::number(ScriptedReceiver::freePort()));
        const auto end = program.shell(QLatin1String("trap 'kill $(jobs -p) 2>/dev/null' EXIT\n") + script, 100'000);
        QVERIFY2(end.code == 0, qPrintable(end.out + end.err));
        QVERIFY2(end.out.contains(QLatin1String("503 Service Unavailable")), qPrintable(end.out));
        QVERIFY2(end.out.contains(QLatin1String("come back later")), qPrintable(end.out));
        QVERIFY2(end.out.contains(QLatin1String("Failed, 2 attempts")), qPrintable(end.out));
        QVERIFY2(end.out.contains(QLatin1String("no destination")), qPrintable(end.out));
        const QStringList table = end.lines().mid(end.lines().size() - 3);
        QVERIFY2(table.at(0).startsWith(QLatin1String("ID ")), qPrintable(end.out));
        QVERIFY2(table.at(1).contains(QLatin1String("Disk full on db-03")), qPrintable(end.out));
        QVERIFY2(table.at(1).contains(QLatin1String("Delivered 1 of 1")), qPrintable(end.out));
        QCOMPARE(titlesIn(program.file(QStringLiteral("received.ndjson"))),
                 (QStringList{QStringLiteral("New Alert: This is a Test Alert"),
                              QStringLiteral("New Alert: Disk 95 % full on db-03"),
                              QStringLiteral("New Alert: Disk full on db-03"),
                              QStringLiteral("New Alert: Disk full on db-03"),
                              QStringLiteral("[Re-sent]: Disk full on db-03")}));
    }
};

QTEST_GUILESS_MAIN(TstReadme)
#include "tst_readme.moc"
