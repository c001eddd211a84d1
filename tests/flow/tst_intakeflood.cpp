// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "flow/intakeprogram.h"
#include "support/sanitized.h"

#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <vector>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace courier::test;

namespace {

QByteArray posted(const QByteArray &body, const QByteArray &headers = "Content-Type: application/json\r\n")
{
    return "POST /api/v1/alerts HTTP/1.1\r\nHost: localhost\r\n" + headers +
           "Content-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body;
}

QByteArray alert()
{
    return R"({"id":"R.1","severity":"HIGH","title":"Good"})";
}

/// A connection that never blocks and of which nothing is read.
class Intruder
{
public:
    explicit Intruder(quint16 port)
        : m_fd(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
    {
        sockaddr_in address = {};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        m_isConnected = m_fd >= 0 && ::connect(m_fd, reinterpret_cast<sockaddr *>(&address), sizeof address) == 0;
    }
    ~Intruder() { ::close(m_fd); }
    Intruder(const Intruder &) = delete;
    Intruder &operator=(const Intruder &) = delete;

    bool isConnected() const { return m_isConnected; }
    bool send(const QByteArray &bytes) const
    {
        return ::send(m_fd, bytes.constData(), static_cast<size_t>(bytes.size()), MSG_NOSIGNAL | MSG_DONTWAIT) > 0;
    }
    /// The other side has closed.
    bool isCut() const
    {
        char buffer[512];
        const ssize_t size = ::recv(m_fd, buffer, sizeof buffer, MSG_PEEK | MSG_DONTWAIT);
        return size == 0 || (size < 0 && errno != EAGAIN);
    }
    QByteArray received() const
    {
        char buffer[512];
        const ssize_t size = ::recv(m_fd, buffer, sizeof buffer, MSG_DONTWAIT);
        return {buffer, qMax<ssize_t>(0, size)};
    }

private:
    int m_fd;
    bool m_isConnected = false;
};

using Intruders = std::vector<std::unique_ptr<Intruder>>;

/// How many more descriptors this process may have open, after asking for \a wanted.
size_t raiseLimit(size_t wanted)
{
    rlimit limit = {};
    ::getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = std::min<rlim_t>(limit.rlim_max, wanted + 500);
    ::setrlimit(RLIMIT_NOFILE, &limit);
    ::getrlimit(RLIMIT_NOFILE, &limit);
    return std::min<size_t>(wanted, limit.rlim_cur - 400);
}

} // namespace

/// Bad clients by the thousand, over real sockets to the real program; good clients are served all the while.
class TestIntakeFlood : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void answersWhatCannotBeTaken_data();
    void answersWhatCannotBeTaken();
    void tenThousandConnections();
    void slowHeadsAndBodies();
    void hugeHeadsAndBodies();
    void manyGoodClients();

private:
    void good(int count)
    {
        for (int i = 0; i < count; ++i) {
            QCOMPARE(RawClient(m_program->port()).ask(posted(alert())).status, 202);
        }
    }
    qint64 peak() const { return memoryOf(m_program->processId(), "VmHWM"); }

    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<IntakeProgram> m_program;
};

void TestIntakeFlood::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    m_program = std::make_unique<IntakeProgram>(m_directory->path());
    QVERIFY(m_program->port() != 0);
}

void TestIntakeFlood::cleanup()
{
    m_program.reset();
    m_directory.reset();
}

