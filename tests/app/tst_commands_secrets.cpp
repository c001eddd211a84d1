// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "app/program.h"
#include "support/keyringdesktop.h"

#include <QDir>
#include <QFileInfo>

#include <sys/stat.h>

using namespace courier::test;

namespace {

// What a destination that logs in with a token is imported as.
QByteArray document(const char *secrets = "")
{
    return QByteArray(
               R"({"alertCourierConfig":1,"destinations":[{"name":"Ops bridge","url":"https://example.com/hook",)"
               R"("security":{"authentication":{"scheme":"bearer"}},)"
               R"("headers":[{"name":"X-Api-Key","value":null,"secret":true}])") +
           secrets + "}]}";
}
constexpr const char *bothSecrets = R"(,"secrets":{"token":"s3cret-token","headers":{"X-Api-Key":"s3cret-key"}})";

int modeOf(const QString &path)
{
    struct stat facts = {};
    return ::stat(QFile::encodeName(path).constData(), &facts) == 0 ? static_cast<int>(facts.st_mode & 07777) : -1;
}

std::unique_ptr<KeyRingDesktop> desktop;

} // namespace

/// Secrets from the command line, by the real program: with the real key ring, and on a machine that has none.
class TstCommandsSecrets : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cleanup() { desktop->stopKeyRing(); }

    void throughTheKeyRing()
    {
        QVERIFY(desktop->startKeyRing());
        const qsizetype before = desktop->itemCount();
        const Program program;
        QCOMPARE(program.run(words(QStringLiteral("config import")), document(bothSecrets)).err, QString());
        QCOMPARE(desktop->itemCount(), before + 1);
        saysWhatIsSet(program);
        exportsOnlyWhenAsked(program);
        QVERIFY(!QFileInfo::exists(program.dataDirectory() + QStringLiteral("/secrets.json")));

        QCOMPARE(program.run(words(QStringLiteral("config secrets --json"))).object().value(QLatin1String("secrets")),
                 QJsonValue(QStringLiteral("keyring")));
        const auto moved = program.run(words(QStringLiteral("config secrets file --json")));
        QCOMPARE(moved.code, 0);
        QCOMPARE(moved.object().value(QLatin1String("moved")).toInt(), 1);
        QCOMPARE(desktop->itemCount(), before);
        exportsOnlyWhenAsked(program);
        QCOMPARE(program.run(words(QStringLiteral("config secrets keyring"))).code, 0);
        QCOMPARE(desktop->itemCount(), before + 1);
        QVERIFY(!QFileInfo::exists(program.dataDirectory() + QStringLiteral("/secrets.json")));
        exportsOnlyWhenAsked(program);

        QCOMPARE(program.run(words(QStringLiteral("destination remove 'Ops bridge'"))).code, 0);
        QCOMPARE(desktop->itemCount(), before);
    }

    void withoutAKeyRing()
    {
        const Program program;
        const auto refused = program.run(words(QStringLiteral("config import")), document(bothSecrets));
        QCOMPARE(refused.code, 1);
        QVERIFY2(refused.err.contains(QStringLiteral("alert-courier config secrets file")), qPrintable(refused.err));
        QCOMPARE(program.run(words(QStringLiteral("destination list --json"))).out, QString());
        QVERIFY(!QFileInfo::exists(program.dataDirectory() + QStringLiteral("/secrets.json")));

        QCOMPARE(program.run(words(QStringLiteral("config secrets file"))).code, 0);
        QCOMPARE(program.run(words(QStringLiteral("config import")), document(bothSecrets)).code, 0);
        QCOMPARE(modeOf(program.dataDirectory()), 0700);
        const QDir directory(program.dataDirectory());
        for (const QString &file : directory.entryList(QDir::Files)) {
            QVERIFY2(modeOf(directory.filePath(file)) == 0600, qPrintable(file));
        }
        saysWhatIsSet(program);
        exportsOnlyWhenAsked(program);
        const auto back = program.run(words(QStringLiteral("config secrets keyring"))); // there is none
        QCOMPARE(back.code, 1);
        QVERIFY(back.out.contains(QStringLiteral("secrets.json")));
        exportsOnlyWhenAsked(program);
    }

    void whereASecretComesFrom()
    {
        const Program program;
        program.run(words(QStringLiteral("config secrets file")));
        program.write(QStringLiteral("key.txt"), "from-a-file\n");
        qputenv("COURIER_TEST_SECRET", "from-the-environment");
        const auto add = [&](const QString &name, const QString &source, const QByteArray &input = {}) {
            return program.run(
                words(QStringLiteral("destination add --name %1 --url https://example.com/ --secret-from %2")
                          .arg(name, source)),
                input);
        };
        QCOMPARE(add(QStringLiteral("A"), QStringLiteral("header:X-Key=key.txt")).err, QString());
        QCOMPARE(add(QStringLiteral("B"), QStringLiteral("header:X-Key=-"), "from-stdin\r\n").err, QString());
        QCOMPARE(add(QStringLiteral("C"), QStringLiteral("header:X-Key=env:COURIER_TEST_SECRET")).err, QString());
        QCOMPARE(headersOf(program), (QStringList{QStringLiteral("from-a-file"), QStringLiteral("from-stdin"),
                                                  QStringLiteral("from-the-environment")}));

        QCOMPARE(add(QStringLiteral("D"), QStringLiteral("header:X-Key=nowhere.txt")).code, 1);
        QCOMPARE(add(QStringLiteral("D"), QStringLiteral("header:X-Key=env:COURIER_NOT_SET")).code, 1);
        QCOMPARE(add(QStringLiteral("D"), QStringLiteral("header:X-Key=ask")).code, 1); // nobody can be asked
        QCOMPARE(add(QStringLiteral("D"), QStringLiteral("header:X-Key=-"), "\n").code, 1);
        QCOMPARE(add(QStringLiteral("D"), QStringLiteral("header:X-Key=-"), "a\nb\n").code, 1);
        QCOMPARE(add(QStringLiteral("D"), QStringLiteral("sesame=key.txt")).code, 2);
        QCOMPARE(add(QStringLiteral("D"), QStringLiteral("token")).code, 2);
        QCOMPARE(program.run(words(QStringLiteral("destination list --json"))).objects().size(), 3);

        program.write(QStringLiteral("key.txt"), "another\n");
        QCOMPARE(program.run(words(QStringLiteral("destination edit A --secret-from header:x-key=key.txt"))).code, 0);
        QCOMPARE(headersOf(program).value(0), QStringLiteral("another"));
        QCOMPARE(program.run(words(QStringLiteral("destination edit A --remove-header X-Key"))).code, 0);
        QCOMPARE(headersOf(program).size(), 2);
    }

