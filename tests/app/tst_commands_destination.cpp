// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "app/program.h"
#include "delivery/certificatemaker.h"
#include "delivery/tlsreceiver.h"

#include <QMessageAuthenticationCode>
#include <QRegularExpression>

using namespace courier::test;

namespace {

const QStringList destinationKeys{QStringLiteral("id"),
                                  QStringLiteral("name"),
                                  QStringLiteral("url"),
                                  QStringLiteral("maskedUrl"),
                                  QStringLiteral("severities"),
                                  QStringLiteral("types"),
                                  QStringLiteral("headers"),
                                  QStringLiteral("security"),
                                  QStringLiteral("secrets"),
                                  QStringLiteral("timeoutSeconds"),
                                  QStringLiteral("schedule"),
                                  QStringLiteral("maxRetries"),
                                  QStringLiteral("ratePerSecond"),
                                  QStringLiteral("resolutions"),
                                  QStringLiteral("paused"),
                                  QStringLiteral("builtInReceiver"),
                                  QStringLiteral("test"),
                                  QStringLiteral("testedAt"),
                                  QStringLiteral("testResult"),
                                  QStringLiteral("certificate"),
                                  QStringLiteral("createdAt"),
                                  QStringLiteral("waiting"),
                                  QStringLiteral("retrying"),
                                  QStringLiteral("held"),
                                  QStringLiteral("needAttention"),
                                  QStringLiteral("delivered24h"),
                                  QStringLiteral("failed24h"),
                                  QStringLiteral("struggling"),
                                  QStringLiteral("nextTryAt")};

QStringList addArguments(const QString &url)
{
    return {QStringLiteral("destination"), QStringLiteral("add"),   QStringLiteral("--name"),
            QStringLiteral("Ops bridge"),  QStringLiteral("--url"), url};
}

QByteArray alertLine(const char *severity)
{
    return QByteArray("{\"id\":\"Disk.Full\",\"severity\":\"") + severity + "\",\"title\":\"Disk full\"}\n";
}

} // namespace

