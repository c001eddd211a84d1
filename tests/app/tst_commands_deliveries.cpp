// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "app/program.h"

using namespace courier::test;

namespace {

QString text(const QJsonObject &object, const char *key)
{
    return object.value(QLatin1String(key)).toString();
}

QByteArray alertLine(const QByteArray &title)
{
    return R"({"id":"R.1","severity":"HIGH","title":")" + title + "\"}\n";
}

void addDestination(const Program &program, const QString &name, const QString &url)
{
    const auto added =
        program.run(words(QStringLiteral("destination add --name '%1' --url %2 --retries 0").arg(name, url)));
    QCOMPARE(added.code, 0);
}

QList<QJsonObject> list(const Program &program, const QString &more = {})
{
    return program.run(words(QStringLiteral("delivery list --json ") + more)).objects();
}

// As a receiver answers that packs though it was asked not to.
Answer packed(const QByteArray &body)
{
    Answer answer = Answer::ok(qCompress(body).mid(4));
    answer.headers = {{"Content-Encoding", "deflate"}};
    return answer;
}

/// Two destinations, of which one refuses; two alerts went to each.
class Desk
{
public:
    Desk()
        : good(Answer::ok("thanks"))
        , bad(Answer::withStatus(503, "Service Unavailable", "come back later"))
    {
        addDestination(program, QStringLiteral("Ops bridge"), bad.url());
        addDestination(program, QStringLiteral("Audit lake"), good.url());
        program.run(words(QStringLiteral("submit")), alertLine("one") + alertLine("two"));
        program.startBackground();
    }

    bool isSettled() const { return list(program, QStringLiteral("--state failed,delivered")).size() == 4; }

    ScriptedReceiver good;
    ScriptedReceiver bad;
    Program program;
};

} // namespace

