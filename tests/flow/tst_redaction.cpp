// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "app/program.h"
#include "support/nokeyring.h"

#include <QDirIterator>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QSqlRecord>

#include <csignal>

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace courier::test;

namespace {

/// Something that nobody may read anywhere, and the forms it could appear in.
struct Known
{
    QByteArray name;
    QByteArray value;

    QList<QByteArray> forms() const { return {value, value.toBase64(), value.toHex(), value.toPercentEncoding()}; }
};

// Long and odd enough to be found by nothing but a leak.
const QByteArray plainHeader = "visible-5d8e1b-header";
const QByteArray urlPath = "hookpath-91c3ee-path";
const QByteArray urlQuery = "querytoken-7b02aa-query";
const QByteArray signing = "whsec_" + QByteArray("signing-3f77d1-secret-of-32-byte").toBase64();
const QByteArray signingBefore = "whsec_" + QByteArray("signing-0a0a0a-before-of-32-byte").toBase64();
const QByteArray githubSecret = "github-66e2d4-secret";
const QByteArray password = "password-5cb9f2-basic";
const QByteArray token = "token-e8a4c7-bearer";
const QByteArray headerValue = "header-2d91b5-secret";
const QByteArray clientSecret = "client-f0c3d9-secret";
const QByteArray proxyPassword = "proxy-8b7e21-password";

QByteArray pem(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QJsonObject destination(const QString &name, const QString &url, const QJsonObject &security,
                        const QJsonObject &secrets)
{
    return {{QStringLiteral("name"), name},
            {QStringLiteral("url"), url},
            {QStringLiteral("security"), security},
            {QStringLiteral("secrets"), secrets},
            {QStringLiteral("schedule"), QStringLiteral("quick")},
            {QStringLiteral("maxRetries"), 1},
            {QStringLiteral("severities"), QJsonArray{QStringLiteral("HIGH")}}};
}

QJsonObject object(const char *json)
{
    return QJsonDocument::fromJson(json).object();
}

QString text(const QByteArray &bytes)
{
    return QString::fromUtf8(bytes);
}

} // namespace

/// Row X1 of the faults. Known secrets go in wherever secrets go in; the real program then does all it can do with
/// them, well and badly, as loudly as it can; and then every file it wrote and every line it printed is searched.
class TstRedaction : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QCOMPARE(keep(m_program.run(words(QStringLiteral("config secrets file --log debug")))).code, 0);
        makeCertificate();
        takeIn();
    }

    void nothingIsFound()
    {
        showAndTest();
        deliverAndFail();
        edit();
        complain();
        openWindow();
        const QByteArray said = m_said;
        QVERIFY2(said.contains("Ops bridge") && said.size() > 10'000, "the program said much");
        for (const Known &known : all()) {
            for (const QByteArray &form : known.forms()) {
                const qsizetype at = said.indexOf(form);
                QVERIFY2(at < 0, qPrintable(text(known.name +
                                                 " was printed: " + said.mid(std::max<qsizetype>(at - 200, 0), 260))));
            }
        }
        searchFiles();
        searchDatabase();
    }

    void attemptsTellThatSomethingWasThere()
    {
        const QString id =
            m_program.run(words(QStringLiteral("delivery list --destination 'Ops bridge' --limit 1 --json")))
                .object()
                .value(QLatin1String("id"))
                .toString();
        const auto shown = m_program.run(words(QStringLiteral("delivery show %1 --json").arg(id)));
        QVERIFY(shown.out.contains(text(plainHeader))); // what is no secret is there, so the search was no blind one
    }

    void diesWithoutACore()
    {
        const QByteArray directory = m_program.file(QStringLiteral("core")).toLocal8Bit();
        const pid_t child = ::fork();
        if (child == 0) {
            const rlimit unlimited{RLIM_INFINITY, RLIM_INFINITY};
            ::setrlimit(RLIMIT_CORE, &unlimited);
            ::setenv("ASAN_OPTIONS", "handle_segv=0", 1); // else a sanitizer's library takes the signal
            ::execl(COURIER_PROGRAM, "alert-courier", "--background", "--no-intake", "--data-dir",
                    directory.constData(), static_cast<char *>(nullptr));
            ::_exit(127);
        }
        const QString log = m_program.file(QStringLiteral("core/courier.db"));
        QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(log), 20'000);
        ::kill(child, SIGSEGV);
        int status = 0;
        QCOMPARE(::waitpid(child, &status, 0), child);
        QVERIFY(WIFSIGNALED(status));
        QCOMPARE(WTERMSIG(status), SIGSEGV);
        QVERIFY(!WCOREDUMP(status));
    }

private:
    QList<Known> all() const
    {
        QList<Known> known{{"signing", signing},
                           {"signing before", signingBefore},
                           {"github", githubSecret},
                           {"password", password},
                           {"login", "courier:" + password},
                           {"token", token},
                           {"header", headerValue},
                           {"client secret", clientSecret},
                           {"proxy password", proxyPassword},
                           {"proxy login", "proxyuser:" + proxyPassword}};
        known.append({"private key", m_key.split('\n').value(1)});
        known += urls();
        return known;
    }
    static QList<Known> urls() { return {{"path", urlPath}, {"query", urlQuery}}; }

    Program::End keep(const Program::End &end)
    {
        m_said += end.out.toUtf8() + end.err.toUtf8();
        return end;
    }
    Program::End run(const QString &line, const QByteArray &input = {})
    {
        return keep(m_program.run(words(line) << QStringLiteral("--log") << QStringLiteral("debug"), input));
    }

    void makeCertificate()
    {
        const auto made = m_program.shell(QStringLiteral(
            "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=courier "
            "-keyout key.pem -out cert.pem"));
        QVERIFY2(made.code == 0, qPrintable(made.err));
        m_certificate = pem(m_program.file(QStringLiteral("cert.pem")));
        m_key = pem(m_program.file(QStringLiteral("key.pem")));
        QFile::remove(m_program.file(QStringLiteral("key.pem")));
        QVERIFY(m_key.contains("PRIVATE KEY"));
    }

    /// A destination for each way to be secret, by a document; and one by options.
    void takeIn()
    {
        const QString tail = QStringLiteral("/%1?token=%2").arg(text(urlPath), text(urlQuery));
        const QString closed = QStringLiteral("://127.0.0.1:%1").arg(ScriptedReceiver::freePort());
        QJsonObject bearer =
            destination(QStringLiteral("Ops bridge"), m_failing.url(tail),
                        object(R"({"authentication":{"scheme":"bearer"},"signing":{"scheme":"standard"}})"),
                        {{QStringLiteral("token"), text(token)},
                         {QStringLiteral("signing"), text(signingBefore)},
                         {QStringLiteral("headers"), QJsonObject{{QStringLiteral("X-Api-Key"), text(headerValue)}}}});
        bearer.insert(QStringLiteral("headers"),
                      QJsonArray{QJsonObject{{QStringLiteral("name"), QStringLiteral("X-Api-Key")},
                                             {QStringLiteral("value"), QJsonValue()},
                                             {QStringLiteral("secret"), true}},
                                 QJsonObject{{QStringLiteral("name"), QStringLiteral("X-Plain")},
                                             {QStringLiteral("value"), text(plainHeader)}}});
        QJsonObject oauth = object(R"({"authentication":{"scheme":"oauth2","clientId":"courier"}})")
                                .value(QLatin1String("authentication"))
                                .toObject();
        oauth.insert(QStringLiteral("tokenUrl"), QStringLiteral("http%1/token").arg(closed));
        const QJsonObject proxy{{QStringLiteral("kind"), QStringLiteral("http")},
                                {QStringLiteral("host"), QStringLiteral("127.0.0.1")},
                                {QStringLiteral("port"), ScriptedReceiver::freePort()},
                                {QStringLiteral("user"), QStringLiteral("proxyuser")}};
        const QJsonArray destinations{
            bearer,
            destination(
                QStringLiteral("Basic"), m_taking.url(tail),
                object(R"({"authentication":{"scheme":"basic","user":"courier"},"signing":{"scheme":"github"}})"),
                {{QStringLiteral("password"), text(password)}, {QStringLiteral("signing"), text(githubSecret)}}),
            destination(QStringLiteral("OAuth"), m_taking.url(tail), {{QStringLiteral("authentication"), oauth}},
                        {{QStringLiteral("client-secret"), text(clientSecret)}}),
            destination(QStringLiteral("Proxied"), m_taking.url(tail), {{QStringLiteral("proxy"), proxy}},
                        {{QStringLiteral("proxy-password"), text(proxyPassword)}}),
            destination(QStringLiteral("Certified"), QStringLiteral("https") + closed + tail,
                        {{QStringLiteral("tls"), QJsonObject{{QStringLiteral("certificate"), text(m_certificate)}}}},
                        {{QStringLiteral("private-key"), text(m_key)}})};
        const QJsonObject document{{QStringLiteral("alertCourierConfig"), 1},
                                   {QStringLiteral("destinations"), destinations}};
        const auto taken = run(QStringLiteral("config import"), QJsonDocument(document).toJson());
        QVERIFY2(taken.code == 0, qPrintable(taken.err));
        const auto added = run(QStringLiteral("destination add --name Unreachable --url 'http%1%2' --retries 0 "
                                              "--secret-from header:X-Api-Key=-")
                                   .arg(closed, tail),
                               headerValue + '\n');
        QVERIFY2(added.code == 0, qPrintable(added.err));
    }

    void showAndTest()
    {
        for (const char *command : {"destination list", "destination list --json", "config export", "config secrets"}) {
            QCOMPARE(run(QLatin1String(command)).code, 0);
        }
        for (const QString &name : names()) {
            run(QStringLiteral("destination show '%1'").arg(name));
            run(QStringLiteral("destination show '%1' --json").arg(name));
            run(QStringLiteral("destination test '%1'").arg(name));
            run(QStringLiteral("destination test '%1' --json").arg(name));
        }
    }

    void deliverAndFail()
    {
        const QByteArray alerts = R"({"id":"R.1","severity":"HIGH","title":"one"})"
                                  "\n"
                                  R"({"id":"R.1","severity":"HIGH","title":"two"})"
                                  "\n";
        QCOMPARE(run(QStringLiteral("submit"), alerts).code, 0);
        background(SIGKILL);
        run(QStringLiteral("submit"), alerts);
        background(SIGTERM);
        QVERIFY(m_failing.requestCount() > 2);
        for (const char *command :
             {"alert list", "alert list --json", "alert show latest", "alert show latest --json", "delivery list",
              "delivery list --json", "delivery show latest", "delivery show latest --json", "resend --failed"}) {
            run(QLatin1String(command));
        }
        const auto all = m_program.run(words(QStringLiteral("delivery list --json"))).objects();
        for (const QJsonObject &delivery : all) {
            run(QStringLiteral("delivery show %1 --json").arg(delivery.value(QLatin1String("id")).toString()));
        }
    }

    /// The sender for a while, and an end by \a signal.
    void background(int signal)
    {
        QProcess sender;
        sender.setProcessEnvironment(environment());
        sender.setProcessChannelMode(QProcess::MergedChannels);
        const int before = m_failing.requestCount();
        sender.start(QStringLiteral(COURIER_PROGRAM), words(QStringLiteral("--background --no-intake --log debug")));
        QTRY_VERIFY_WITH_TIMEOUT(m_failing.requestCount() >= before + 3, 20'000);
        ::kill(static_cast<pid_t>(sender.processId()), signal);
        QVERIFY(sender.waitForFinished(20'000));
        m_said += sender.readAll();
    }

    void edit()
    {
        QCOMPARE(run(QStringLiteral("destination edit 'Ops bridge' --secret-from signing=-"), signing + '\n').code, 0);
        QCOMPARE(run(QStringLiteral("destination edit Basic --secret-from password=-"), password + '\n').code, 0);
        run(QStringLiteral("destination pause Basic"));
        run(QStringLiteral("destination remove Unreachable --yes"));
    }

    /// What is refused isn't repeated.
    void complain()
    {
        const QString url = QStringLiteral("ftp://example.com/%1?%2").arg(text(urlPath), text(urlQuery));
        QCOMPARE(run(QStringLiteral("destination add --name Bad --url '%1'").arg(url)).code, 1);
        const QString login = QStringLiteral("https://courier:%1@example.com/").arg(text(password));
        QCOMPARE(run(QStringLiteral("destination add --name Bad --url '%1'").arg(login)).code, 1);
        QCOMPARE(
            run(QStringLiteral("destination edit Basic --auth bearer --secret-from token=-"), token + "\nX: y\n").code,
            1);
        // No raw string: moc (Qt 6.4) loses its way after one that ends like this.
        const QByteArray broken =
            QByteArray("{\"alertCourierConfig\":1,\"destinations\":[{\"name\":\"Basic\",\"secrets\":{\"password\":\"") +
            password + "\\u0000\"}},{\"name\":\"B\",\"url\":\"" + urlPath + "\"}]}";
        QCOMPARE(run(QStringLiteral("config import"), broken).code, 1);
    }

    void openWindow()
    {
        QProcess window;
        window.setProcessEnvironment(environment());
        window.setProcessChannelMode(QProcess::MergedChannels);
        window.start(QStringLiteral(COURIER_PROGRAM), words(QStringLiteral("--no-intake --log debug")));
        QTest::qWait(3'000);
        window.terminate();
        QVERIFY(window.waitForFinished(20'000));
        m_said += window.readAll();
        QVERIFY(QFile::exists(m_program.dataDirectory() + QStringLiteral("/window.ini")));
    }

    void searchFiles()
    {
        QStringList searched;
        QByteArray secretFile;
        QDirIterator files(m_program.home(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
        while (files.hasNext()) {
            const QString path = files.next();
            const QByteArray bytes = pem(path);
            if (path.endsWith(QStringLiteral("/secrets.json"))) {
                secretFile = bytes;
                continue;
            }
            searched.append(path.section(u'/', -1));
            const bool isDatabase = searched.last().startsWith(QStringLiteral("courier.db"));
            for (const Known &known : isDatabase ? withoutUrls() : all()) {
                for (const QByteArray &form : known.forms()) {
                    QVERIFY2(!bytes.contains(form), qPrintable(text(known.name + " is in " + path.toUtf8())));
                }
            }
        }
        QVERIFY(searched.contains(QStringLiteral("courier.db")) && searched.contains(QStringLiteral("window.ini")));
        for (const QByteArray &secret : {signing, signingBefore, githubSecret, password, token, headerValue,
                                         clientSecret, proxyPassword, m_key.split('\n').value(1)}) {
            QVERIFY2(secretFile.contains(secret), "the search would find a secret that is there");
        }
    }

    /// The address is in the database, as the operator entered it, and there in one column only.
    void searchDatabase()
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("search"));
        database.setDatabaseName(m_program.dataDirectory() + QStringLiteral("/courier.db"));
        QVERIFY(database.open());
        int columns = 0;
        int holding = 0;
        for (const QString &table : database.tables()) {
            const QSqlRecord record = database.record(table);
            for (int i = 0; i < record.count(); ++i) {
                for (const Known &known : urls()) {
                    QSqlQuery query(database);
                    if (!query.exec(QStringLiteral("SELECT count(*) FROM \"%1\" WHERE instr(\"%2\", '%3') > 0")
                                        .arg(table, record.fieldName(i), text(known.value))) ||
                        !query.next()) {
                        continue; // a table of the full-text search that holds no text of its own
                    }
                    ++columns;
                    const bool isEntry =
                        table == QStringLiteral("destination") && (record.fieldName(i) == QStringLiteral("url") ||
                                                                   record.fieldName(i) == QStringLiteral("security"));
                    holding += isEntry && query.value(0).toInt() > 0 ? 1 : 0;
                    QVERIFY2(
                        isEntry || query.value(0).toInt() == 0,
                        qPrintable(text(known.name + " is in " + table.toUtf8() + '.' + record.fieldName(i).toUtf8())));
                }
            }
        }
        QVERIFY(columns > 100);
        QCOMPARE(holding, 2); // the search works: both are in the address
    }

    QList<Known> withoutUrls() const
    {
        QList<Known> known = all();
        known.removeIf([](const Known &one) {
            const QList<Known> addresses = urls();
            return std::any_of(addresses.begin(), addresses.end(),
                               [&](const Known &url) { return url.value == one.value; });
        });
        return known;
    }

    QStringList names() const
    {
        QStringList names;
        for (const QJsonObject &one : m_program.run(words(QStringLiteral("destination list --json"))).objects()) {
            names.append(one.value(QLatin1String("name")).toString());
        }
        return names;
    }

    QProcessEnvironment environment() const
    {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("HOME"), m_program.home());
        environment.insert(QStringLiteral("XDG_DATA_HOME"), m_program.file(QStringLiteral("data")));
        environment.insert(QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("offscreen"));
        return environment;
    }

    Program m_program;
    ScriptedReceiver m_failing{Answer::withStatus(503, "Service Unavailable", "come back later")};
    ScriptedReceiver m_taking{Answer::ok("thanks")};
    QByteArray m_said;
    QByteArray m_certificate;
    QByteArray m_key;
};

int main(int argc, char **argv)
{
    haveNoKeyRing();
    const QCoreApplication application(argc, argv);
    TstRedaction test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_redaction.moc"