class TstCommandsDestination : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nothingYet()
    {
        const Program program;
        const auto list = program.run(words(QStringLiteral("destination list")));
        QCOMPARE(list.code, 0);
        QVERIFY(list.out.contains(QLatin1String("no destination")));
        QCOMPARE(list.err, QString());
        const auto json = program.run(words(QStringLiteral("destination list --json")));
        QCOMPARE(json.code, 0);
        QCOMPARE(json.out, QString());
    }

    void addsWithEveryOption()
    {
        const Program program;
        const auto added = program.run(words(QStringLiteral(
            "destination add --name 'Ops bridge' --url https://example.com/hook?key=1 --severity critical,high --type "
            "rule,policy --schedule quick --timeout 20 --retries 3 --rate 0.5 --resolutions on --header 'X-Env: prod' "
            "--header "
            "X-Team:ops --paused --json")));
        QCOMPARE(added.code, 0);
        QCOMPARE(added.err, QString());
        const QJsonObject shown =
            program.run(words(QStringLiteral("destination show 'ops BRIDGE' --json --with-secrets"))).object();
        QCOMPARE(shown.value(QLatin1String("id")), added.object().value(QLatin1String("id")));
        const QJsonArray headers{QJsonObject{{QStringLiteral("name"), QStringLiteral("X-Env")},
                                             {QStringLiteral("value"), QStringLiteral("prod")}},
                                 QJsonObject{{QStringLiteral("name"), QStringLiteral("X-Team")},
                                             {QStringLiteral("value"), QStringLiteral("ops")}}};
        const QJsonObject expected{
            {QStringLiteral("name"), QStringLiteral("Ops bridge")},
            {QStringLiteral("url"), QStringLiteral("https://example.com/hook?key=1")},
            {QStringLiteral("severities"), QJsonArray{QStringLiteral("CRITICAL"), QStringLiteral("HIGH")}},
            {QStringLiteral("types"), QJsonArray{QStringLiteral("RULE"), QStringLiteral("POLICY")}},
            {QStringLiteral("headers"), headers},
            {QStringLiteral("timeoutSeconds"), 20},
            {QStringLiteral("schedule"), QStringLiteral("quick")},
            {QStringLiteral("maxRetries"), 3},
            {QStringLiteral("ratePerSecond"), 0.5},
            {QStringLiteral("resolutions"), true},
            {QStringLiteral("paused"), true}};
        for (auto one = expected.begin(); one != expected.end(); ++one) {
            QCOMPARE(shown.value(one.key()), *one);
        }
    }

    void listsWithStableKeysAndMasked()
    {
        const Program program;
        QCOMPARE(program
                     .run(addArguments(QStringLiteral("https://example.com/hook?key=secret"))
                          << QStringLiteral("--header") << QStringLiteral("X-Key: hidden"))
                     .code,
                 0);
        const auto list = program.run(words(QStringLiteral("destination list --json")));
        QStringList keys = list.object().keys();
        QStringList expected = destinationKeys;
        expected.sort();
        QCOMPARE(keys, expected);
        QVERIFY(list.object().value(QLatin1String("url")).isNull());
        for (const char *command : {"destination list", "destination list --json", "destination show 'Ops bridge'"}) {
            const QString out = program.run(words(QLatin1String(command))).out;
            QVERIFY(out.contains(QLatin1String("Ops bridge")));
            QVERIFY2(!out.contains(QLatin1String("key=secret")) && !out.contains(QLatin1String("hidden")), command);
        }
    }

    void aRateLimitIsShownAndTakenAway()
    {
        const Program program;
        QCOMPARE(program.run(addArguments(QStringLiteral("https://example.com/hook"))).code, 0);
        const auto shown = [&program] {
            return program.run(words(QStringLiteral("destination show 'Ops bridge'"))).out;
        };
        const auto edit = [&program](const QString &rate) {
            return program.run(words(QStringLiteral("destination edit 'Ops bridge' --rate ") + rate)).code;
        };
        QVERIFY(shown().contains(QLatin1String("No limit")));
        QCOMPARE(edit(QStringLiteral("2.5")), 0);
        QVERIFY(shown().contains(QLatin1String("At most 2.5 requests a second")));
        QCOMPARE(edit(QStringLiteral("none")), 0);
        QVERIFY(shown().contains(QLatin1String("No limit")));
        QVERIFY(program.run(words(QStringLiteral("destination list --json")))
                    .object()
                    .value(QLatin1String("ratePerSecond"))
                    .isNull());
    }

    void dataDirectoryBeforeOrAfter()
    {
        const Program program;
        const QString directory = program.file(QStringLiteral("elsewhere"));
        QCOMPARE(program
                     .run(QStringList{QStringLiteral("--data-dir"), directory} +
                          addArguments(QStringLiteral("https://example.com/a")))
                     .code,
                 0);
        const auto list = program.run({QStringLiteral("destination"), QStringLiteral("list"), QStringLiteral("--json"),
                                       QStringLiteral("--data-dir=") + directory});
        QCOMPARE(list.objects().size(), 1);
        QCOMPARE(program.run(words(QStringLiteral("destination list --json"))).objects().size(), 0);
    }

    void refusesBadSettings_data()
    {
        QTest::addColumn<QString>("options");
        QTest::addColumn<int>("code");
        QTest::addColumn<QString>("says");
        const auto row = [](const char *name, const char *options, int code, const char *says) {
            QTest::newRow(name) << QString::fromLatin1(options) << code << QString::fromUtf8(says);
        };
        row("no name", "--url https://a.example/", 1, "--name: ");
        row("no address", "--name A", 1, "--url: ");
        row("bad address", "--name A --url ftp://a.example/", 1, "--url: Enter a full address");
        row("severity", "--name A --url https://a.example/ --severity loud", 2, "“loud”");
        row("type", "--name A --url https://a.example/ --type noise", 2, "“noise”");
        row("no type", "--name A --url https://a.example/ --type none", 1, "--type: ");
        row("schedule", "--name A --url https://a.example/ --schedule never", 2, "--schedule takes");
        row("time-out word", "--name A --url https://a.example/ --timeout soon", 2, "--timeout takes");
        row("time-out range", "--name A --url https://a.example/ --timeout 500", 1, "--timeout: ");
        row("retries", "--name A --url https://a.example/ --retries 11", 1, "--retries: ");
        row("rate word", "--name A --url https://a.example/ --rate fast", 2, "--rate takes");
        row("rate below none", "--name A --url https://a.example/ --rate=-1", 2, "--rate takes");
        row("rate range", "--name A --url https://a.example/ --rate 5000", 1, "--rate: Use a rate of 0.01 to 1000");
        row("rate too small", "--name A --url https://a.example/ --rate 0.001", 1, "--rate: ");
        row("header", "--name A --url https://a.example/ --header nonsense", 2, "--header takes");
        row("own header", "--name A --url https://a.example/ --header 'Host: b'", 1, "--header: ");
        row("resolutions", "--name A --url https://a.example/ --resolutions maybe", 2, "--resolutions takes");
        const auto security = [&row](const char *name, const char *options, int code, const char *says) {
            row(name, QByteArray(QByteArray("--name A --url https://a.example/ ") + options).constData(), code, says);
        };
        security("signing word", "--signing loud", 2, "--signing takes none, standard,");
        security("signing header", "--signing-header X-Sig", 2, "--signing-header goes with --signing custom");
        security("signing without a secret", "--signing standard", 1, "--generate-secret makes one");
        security("secret for nothing", "--generate-secret", 2, "--generate-secret goes with --signing");
        security("overlap word", "--signing github --signing-overlap soon", 2, "--signing-overlap takes");
        security("overlap range", "--signing standard --generate-secret --signing-overlap 721", 1, "--signing: Use an");
        security("custom without a header", "--signing custom --generate-secret", 1, "--signing: ");
        security("login word", "--auth magic", 2, "--auth takes none, basic,");
        security("user for nothing", "--user ops", 2, "--user goes with --auth basic");
        security("scope for nothing", "--auth basic --scope all", 2, "--scope goes with --auth oauth2");
        security("bearer without a token", "--auth bearer", 1, "--secret-from token=FILE");
        security("authority nowhere", "--ca nowhere.pem", 1, "nowhere.pem can't be read");
        security("authority of nothing", "--ca /dev/null", 1, "There is no certificate in PEM");
        security("pin word", "--pin abc", 2, "--pin takes");
        security("pin of none seen", "--pin seen", 1, "No certificate of this receiver was seen yet");
        security("client certificate", "--client-certificate /dev/null", 1, "/dev/null: ");
        security("proxy word", "--proxy often", 2, "--proxy takes system,");
        security("proxy scheme", "--proxy ftp://a.example:1", 2, "--proxy takes system,");
        security("proxy without a port", "--proxy socks5://a.example", 2, "--proxy takes a host and a port");
        security("proxy with a password", "--proxy http://ops:pw@a.example:1", 2, "--secret-from proxy-password=FILE");
        row("unknown option", "--name A --nonsense", 2, "nonsense");
        row("argument", "A", 2, "options only");
    }

    void refusesBadSettings()
    {
        QFETCH(QString, options);
        QFETCH(int, code);
        QFETCH(QString, says);
        const Program program;
        const auto end = program.run(words(QStringLiteral("destination add ") + options));
        QCOMPARE(end.code, code);
        QCOMPARE(end.out, QString());
        QVERIFY2(end.err.contains(says), qPrintable(end.err));
        QCOMPARE(end.err.count(u'\n'), code == 2 ? 2 : 1); // a sentence; of usage also where to read more
        QCOMPARE(program.run(words(QStringLiteral("destination list --json"))).out, QString());
    }

    void namesAreTakenWhateverTheCase()
    {
        const Program program;
        QCOMPARE(program.run(addArguments(QStringLiteral("https://example.com/a"))).code, 0);
        const auto again =
            program.run(words(QStringLiteral("destination add --name 'OPS bridge' --url https://b.example/")));
        QCOMPARE(again.code, 1);
        QVERIFY(again.err.contains(QLatin1String("Ops bridge exists")));
    }

    void warnsOfPlainHttpAndAddsItAllTheSame()
    {
        const Program program;
        const auto added = program.run(addArguments(QStringLiteral("http://example.com/a")));
        QCOMPARE(added.code, 0);
        QVERIFY(added.err.contains(QLatin1String("unencrypted")));
    }

    void editsOnlyWhatIsGiven()
    {
        const Program program;
        program.run(addArguments(QStringLiteral("https://example.com/a"))
                    << QStringLiteral("--header") << QStringLiteral("X-Env: prod"));
        const QJsonObject before =
            program.run(words(QStringLiteral("destination list --json --with-secrets"))).object();
        const QString id = before.value(QLatin1String("id")).toString();
        QCOMPARE(program
                     .run(words(QStringLiteral("destination edit %1 --severity all --header 'x-env: test' --header "
                                               "'X-New: 1'")
                                    .arg(id)))
                     .code,
                 0);
        QJsonObject after = program.run(words(QStringLiteral("destination list --json --with-secrets"))).object();
        QCOMPARE(after.value(QLatin1String("severities")).toArray().size(), 5);
        QCOMPARE(after.value(QLatin1String("headers")).toArray().size(), 2);
        QCOMPARE(after.value(QLatin1String("headers")).toArray().first().toObject().value(QLatin1String("value")),
                 QJsonValue(QStringLiteral("test")));
        for (const char *key : {"name", "url", "types", "timeoutSeconds", "schedule", "maxRetries", "createdAt"}) {
            QCOMPARE(after.value(QLatin1String(key)), before.value(QLatin1String(key)));
        }
        QCOMPARE(
            program.run(words(QStringLiteral("destination edit 'ops bridge' --remove-header x-NEW --name Ops"))).code,
            0);
        after = program.run(words(QStringLiteral("destination show ops --json"))).object();
        QCOMPARE(after.value(QLatin1String("headers")).toArray().size(), 1);
        QCOMPARE(program.run(words(QStringLiteral("destination edit Ops"))).code, 2);
        QCOMPARE(program.run(words(QStringLiteral("destination edit Ops --remove-header X-Gone"))).code, 1);
        const auto gone = program.run(words(QStringLiteral("destination edit Nobody --retries 1")));
        QCOMPARE(gone.code, 1);
        QCOMPARE(gone.err, QStringLiteral("alert-courier: There is no destination “Nobody”.\n"));
    }

    void pausesAndResumes()
    {
        const Program program;
        program.run(addArguments(QStringLiteral("https://example.com/a")));
        program.run(words(QStringLiteral("submit")), alertLine("HIGH") + alertLine("CRITICAL"));
        const auto paused = program.run(words(QStringLiteral("destination pause 'Ops bridge' --json")));
        QCOMPARE(paused.code, 0);
        QCOMPARE(paused.object().value(QLatin1String("paused")), QJsonValue(true));
        QCOMPARE(paused.object().value(QLatin1String("held")), QJsonValue(2));
        const auto resumed = program.run(words(QStringLiteral("destination resume 'Ops bridge'")));
        QCOMPARE(resumed.out, QStringLiteral("Ops bridge is resumed; deliveries let go: 2.\n"));
        QCOMPARE(program.run(words(QStringLiteral("destination pause Nobody"))).code, 1);
        QCOMPARE(program.run(words(QStringLiteral("destination pause"))).code, 2);
    }

    void removesOnlyWithAYesWhereDeliveriesWait()
    {
        const Program program;
        program.run(addArguments(QStringLiteral("https://example.com/a")));
        program.run(words(QStringLiteral("submit")), alertLine("HIGH"));
        const auto refused = program.run(words(QStringLiteral("destination remove 'Ops bridge'")));
        QCOMPARE(refused.code, 1);
        QVERIFY2(refused.err.contains(QLatin1String("1 delivery waits for Ops bridge")), qPrintable(refused.err));
        QCOMPARE(program.run(words(QStringLiteral("destination list --json"))).objects().size(), 1);
        const auto removed = program.run(words(QStringLiteral("destination remove 'Ops bridge' --yes")));
        QCOMPARE(removed.code, 0);
        QVERIFY(removed.out.contains(QLatin1String("1 delivery that waited is cancelled")));
        QCOMPARE(program.run(words(QStringLiteral("delivery list --json"))).object().value(QLatin1String("state")),
                 QJsonValue(QStringLiteral("cancelled")));
        program.run(addArguments(QStringLiteral("https://example.com/a")));
        QCOMPARE(program.run(words(QStringLiteral("destination remove 'Ops bridge'"))).code, 0); // nothing waits
    }

    void testTellsStatusAndBody_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("reason");
        QTest::addColumn<int>("code");
        QTest::newRow("200") << 200 << QByteArray("OK") << 0;
        QTest::newRow("204") << 204 << QByteArray("No Content") << 0;
        QTest::newRow("302") << 302 << QByteArray("Found") << 1;
        QTest::newRow("401") << 401 << QByteArray("Unauthorized") << 1;
        QTest::newRow("500") << 500 << QByteArray("Server Error") << 1;
    }

    void testTellsStatusAndBody()
    {
        QFETCH(int, status);
        QFETCH(QByteArray, reason);
        QFETCH(int, code);
        const QByteArray body = status == 204 ? QByteArray() : QByteArray("so it is");
        const ScriptedReceiver receiver(Answer::withStatus(status, reason, body));
        const Program program;
        program.run(addArguments(receiver.url()) << QStringLiteral("--paused"));
        const auto test = program.run(words(QStringLiteral("destination test 'Ops bridge'")));
        QCOMPARE(test.code, code);
        QVERIFY2(test.out.contains(QString::number(status)) && test.out.contains(QString::fromLatin1(body)),
                 qPrintable(test.out));
        QCOMPARE(receiver.requestCount(), 1);
        QVERIFY(receiver.requests().first().body.contains("This is a Test Alert"));
        const QJsonObject shown = program.run(words(QStringLiteral("destination show 'Ops bridge' --json"))).object();
        QCOMPARE(shown.value(QLatin1String("test")),
                 QJsonValue(code == 0 ? QStringLiteral("passed") : QStringLiteral("failed")));
        const QJsonObject attempt = shown.value(QLatin1String("tests")).toArray().first().toObject();
        QCOMPARE(attempt.value(QLatin1String("status")), QJsonValue(status));
        QCOMPARE(attempt.value(QLatin1String("responseBody")), QJsonValue(QString::fromLatin1(body)));
        QCOMPARE(attempt.value(QLatin1String("trigger")), QJsonValue(QStringLiteral("test")));
    }

    void signsAsTold()
    {
        const QDateTime began = QDateTime::currentDateTime();
        const ScriptedReceiver receiver(Answer::ok());
        const Program program;
        QCOMPARE(program.run(words(QStringLiteral("config secrets file"))).code, 0);
        const auto signatures = [&](const char *header) {
            [&] { QCOMPARE(program.run(words(QStringLiteral("destination test 'Ops bridge'"))).code, 0); }();
            return receiver.requests().last().header(header);
        };
        const auto edit = [&](const char *options) {
            return program.run(words(QLatin1String("destination edit 'Ops bridge' --json ") + QLatin1String(options)));
        };
        const auto added =
            program.run(addArguments(receiver.url())
                        << words(QStringLiteral("--signing standard --generate-secret --signing-overlap 5 --json")));
        const QString secret = added.object().value(QLatin1String("signingSecret")).toString();
        QVERIFY2(secret.startsWith(QLatin1String("whsec_")), qPrintable(added.out + added.err));
        QVERIFY(signatures("webhook-signature").startsWith("v1,"));
        const QString again = edit("--generate-secret").object().value(QLatin1String("signingSecret")).toString();
        QVERIFY(again.startsWith(QLatin1String("whsec_")) && again != secret);
        QCOMPARE(signatures("webhook-signature").count("v1,"), 2); // the one before, too
        for (const char *command : {"destination show 'Ops bridge'", "destination show 'Ops bridge' --json",
                                    "destination list --json --with-secrets", "config export"}) {
            const QString out = program.run(words(QLatin1String(command))).out;
            QVERIFY2(!out.contains(secret) && !out.contains(again), command);
        }
        const QString shown = program.run(words(QStringLiteral("destination show 'Ops bridge'"))).out;
        static const QRegularExpression overlap(QStringLiteral(
            "Standard Webhooks, HMAC-SHA256 \\(v1\\); the secret before signs, too, until ([-0-9]+ [:0-9]+)"));
        const QString until = overlap.match(shown).captured(1);
        const QDateTime end = QDateTime::fromString(until, QStringLiteral("yyyy-MM-dd HH:mm:ss"));
        QVERIFY2(end >= began.addSecs(5 * 3600 - 1) && end <= began.addSecs(5 * 3600 + 60), qPrintable(shown));
        QCOMPARE(edit("--signing standard-ed25519").code, 1); // that secret can't
        const QJsonObject ed25519 = edit("--signing standard-ed25519 --generate-secret").object();
        QVERIFY(ed25519.value(QLatin1String("signingPublicKey")).toString().startsWith(QLatin1String("whpk_")));
        QVERIFY(!ed25519.contains(QLatin1String("signingSecret")));
        QVERIFY(signatures("webhook-signature").startsWith("v1a,"));
        program.write(QStringLiteral("key.txt"), "sesame\n");
        QCOMPARE(
            edit("--signing custom --signing-header X-Sig --signing-prefix sha256= --secret-from signing=key.txt").code,
            0);
        const QByteArray seen = signatures("X-Sig");
        QCOMPARE(seen, "sha256=" + QMessageAuthenticationCode::hash(receiver.requests().last().body, "sesame",
                                                                    QCryptographicHash::Sha256)
                                       .toHex());
        QCOMPARE(edit("--signing none").code, 0);
        QCOMPARE(signatures("X-Sig"), QByteArray());
    }

    void logsInAsTold()
    {
        const ScriptedReceiver receiver(Answer::ok());
        const Program program;
        program.run(words(QStringLiteral("config secrets file")));
        program.write(QStringLiteral("secret.txt"), "s3cret\n");
        QCOMPARE(program
                     .run(addArguments(receiver.url())
                          << words(QStringLiteral("--auth basic --user ops --secret-from password=secret.txt")))
                     .err,
                 QString());
        const auto login = [&] {
            [&] { QCOMPARE(program.run(words(QStringLiteral("destination test 'Ops bridge'"))).code, 0); }();
            return receiver.requests().last().header("Authorization");
        };
        const auto edit = [&](const char *options) {
            return program.run(words(QLatin1String("destination edit 'Ops bridge' ") + QLatin1String(options)));
        };
        const auto shown = [&] { return program.run(words(QStringLiteral("destination show 'Ops bridge'"))).out; };
        QCOMPARE(login(), "Basic " + QByteArray("ops:s3cret").toBase64());
        QVERIFY(shown().contains(QLatin1String("Basic, as ops")));
        QCOMPARE(edit("--secret-from token=secret.txt").code, 2); // good for nothing
        QCOMPARE(edit("--auth bearer --secret-from token=secret.txt").code, 0);
        QCOMPARE(login(), QByteArray("Bearer s3cret"));
        QCOMPARE(edit("--auth oauth2 --token-url https://login.example/token?t=1 --client-id courier --scope alerts "
                      "--secret-from client-secret=secret.txt")
                     .err,
                 QString());
        QVERIFY2(shown().contains(QLatin1String("OAuth 2, as courier at https://login.example/")), qPrintable(shown()));
        QVERIFY(!shown().contains(QLatin1String("t=1")) && !shown().contains(QLatin1String("s3cret")));
        QCOMPARE(edit("--auth none --proxy http://ops@127.0.0.1:1 --secret-from proxy-password=secret.txt").code, 0);
        QVERIFY(shown().contains(QLatin1String("http://ops@127.0.0.1:1")));
        const auto test = program.run(words(QStringLiteral("destination test 'Ops bridge' --json")));
        QCOMPARE(test.object().value(QLatin1String("attempt")).toObject().value(QLatin1String("outcome")),
                 QJsonValue(QStringLiteral("proxy-failed")));
        QCOMPARE(edit("--proxy none").code, 0);
        QCOMPARE(login(), QByteArray());
    }

    void trustsAsTold()
    {
        CertificateMaker maker;
        const Identity authority = maker.authority(QStringLiteral("Example CA"));
        const Identity server = maker.issued(authority, QStringLiteral("server"), QStringLiteral("IP:127.0.0.1"));
        const Identity client = maker.issued(authority, QStringLiteral("courier"), QStringLiteral("DNS:courier"));
        QSslConfiguration asking = serverConfiguration(server);
        asking.setPeerVerifyMode(QSslSocket::QueryPeer);
        asking.setCaCertificates({authority.certificate()});
        const TlsReceiver receiver(asking);
        const Program program;
        program.run(words(QStringLiteral("config secrets file")));
        program.write(QStringLiteral("both.pem"), client.certificatePem + client.keyPem);
        program.write(QStringLiteral("client.p12"), maker.pkcs12(client, QStringLiteral("sesame")));
        program.write(QStringLiteral("word.txt"), "sesame\n");
        program.run(addArguments(receiver.url()));
        const auto test = [&] { return program.run(words(QStringLiteral("destination test 'Ops bridge'"))).code; };
        const auto edit = [&](const QString &options) {
            return program.run(words(QStringLiteral("destination edit 'Ops bridge' ") + options));
        };
        const auto shown = [&] { return program.run(words(QStringLiteral("destination show 'Ops bridge'"))).out; };
        const QString sha256 = QString::fromLatin1(server.sha256().toHex(':').toUpper());
        QCOMPARE(edit(QStringLiteral("--pin seen")).code, 1); // none was
        QCOMPARE(test(), 1);
        QVERIFY(edit(QStringLiteral("--pin seen")).out.contains(sha256));
        QVERIFY(shown().contains(QStringLiteral("Only the certificate ") + sha256));
        QCOMPARE(test(), 0);
        QCOMPARE(edit(QStringLiteral("--pin none")).code, 0);
        QCOMPARE(test(), 1);
        QCOMPARE(edit(QStringLiteral("--ca ") + authority.certificateFile).code, 0);
        QVERIFY(shown().contains(QLatin1String("Authorities of its own: Example CA")));
        QCOMPARE(test(), 0);
        QVERIFY(receiver.clients().last().isNull());
        program.write(QStringLiteral("authority.der"), authority.certificate().toDer());
        QCOMPARE(edit(QStringLiteral("--ca system")).code, 0);
        QCOMPARE(edit(QStringLiteral("--ca authority.der")).err, QString());
        QCOMPARE(test(), 0);
        QCOMPARE(edit(QStringLiteral("--client-certificate both.pem")).err, QString());
        QCOMPARE(test(), 0);
        QCOMPARE(receiver.clients().last(), client.certificate());
        QVERIFY(shown().contains(QLatin1String("shows the certificate of courier")));
        QCOMPARE(edit(QStringLiteral("--client-certificate none")).code, 0);
        QCOMPARE(edit(QStringLiteral("--client-certificate client.p12")).code, 1); // its passphrase
        QCOMPARE(edit(QStringLiteral("--client-certificate client.p12 --secret-from passphrase=word.txt")).err,
                 QString());
        QCOMPARE(test(), 0);
        QCOMPARE(receiver.clients().last(), client.certificate());
        QVERIFY(
            !program.run(words(QStringLiteral("config export --with-secrets"))).out.contains(QLatin1String("sesame")));
        QCOMPARE(edit(QStringLiteral("--ca system")).code, 0);
        QCOMPARE(test(), 1);
    }

    void tellsOfTheCertificate()
    {
        CertificateMaker maker;
        const Identity identity = maker.issued(maker.authority(QStringLiteral("Example CA")),
                                               QStringLiteral("hooks.example.com"), QStringLiteral("IP:127.0.0.1"), 10);
        const TlsReceiver receiver(serverConfiguration(identity));
        const Program program;
        QCOMPARE(program.run(addArguments(receiver.url())).code, 0);
        const auto shown = [&program](const char *options) {
            return program.run(words(QLatin1String("destination show 'Ops bridge'") + QLatin1String(options)));
        };
        QVERIFY(shown("").out.contains(QLatin1String("Not seen yet")));
        QVERIFY(shown(" --json").object().value(QLatin1String("certificate")).isNull());
        QCOMPARE(program.run(words(QStringLiteral("destination test 'Ops bridge'"))).code,
                 1); // not one that is trusted
        const QDateTime end = identity.certificate().expiryDate().toUTC();
        const QString out = shown("").out;
        QVERIFY2(out.contains(QStringLiteral("hooks.example.com, issued by Example CA, valid until ") +
                              QLocale::c().toString(end, QStringLiteral("d MMM yyyy"))),
                 qPrintable(out));
        QVERIFY2(out.contains(QString::fromLatin1(identity.sha256().toHex(':').toUpper())), qPrintable(out));
        QVERIFY2(out.contains(QLatin1String("The receiver's certificate expires in ")), qPrintable(out));
        QVERIFY(program.run(words(QStringLiteral("destination list"))).out.contains(QLatin1String("Certificate: ")));
        const QJsonObject certificate = shown(" --json").object().value(QLatin1String("certificate")).toObject();
        const QJsonObject expected{
            {QStringLiteral("subject"), QStringLiteral("hooks.example.com")},
            {QStringLiteral("issuer"), QStringLiteral("Example CA")},
            {QStringLiteral("expiresAt"), end.toString(QStringLiteral("yyyy-MM-ddTHH:mm:ss.zzzZ"))},
            {QStringLiteral("sha256"), QString::fromLatin1(identity.sha256().toHex())}};
        QCOMPARE(certificate, expected);
    }

    void testFailsWhereNobodyListens()
    {
        const Program program;
        program.run(addArguments(QStringLiteral("http://127.0.0.1:%1/").arg(ScriptedReceiver::freePort())));
        const auto test = program.run(words(QStringLiteral("destination test 'Ops bridge' --json")));
        QCOMPARE(test.code, 1);
        const QJsonObject attempt = test.object().value(QLatin1String("attempt")).toObject();
        QCOMPARE(attempt.value(QLatin1String("outcome")), QJsonValue(QStringLiteral("unreachable")));
        QVERIFY(attempt.value(QLatin1String("status")).isNull());
    }

    void bodiesDontReachTheTerminalRaw()
    {
        const ScriptedReceiver receiver(Answer::ok("\x1b[2J\xc2\x9b"
                                                   "2Jcleared"));
        const Program program;
        program.run(addArguments(receiver.url()));
        const QString out = program.run(words(QStringLiteral("destination test 'Ops bridge'"))).out;
        QVERIFY(out.contains(QLatin1String("cleared")));
        QVERIFY(!out.contains(QChar(0x1b)) && !out.contains(QChar(0x9b)));
    }
};

QTEST_GUILESS_MAIN(TstCommandsDestination)
#include "tst_commands_destination.moc"