class TstCommandsDeliveries : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void showsEveryAttemptAndResends()
    {
        Desk desk;
        QTRY_VERIFY_WITH_TIMEOUT(desk.isSettled(), 20'000);
        listsByStateAndDestination(desk.program);
        showsAttempts(desk.program);
        resendsOnlyThatDestination(desk);
        readsAPackedAnswer(desk);
        resendsByName(desk);
    }

    void refusesWhatCantBeResent()
    {
        const Program program;
        addDestination(program, QStringLiteral("Ops bridge"), QStringLiteral("http://127.0.0.1:1/"));
        program.run(words(QStringLiteral("submit")), alertLine("one"));
        const QString id = text(list(program).first(), "id");
        const auto queued = program.run({QStringLiteral("resend"), id});
        QCOMPARE(queued.code, 1);
        QVERIFY2(queued.err.contains(QLatin1String("is Queued")), qPrintable(queued.err));
        const auto unknown = program.run(words(QStringLiteral("resend 01a20bcc-f350-7000-8049-cd16a52e58c6")));
        QCOMPARE(unknown.code, 1);
        QCOMPARE(unknown.err.count(u'\n'), 1);
        QCOMPARE(program.run(words(QStringLiteral("resend"))).code, 2);
        QCOMPARE(program.run(words(QStringLiteral("resend --failed ")) << id).code, 2);
        QCOMPARE(program.run(words(QStringLiteral("resend --since 2h ")) << id).code, 2);
        QCOMPARE(program.run(words(QStringLiteral("resend --failed --since soon"))).code, 2);
        QCOMPARE(program.run(words(QStringLiteral("resend --failed --destination Nobody"))).code, 1);
    }

    void refusesBadFilters()
    {
        const Program program;
        QCOMPARE(program.run(words(QStringLiteral("delivery list --state lost"))).code, 2);
        QCOMPARE(program.run(words(QStringLiteral("delivery list --state no-destination"))).code, 2);
        QCOMPARE(program.run(words(QStringLiteral("delivery list --destination Nobody"))).code, 1);
        QCOMPARE(program.run(words(QStringLiteral("delivery list"))).out, QStringLiteral("No delivery matches.\n"));
        QCOMPARE(program.run(words(QStringLiteral("delivery show nonsense"))).code, 1);
    }

private:
    static void listsByStateAndDestination(const Program &program)
    {
        QCOMPARE(list(program).size(), 4);
        QCOMPARE(list(program, QStringLiteral("--state failed")).size(), 2);
        QCOMPARE(list(program, QStringLiteral("--state delivered --destination 'ops bridge'")).size(), 0);
        QCOMPARE(list(program, QStringLiteral("--destination 'ops bridge' two")).size(), 1);
        QCOMPARE(list(program, QStringLiteral("--limit 3")).size(), 3);
        QCOMPARE(list(program, QStringLiteral("severity:low")).size(), 0);
        const auto table = program.run(words(QStringLiteral("delivery list --state failed")));
        QCOMPARE(table.lines().size(), 3);
        QVERIFY(table.out.contains(QLatin1String("503 Service Unavailable")));
    }

    static void showsAttempts(const Program &program)
    {
        const QString id = text(list(program, QStringLiteral("--state failed one")).first(), "id");
        const auto json =
            program.run({QStringLiteral("delivery"), QStringLiteral("show"), id, QStringLiteral("--json")});
        const QJsonObject shown = json.object();
        QCOMPARE(text(shown, "state"), QStringLiteral("failed"));
        const QJsonArray attempts = shown.value(QLatin1String("attempted")).toArray();
        QCOMPARE(attempts.size(), 1);
        const QJsonObject attempt = attempts.first().toObject();
        QCOMPARE(attempt.value(QLatin1String("status")), QJsonValue(503));
        QCOMPARE(text(attempt, "outcome"), QStringLiteral("rejected"));
        QCOMPARE(text(attempt, "responseBody"), QStringLiteral("come back later"));
        QVERIFY(text(attempt, "requestBody").contains(QLatin1String("New Alert: one")));
        QVERIFY(!attempt.value(QLatin1String("requestHeaders")).toArray().isEmpty());
        QVERIFY(!attempt.value(QLatin1String("responseHeaders")).toArray().isEmpty());
        const auto people = program.run({QStringLiteral("delivery"), QStringLiteral("show"), id});
        for (const char *part :
             {"Ops bridge", "Failed, 1 attempt", "503 Service Unavailable", "come back later", "webhook-id: "}) {
            QVERIFY2(people.out.contains(QLatin1String(part)), qPrintable(people.out));
        }
    }

    static void resendsOnlyThatDestination(Desk &desk)
    {
        const Program &program = desk.program;
        const QString failed = QStringLiteral("resend --failed --json --destination ");
        QCOMPARE(program.run(words(failed + QStringLiteral("'Audit lake'"))).objects().size(), 0);
        const auto dry = program.run(words(failed + QStringLiteral("'Ops bridge' --since 2h --dry-run")));
        QCOMPARE(dry.code, 0);
        QCOMPARE(dry.objects().size(), 2);
        QCOMPARE(dry.object().value(QLatin1String("resent")), QJsonValue(false));
        QCOMPARE(list(program, QStringLiteral("--state failed")).size(), 2);
        desk.bad.setAnswer(packed("back again"));
        const auto resent = program.run(words(failed + QStringLiteral("'Ops bridge' --since 2h")));
        QCOMPARE(resent.code, 0);
        QCOMPARE(resent.objects().size(), 2);
        QCOMPARE(resent.object().value(QLatin1String("resent")), QJsonValue(true));
        QTRY_COMPARE_WITH_TIMEOUT(list(program, QStringLiteral("--state delivered")).size(), 4, 20'000);
        QCOMPARE(desk.bad.requestCount(), 4);
        QVERIFY(desk.bad.requests().last().body.contains("[Re-sent]: "));
        QCOMPARE(desk.good.requestCount(), 2);
    }

    static void readsAPackedAnswer(const Desk &desk)
    {
        const QString id = text(list(desk.program, QStringLiteral("--destination 'Ops bridge' one")).first(), "id");
        const auto people = desk.program.run({QStringLiteral("delivery"), QStringLiteral("show"), id});
        const QString body = QStringLiteral("    back again\n    (Unpacked from deflate: 18 B came.)\n");
        QVERIFY2(people.out.contains(body), qPrintable(people.out));
    }

    static void resendsByName(Desk &desk)
    {
        const QString id = text(list(desk.program, QStringLiteral("--destination 'Audit lake'")).first(), "id");
        const auto resent = desk.program.run({QStringLiteral("resend"), id});
        QCOMPARE(resent.code, 0);
        QCOMPARE(resent.lines().last(), QStringLiteral("Resent: 1."));
        QVERIFY(desk.good.waitForRequests(3, std::chrono::seconds(20)));
    }
};

QTEST_GUILESS_MAIN(TstCommandsDeliveries)
#include "tst_commands_deliveries.moc"