void TestIntakeFlood::answersWhatCannotBeTaken_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("says");
    const QByteArray line = "POST /api/v1/alerts HTTP/1.1\r\nHost: localhost\r\n";
    const QByteArray json = "Content-Type: application/json\r\n";
    QTest::newRow("400 not JSON") << posted("{\n  nonsense}") << 400 << QByteArray("\"line\":2");
    QTest::newRow("400 deep") << posted(QByteArray(600, '[')) << 400 << QByteArray("\"column\":");
    QTest::newRow("400 bad UTF-8") << posted("{\"id\":\"\xff\"}") << 400 << QByteArray("\"column\":");
    QTest::newRow("400 UTF-16") << posted(QByteArray("\xff\xfe{\0}\0", 6)) << 400 << QByteArray("error");
    QTest::newRow("400 severity") << posted(R"({"id":"R","severity":"URGENT"})") << 400
                                  << QByteArray("CRITICAL, HIGH, MEDIUM, LOW, INFO");
    QTest::newRow("400 empty") << posted("[]") << 400 << QByteArray("no alert");
    QTest::newRow("400 length below zero") << line + json + "Content-Length: -1\r\n\r\n" << 400 << QByteArray();
    QTest::newRow("400 length too short")
        << line + json + "Content-Length: 20\r\n\r\n" + alert() << 400 << QByteArray("closing quote");
    QTest::newRow("400 two lengths") << line + json + "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}" << 400
                                     << QByteArray("{\"error\":\"The length");
    QTest::newRow("403 page") << posted(alert(), json + "Origin: https://attacker.example\r\n") << 403
                              << QByteArray("web page");
    QTest::newRow("403 name") << QByteArray("GET / HTTP/1.1\r\nHost: attacker.example\r\n\r\n") << 403
                              << QByteArray("Host");
    QTest::newRow("404") << QByteArray("GET /nowhere HTTP/1.1\r\nHost: localhost\r\n\r\n") << 404 << QByteArray("path");
    QTest::newRow("405") << QByteArray("DELETE /api/v2/alerts HTTP/1.1\r\nHost: localhost\r\n\r\n") << 405
                         << QByteArray("GET, HEAD, POST");
    QTest::newRow("408 head") << line << 408 << QByteArray("{\"error\":\"The request did");
    QTest::newRow("411") << line + json + "\r\n" << 411 << QByteArray("Content-Length");
    QTest::newRow("413 announced") << line + json + "Content-Length: 104857600\r\n\r\n"
                                   << 413 << QByteArray("{\"error\":\"The body is larger than 10485760 bytes");
    QTest::newRow("415") << posted(alert(), "Content-Type: text/plain\r\n") << 415 << QByteArray("application/json");
    QTest::newRow("431") << line + "X: " + QByteArray(70'000, 'x') + "\r\n\r\n" << 431 << QByteArray();
}

void TestIntakeFlood::answersWhatCannotBeTaken()
{
    QFETCH(QByteArray, request);
    QFETCH(QByteArray, says);
    RawClient client(m_program->port());
    client.send(request);
    if (QByteArray(QTest::currentDataTag()) == "413 announced") {
        client.send(QByteArray(11 * 1024 * 1024, 'x')); // what is refused is read, up to a limit
        client.send(QByteArray(90 * 1024 * 1024, 'x'));
    }
    const RawReply reply = client.reply();
    QTEST(reply.status, "status");
    const QByteArray whole = reply.head + reply.body;
    QVERIFY2(whole.contains(says), whole.constData());
    good(1);
}

