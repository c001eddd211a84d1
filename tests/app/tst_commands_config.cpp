// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "app/program.h"

using namespace courier::test;

namespace {

const QString adding =
    QStringLiteral("destination add --name 'Ops bridge' --url https://example.com/hook?key=secret "
                   "--severity high --type policy --schedule patient --timeout 33 --retries 4 --rate 7.25 "
                   "--resolutions on --header 'X-Key: hidden' --paused");

QJsonObject withoutLife(QJsonObject object)
{
    for (const char *key : {"id", "createdAt", "testedAt"}) {
        object.remove(QLatin1String(key));
    }
    return object;
}

QJsonObject shown(const Program &program)
{
    return withoutLife(program.run(words(QStringLiteral("destination list --json --with-secrets"))).object());
}

} // namespace

class TstCommandsConfig : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void goesOverWhole()
    {
        const Program here;
        const Program there;
        QCOMPARE(here.run(words(adding)).code, 0);
        const auto document = here.run(words(QStringLiteral("config export --with-secrets")));
        QCOMPARE(document.code, 0);
        const auto taken = there.run(words(QStringLiteral("config import")), document.out.toUtf8());
        QCOMPARE(taken.err, QString());
        QCOMPARE(taken.code, 0);
        QCOMPARE(shown(there), shown(here));
        const auto again = there.run(words(QStringLiteral("config export --with-secrets --json")));
        QCOMPARE(QJsonDocument::fromJson(again.out.toUtf8()), QJsonDocument::fromJson(document.out.toUtf8()));
    }

    void secretsAreLeftOut()
    {
        const Program here;
        const Program there;
        here.run(words(adding));
        const auto document = here.run(words(QStringLiteral("config export")));
        QVERIFY(document.out.contains(QLatin1String("Ops bridge")));
        QVERIFY(!document.out.contains(QLatin1String("secret")) && !document.out.contains(QLatin1String("hidden")));
        const auto taken = there.run(words(QStringLiteral("config import --json")), document.out.toUtf8());
        QCOMPARE(taken.code, 1);
        QVERIFY2(taken.err.contains(QLatin1String("Ops bridge: its secrets are missing: address, header X-Key")),
                 qPrintable(taken.err));
        QCOMPARE(taken.object().value(QLatin1String("missing")).toArray().size(), 2);
        QCOMPARE(there.run(words(QStringLiteral("destination list --json"))).out, QString());
    }

    void secretsThatAreKnownAreKept()
    {
        const Program program;
        program.run(words(adding));
        const QJsonObject before = shown(program);
        const auto document = program.run(words(QStringLiteral("config export")));
        program.run(
            words(QStringLiteral("destination edit 'Ops bridge' --severity all --retries 1 --header 'X-New: 1'")));
        program.run(words(QStringLiteral("destination resume 'Ops bridge'")));
        program.write(QStringLiteral("desk.json"), document.out.toUtf8());
        const auto taken = program.run(words(QStringLiteral("config import desk.json")));
        QCOMPARE(taken.err, QString());
        QCOMPARE(taken.code, 0);
        QCOMPARE(shown(program), before);
    }

    void aSecretThatCantSignIsRefused()
    {
        const Program here;
        const QString secret = QStringLiteral("whsec_") + QString::fromLatin1(QByteArray(24, 's').toBase64());
        here.write(QStringLiteral("secret"), secret.toUtf8());
        QCOMPARE(here.run(words(QStringLiteral("config secrets file"))).code, 0);
        const auto added = here.run(words(QStringLiteral(
            "destination add --name A --url https://a.example/ --signing standard --secret-from signing=secret")));
        QCOMPARE(added.code, 0);
        QString document = here.run(words(QStringLiteral("config export --with-secrets"))).out;
        QCOMPARE(document.count(secret), 1);
        document.replace(secret, QStringLiteral("whsec_MQ=="));

        const Program there;
        QCOMPARE(there.run(words(QStringLiteral("config secrets file"))).code, 0);
        const auto taken = there.run(words(QStringLiteral("config import")), document.toUtf8());
        QCOMPARE(taken.code, 1);
        QVERIFY2(taken.err.startsWith(QLatin1String("alert-courier: A: ")), qPrintable(taken.err));
        QVERIFY(!taken.err.contains(QLatin1String("MQ==")));
        QCOMPARE(there.run(words(QStringLiteral("destination list --json"))).out, QString());
    }

    void refusesWhatItCantRead_data()
    {
        QTest::addColumn<QByteArray>("document");
        QTest::addColumn<QString>("says");
        const auto row = [](const char *name, const char *document, const char *says) {
            QTest::newRow(name) << QByteArray(document) << QString::fromUtf8(says);
        };
        row("no JSON", "nonsense", "This is not JSON");
        row("other JSON", "{}", "no configuration");
        row("a version to come", "{\"alertCourierConfig\":2}", "no configuration");
        row("a severity",
            "{\"alertCourierConfig\":1,\"destinations\":[{\"name\":\"A\",\"url\":\"https://a.example/"
            "\",\"severities\":[\"LOUD\"]}]}",
            "A: “severities” can't be read.");
        row("an address", "{\"alertCourierConfig\":1,\"destinations\":[{\"name\":\"A\",\"url\":\"ftp://a.example/\"}]}",
            "A: --url: ");
        row("a setting", "{\"alertCourierConfig\":1,\"settings\":{\"colour\":\"blue\"}}",
            "There is no setting “colour”.");
        row("a table",
            "{\"alertCourierConfig\":1,\"settings\":{\"intake.severities.wazuh\":\"{\\\"x\\\":\\\"LOUD\\\"}\"}}",
            "can't be read");
    }

    void refusesWhatItCantRead()
    {
        QFETCH(QByteArray, document);
        QFETCH(QString, says);
        const Program program;
        const auto taken = program.run(words(QStringLiteral("config import -")), document);
        QCOMPARE(taken.code, 1);
        QVERIFY2(taken.err.contains(says), qPrintable(taken.err));
        QCOMPARE(taken.err.count(u'\n'), 1);
        QCOMPARE(program.run(words(QStringLiteral("destination list --json"))).out, QString());
    }

    void settingsGoOver()
    {
        const Program program;
        const QByteArray settings =
            "{\"alertCourierConfig\":1,\"settings\":{\"intake.address\":\"127.0.0.1:9798\",\"intake.token\":\"abc\"}}";
        QCOMPARE(program.run(words(QStringLiteral("config import")), settings).code, 0);
        const auto open = program.run(words(QStringLiteral("config export --json")));
        QCOMPARE(open.object().value(QLatin1String("settings")).toObject().value(QLatin1String("intake.address")),
                 QJsonValue(QStringLiteral("127.0.0.1:9798")));
        QVERIFY(!open.out.contains(QLatin1String("abc")));
        QVERIFY(open.out.contains(QLatin1String("\"settingsLeftOut\":[\"intake.token\"]")));
        QVERIFY(program.run(words(QStringLiteral("config export --with-secrets"))).out.contains(QLatin1String("abc")));
    }

    void missingFile()
    {
        const Program program;
        const auto taken = program.run(words(QStringLiteral("config import nowhere.json")));
        QCOMPARE(taken.code, 1);
        QCOMPARE(taken.err.count(u'\n'), 1);
    }
};

QTEST_GUILESS_MAIN(TstCommandsConfig)
#include "tst_commands_config.moc"