private:
    static void saysWhatIsSet(const Program &program)
    {
        const auto shown = program.run(words(QStringLiteral("destination show 'Ops bridge' --with-secrets")));
        QVERIFY2(shown.out.contains(QStringLiteral("the token, the value of X-Api-Key")), qPrintable(shown.out));
        QVERIFY(!shown.out.contains(QStringLiteral("s3cret")));
        const auto json = program.run(words(QStringLiteral("destination show 'Ops bridge' --with-secrets --json")));
        QCOMPARE(json.object().value(QLatin1String("secrets")),
                 QJsonValue(QJsonArray{QStringLiteral("token"), QStringLiteral("header:X-Api-Key")}));
        QVERIFY(!json.out.contains(QStringLiteral("s3cret")));
    }

    static void exportsOnlyWhenAsked(const Program &program)
    {
        const auto without = program.run(words(QStringLiteral("config export")));
        QCOMPARE(without.code, 0);
        QVERIFY(!without.out.contains(QStringLiteral("s3cret")));
        const auto with = program.run(words(QStringLiteral("config export --with-secrets")));
        QCOMPARE(with.err, QString()); // whoever types it is told; a script isn't
        QVERIFY(with.out.contains(QStringLiteral("s3cret-token")) && with.out.contains(QStringLiteral("s3cret-key")));

        const Program there; // the document without them is refused, with them it is whole
        there.run(words(QStringLiteral("config secrets file")));
        const auto refused = there.run(words(QStringLiteral("config import")), without.out.toUtf8());
        QVERIFY2(refused.err.contains(QStringLiteral("the token")) &&
                     refused.err.contains(QStringLiteral("header X-Api-Key")),
                 qPrintable(refused.err));
        QCOMPARE(there.run(words(QStringLiteral("config import")), with.out.toUtf8()).code, 0);
        const auto again = there.run(words(QStringLiteral("config export --with-secrets")));
        QCOMPARE(again.out, with.out);
        QCOMPARE(there.run(words(QStringLiteral("config import")), without.out.toUtf8()).code, 0); // known by now
        QCOMPARE(there.run(words(QStringLiteral("config export --with-secrets"))).out, with.out);
    }

    /// The values of X-Key, by the name of their destination.
    static QStringList headersOf(const Program &program)
    {
        const QJsonObject all =
            QJsonDocument::fromJson(program.run(words(QStringLiteral("config export --with-secrets"))).out.toUtf8())
                .object();
        QStringList values;
        for (const QJsonValue one : all.value(QLatin1String("destinations")).toArray()) {
            const QJsonValue value = one.toObject()
                                         .value(QLatin1String("secrets"))
                                         .toObject()
                                         .value(QLatin1String("headers"))
                                         .toObject()
                                         .value(QLatin1String("x-key"));
            if (value.isString()) {
                values.append(value.toString());
            }
        }
        return values;
    }
};

int main(int argc, char **argv)
{
    desktop = std::make_unique<KeyRingDesktop>();
    const QCoreApplication application(argc, argv);
    TstCommandsSecrets test;
    const int failed = QTest::qExec(&test, argc, argv);
    desktop.reset();
    return failed;
}

#include "tst_commands_secrets.moc"