void TestIntakeFlood::tenThousandConnections()
{
    const size_t wanted = raiseLimit(10'000);
    RawClient faithful(m_program->port());
    QCOMPARE(faithful.ask(posted(alert())).status, 202);
    Intruders intruders;
    size_t connected = 0;
    for (size_t i = 0; i < wanted; ++i) {
        intruders.push_back(std::make_unique<Intruder>(m_program->port()));
        connected += intruders.back()->isConnected() ? 1 : 0;
        if (i % 3 == 1) {
            intruders.back()->send("POST /api/v1/alerts HTTP/1.1\r\n");
        } else if (i % 3 == 2) {
            intruders.back()->send(posted(alert()).chopped(3));
        }
        if (i % 500 == 0) {
            good(1);
            QCOMPARE(faithful.ask(posted(alert())).status, 202);
        }
    }
    qInfo("%zu connections at once, of which the program took %zu; its memory went up to %lld MB.", wanted, connected,
          static_cast<long long>(peak() / 1024));
    good(10);
    QVERIFY(connected > wanted / 2);
    const auto cut = std::count_if(intruders.begin(), intruders.end(), [](const auto &one) { return one->isCut(); });
    QVERIFY2(static_cast<size_t>(cut) + 600 > connected, qPrintable(QString::number(cut)));
}

void TestIntakeFlood::slowHeadsAndBodies()
{
    Intruders intruders;
    for (int i = 0; i < 400; ++i) {
        intruders.push_back(std::make_unique<Intruder>(m_program->port()));
        intruders.back()->send("POST /api/v1/alerts HTTP/1.1\r\nHost: localhost\r\nX: ");
    }
    QElapsedTimer time;
    time.start();
    const auto allCut = [&intruders] {
        return std::all_of(intruders.begin(), intruders.end(),
                           [](const auto &one) { return one->received().contains(" 408 ") || one->isCut(); });
    };
    while (!allCut() && time.elapsed() < 20'000) {
        for (const auto &one : intruders) {
            one->send("x"); // a drip doesn't stretch it
        }
        good(3);
        QTest::qWait(200);
    }
    QVERIFY(allCut());
    QVERIFY(time.elapsed() > 3000);
}

void TestIntakeFlood::hugeHeadsAndBodies()
{
    good(5);
    const qint64 before = peak();
    const QByteArray head = "GET / HTTP/1.1\r\nHost: localhost\r\nX: " + QByteArray(13 * 1024 * 1024, 'x');
    for (int i = 0; i < 10; ++i) {
        RawClient client(m_program->port());
        client.send(head);
        const int status = client.reply().status;
        QVERIFY2(status == 431 || status == 0, qPrintable(QString::number(status))); // or cut while it still sent
        good(1);
    }
    // Bodies at the limit, more of them than there is room for: refused one by one, never kept.
    const QByteArray body = '"' + QByteArray(10 * 1024 * 1024 - 2, 'x') + '"';
    std::vector<std::unique_ptr<RawClient>> clients;
    for (int i = 0; i < 12; ++i) {
        clients.push_back(std::make_unique<RawClient>(m_program->port()));
        clients.back()->send(posted(body).chopped(1));
        good(1);
    }
    for (const auto &client : clients) {
        client->send("\"");
        const int status = client->reply().status;
        QVERIFY2(status == 400 || status == 429, qPrintable(QString::number(status)));
    }
    const qint64 growth = (peak() - before) / 1024;
    qInfo("The program's memory went up by %lld MB, to %lld MB.", static_cast<long long>(growth),
          static_cast<long long>(peak() / 1024));
    QVERIFY(sanitized || growth < 200); // a sanitizer keeps what was freed
    good(5);
}

void TestIntakeFlood::manyGoodClients()
{
    const QByteArray batch = '[' + QByteArrayList(100, alert()).join(',') + ']';
    std::vector<std::unique_ptr<RawClient>> clients;
    for (int i = 0; i < 100; ++i) {
        clients.push_back(std::make_unique<RawClient>(m_program->port()));
    }
    qint64 early = 0;
    for (int round = 0; round < 10; ++round) {
        for (const auto &client : clients) {
            client->send(posted(batch));
        }
        for (const auto &client : clients) {
            QCOMPARE(client->reply().status, 202);
        }
        early = round == 4 ? peak() : early;
    }
    qInfo("100,000 alerts by 100 clients; the program's memory went up to %lld MB, %lld MB in the first half.",
          static_cast<long long>(peak() / 1024), static_cast<long long>(early / 1024));
    QVERIFY((peak() - early) / 1024 < 40);
    QVERIFY(m_program->get("/metrics").contains("alert_courier_alerts_total{source=\"HTTP\"} 100000\n"));
}

QTEST_GUILESS_MAIN(TestIntakeFlood)
#include "tst_intakeflood.moc"
