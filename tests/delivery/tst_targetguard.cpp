// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "delivery/certificatemaker.h"
#include "delivery/queuesource.h"
#include "delivery/targetguard.h"
#include "delivery/tlsreceiver.h"
#include "support/scriptedreceiver.h"
#include "support/smallproxy.h"

#include <QHash>
#include <QtTest>

#include <dlfcn.h>
#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

using namespace courier;

namespace {

// The internet of this process: what names lead to, and where an address of it really is.
std::mutex internetMutex;
QHash<QByteArray, QList<QByteArray>> names; ///< each look-up takes the next address (or "one,two"); the last stays
QHash<quint32, quint16> places;             ///< an IPv4 address is at a port of 127.0.0.1
QList<int> begun;                           ///< sockets that are about to be connected
QList<QByteArray> connected;                ///< where the program connected to, but for 127.0.0.1 itself

quint32 ipv4(const char *address)
{
    return QHostAddress(QLatin1String(address)).toIPv4Address();
}

} // namespace

// Both stand before the C library's own: all names and connections of this process, Qt's included, go through them.
extern "C" int getaddrinfo(const char *name, const char *service, const addrinfo *hints, addrinfo **result)
{
    using Real = int (*)(const char *, const char *, const addrinfo *, addrinfo **);
    static const Real real = reinterpret_cast<Real>(dlsym(RTLD_NEXT, "getaddrinfo"));
    QByteArray address;
    {
        const std::lock_guard lock(internetMutex);
        const auto known = names.find(name ? QByteArray(name) : QByteArray());
        if (known != names.end()) {
            address = known->size() > 1 ? known->takeFirst() : known->first();
        }
    }
    if (address.isEmpty()) {
        return real(name, service, hints, result);
    }
    // Each of several is a list of its own, which are joined: freeaddrinfo() takes them one by one.
    int error = 0;
    addrinfo **end = result;
    for (const QByteArray &one : address.split(',')) {
        error = real(one.constData(), service, hints, end);
        while (error == 0 && *end) {
            end = &(*end)->ai_next;
        }
    }
    return error;
}

extern "C" int connect(int fd, const sockaddr *address, socklen_t size)
{
    sockaddr_in to{};
    if (address->sa_family == AF_INET) {
        memcpy(&to, address, sizeof to);
        const quint32 ip = ntohl(to.sin_addr.s_addr);
        const std::lock_guard lock(internetMutex);
        if (const quint16 port = places.value(ip); port != 0) {
            to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
            to.sin_port = htons(port);
            const int done = static_cast<int>(syscall(SYS_connect, fd, &to, sizeof to));
            // Qt calls a second time, to see whether it is connected.
            if (!begun.removeOne(fd) && (done == 0 || errno == EINPROGRESS)) {
                connected.append(QHostAddress(ip).toString().toLatin1());
                if (done != 0) {
                    begun.append(fd);
                }
            }
            return done;
        }
    }
    return static_cast<int>(syscall(SYS_connect, fd, address, size));
}

/// What an installation that others may enter webhooks on must not send to, by number and by name.
class TargetGuardTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void knowsTheAddresses_data();
    void knowsTheAddresses();
    void refusesBeforeItConnects_data();
    void refusesBeforeItConnects();
    void isOffUntilItIsAskedFor();
    void holdsForTheNextAttempt();
    void sendsToPublicAddresses();
    void sendsToPublicAddressesOverTls();
    void aNameThatIsLedElsewhereMeanwhile();
    void oneBadAddressIsEnough();
    void anotherAttemptTriesAnotherAddress();
    void tellsOfNamesThatArentThere();
    void guardsTheTokenEndpoint();
    void guardsBehindAProxy();
    void guardsTheDestinationsOwnProxy();

private:
    test::OneSender m_sender;
};

void TargetGuardTest::init()
{
    m_sender.pool().setGuarded(true);
    const std::lock_guard lock(internetMutex);
    names.clear();
    places.clear();
    connected.clear();
}

void TargetGuardTest::knowsTheAddresses_data()
{
    QTest::addColumn<QString>("address");
    QTest::addColumn<QString>("kind"); // empty: public
    const auto rows = [](const QString &kind, const QList<const char *> &addresses) {
        for (const char *address : addresses) {
            QTest::newRow(address) << QString::fromLatin1(address) << kind;
        }
    };
    rows({}, {"8.8.8.8",         "93.184.216.34",    "1.1.1.1",         "9.255.255.255",      "11.0.0.0",
              "126.255.255.255", "128.0.0.1",        "100.63.255.255",  "100.128.0.0",        "172.15.255.255",
              "172.32.0.0",      "192.167.255.255",  "192.169.0.0",     "169.253.255.255",    "169.255.0.0",
              "198.17.255.255",  "198.20.0.0",       "223.255.255.255", "2606:2800:220:1::1", "2a00:1450::1",
              "::ffff:8.8.8.8",  "64:ff9b::8.8.8.8", "2002:808:808::1"});
    rows(QStringLiteral("of this computer"),
         {"127.0.0.1", "127.255.255.254", "0.0.0.0", "0.1.2.3", "::1", "::", "::ffff:127.0.0.1", "::ffff:0.0.0.0",
          "64:ff9b::7f00:1", "2002:7f00:1::", "::127.0.0.1"});
    rows(QStringLiteral("of a private network"),
         {"10.0.0.1", "10.255.255.255", "172.16.0.1", "172.31.255.255", "192.168.0.1", "192.168.255.255", "100.64.0.1",
          "100.127.255.255", "fc00::1", "fd12:3456::1", "fec0::1", "::ffff:10.0.0.1", "::ffff:192.168.1.1",
          "64:ff9b::a00:1", "2002:c0a8:101::1"});
    rows(QStringLiteral("of the local link"), {"169.254.0.1", "169.254.255.255", "fe80::1", "fe80::1%1", "febf::1"});
    rows(QStringLiteral("of a cloud's metadata"),
         {"169.254.169.254", "169.254.170.2", "100.100.100.200", "168.63.129.16", "192.0.0.192", "fd00:ec2::254",
          "fd20:ce::254", "::ffff:169.254.169.254", "::ffff:a9fe:a9fe", "64:ff9b::a9fe:a9fe", "2002:a9fe:a9fe::"});
    rows(QStringLiteral("for many receivers"), {"224.0.0.1", "239.255.255.255", "ff02::1", "ff0e::1"});
    rows(QStringLiteral("that is not part of the public internet"),
         {"255.255.255.255", "240.0.0.1", "192.0.2.1", "198.51.100.1", "203.0.113.1", "198.18.0.1", "192.0.0.8",
          "2001:db8::1", "100::1", "2001::1"});
}

void TargetGuardTest::knowsTheAddresses()
{
    QFETCH(QString, address);
    QFETCH(QString, kind);
    QCOMPARE(targetguard::refusal(QHostAddress(address)).value_or(QString()), kind);
}

void TargetGuardTest::refusesBeforeItConnects_data()
{
    QTest::addColumn<QString>("host");
    QTest::addColumn<QString>("reason");
    const QString byNumber = QStringLiteral("Refused: %1 is an address %2, where this installation sends nothing.");
    const QString byName = QStringLiteral("Refused: %1 leads to %2, an address %3, where this installation sends "
                                          "nothing.");
    const QString here = QStringLiteral("of this computer");
    QTest::newRow("a number") << QStringLiteral("127.0.0.1") << byNumber.arg(QStringLiteral("127.0.0.1"), here);
    for (const char *odd : {"2130706433", "0x7f000001", "0177.0.0.1", "127.1"}) {
        QTest::newRow(odd) << QString::fromLatin1(odd) << byNumber.arg(QStringLiteral("127.0.0.1"), here);
    }
    QTest::newRow("IPv6") << QStringLiteral("[::1]") << byNumber.arg(QStringLiteral("::1"), here);
    QTest::newRow("IPv4 in IPv6") << QStringLiteral("[::ffff:127.0.0.1]") << QString();
    QTest::newRow("metadata") << QStringLiteral("169.254.169.254")
                              << byNumber.arg(QStringLiteral("169.254.169.254"),
                                              QStringLiteral("of a cloud's metadata"));
    QTest::newRow("a name") << QStringLiteral("inside.example.test")
                            << byName.arg(QStringLiteral("inside.example.test"), QStringLiteral("127.0.0.1"), here);
    QTest::newRow("localhost") << QStringLiteral("localhost") << QString();
}

void TargetGuardTest::refusesBeforeItConnects()
{
    QFETCH(QString, host);
    QFETCH(QString, reason);
    const test::ScriptedReceiver receiver;
    {
        const std::lock_guard lock(internetMutex);
        names.insert("inside.example.test", {"127.0.0.1"});
    }
    const Attempt attempt = m_sender.send(QStringLiteral("http://%1:%2/hook").arg(host).arg(receiver.port())).attempt;
    QCOMPARE(attempt.outcome, Outcome::GuardRefused);
    if (reason.isEmpty()) {
        QVERIFY2(attempt.reason.startsWith(QStringLiteral("Refused: ")), qPrintable(attempt.reason));
    } else {
        QCOMPARE(attempt.reason, reason);
    }
    QCOMPARE(attempt.timing.connectStarted, -1);
    QCOMPARE(receiver.connectionCount(), 0);
}

void TargetGuardTest::isOffUntilItIsAskedFor()
{
    const test::ScriptedReceiver receiver;
    test::OneSender sender;
    QCOMPARE(sender.send(receiver.url()).attempt.outcome, Outcome::Acknowledged);
}

// Not even over a connection that is open from before.
void TargetGuardTest::holdsForTheNextAttempt()
{
    const test::ScriptedReceiver receiver;
    m_sender.pool().setGuarded(false);
    QCOMPARE(m_sender.send(receiver.url()).attempt.outcome, Outcome::Acknowledged);
    m_sender.pool().setGuarded(true);
    QCOMPARE(m_sender.send(receiver.url()).attempt.outcome, Outcome::GuardRefused);
    m_sender.pool().setGuarded(false);
    QCOMPARE(m_sender.send(receiver.url()).attempt.outcome, Outcome::Acknowledged);
    QCOMPARE(receiver.requestCount(), 2);
}

void TargetGuardTest::sendsToPublicAddresses()
{
    const test::ScriptedReceiver receiver;
    {
        const std::lock_guard lock(internetMutex);
        names.insert("public.example.test", {"93.184.216.34"});
        places.insert(ipv4("93.184.216.34"), receiver.port());
    }
    const Attempt attempt = m_sender.send(QStringLiteral("http://public.example.test:8080/hook?x=1")).attempt;
    QCOMPARE(attempt.reason, QStringLiteral("200 OK"));
    const test::Request request = receiver.requests().first();
    QCOMPARE(request.header("Host"), QByteArray("public.example.test:8080"));
    QCOMPARE(request.target, QByteArray("/hook?x=1"));
    QVERIFY(attempt.requestHeaders.startsWith("Host: public.example.test:8080\r\n"));
}

// The certificate is the name's, not the number's, and the name is asked for.
void TargetGuardTest::sendsToPublicAddressesOverTls()
{
    test::CertificateMaker maker;
    const test::Identity authority = maker.authority(QStringLiteral("Example CA"));
    const test::TlsReceiver receiver(test::serverConfiguration(
        maker.issued(authority, QStringLiteral("x"), QStringLiteral("DNS:tls.example.test"))));
    {
        const std::lock_guard lock(internetMutex);
        names.insert("tls.example.test", {"93.184.216.34"});
        names.insert("other.example.test", {"93.184.216.34"});
        places.insert(ipv4("93.184.216.34"), receiver.port());
    }
    Destination destination = test::destinationAt(QStringLiteral("https://tls.example.test/hook"));
    destination.security.tls.authorityPem = authority.certificatePem;
    QCOMPARE(m_sender.send(destination).attempt.reason, QStringLiteral("200 OK"));
    destination.url = QStringLiteral("https://other.example.test/hook");
    const Attempt attempt = m_sender.send(destination).attempt;
    QCOMPARE(attempt.outcome, Outcome::TlsFailed);
    QVERIFY(attempt.reason.contains(QStringLiteral("it is for tls.example.test, not for other.example.test")));
}

// DNS rebinding: the second answer is never asked for, or else looked at like the first.
void TargetGuardTest::aNameThatIsLedElsewhereMeanwhile()
{
    const test::ScriptedReceiver outside;
    const test::ScriptedReceiver inside;
    {
        const std::lock_guard lock(internetMutex);
        names.insert("rebind.example.test", {"93.184.216.34", "127.0.0.1"});
        places.insert(ipv4("93.184.216.34"), outside.port());
    }
    const QString url = QStringLiteral("http://rebind.example.test:%1/hook").arg(inside.port());
    QCOMPARE(m_sender.send(url).attempt.outcome, Outcome::Acknowledged);
    QCOMPARE(outside.requestCount(), 1);
    QCOMPARE(inside.connectionCount(), 0);
    const std::lock_guard lock(internetMutex);
    QCOMPARE(connected, QList<QByteArray>{"93.184.216.34"});
}

void TargetGuardTest::oneBadAddressIsEnough()
{
    {
        const std::lock_guard lock(internetMutex);
        names.insert("both.example.test", {"93.184.216.34,127.0.0.1"});
    }
    QCOMPARE(m_sender.send(QStringLiteral("http://both.example.test/hook")).attempt.outcome, Outcome::GuardRefused);
    const QList<QHostAddress> addresses{QHostAddress(QStringLiteral("93.184.216.34")),
                                        QHostAddress(QStringLiteral("10.0.0.7"))};
    QCOMPARE(
        targetguard::refusal(QStringLiteral("mixed.example.test"), addresses).value_or(QString()),
        QStringLiteral("Refused: mixed.example.test leads to 10.0.0.7, an address of a private network, where this "
                       "installation sends nothing."));
    QVERIFY(!targetguard::refusal(QStringLiteral("x"), {addresses.first()}));
}

void TargetGuardTest::anotherAttemptTriesAnotherAddress()
{
    const test::ScriptedReceiver receiver;
    {
        const std::lock_guard lock(internetMutex);
        names.insert("two.example.test", {"93.184.216.34,93.184.216.35"});
        places.insert(ipv4("93.184.216.34"), receiver.port());
        places.insert(ipv4("93.184.216.35"), receiver.port());
    }
    SendJob job = test::jobFor(test::destinationAt(QStringLiteral("http://two.example.test/hook")));
    for (const int number : {1, 2, 3}) {
        job.number = number;
        QCOMPARE(m_sender.send(job).attempt.outcome, Outcome::Acknowledged);
    }
    const std::lock_guard lock(internetMutex);
    // The third goes over the connection of the first.
    const QList<QByteArray> each{"93.184.216.34", "93.184.216.35"};
    QCOMPARE(connected, each);
}

void TargetGuardTest::tellsOfNamesThatArentThere()
{
    const Attempt attempt = m_sender.send(QStringLiteral("http://nobody.invalid/hook")).attempt;
    QCOMPARE(attempt.outcome, Outcome::Unreachable);
    QCOMPARE(attempt.reason, QStringLiteral("Could not connect: no host named nobody.invalid was found."));
}

void TargetGuardTest::guardsTheTokenEndpoint()
{
    const test::ScriptedReceiver endpoint;
    Destination destination = test::destinationAt(QStringLiteral("http://public.example.test/hook"));
    destination.security.authentication = {AuthScheme::OAuth2, {}, endpoint.url(), QStringLiteral("id"), {}};
    DestinationSecrets secrets;
    secrets.values.insert(SecretKind::ClientSecret, "s");
    const Attempt attempt = m_sender.send(destination, secrets).attempt;
    QCOMPARE(attempt.outcome, Outcome::GuardRefused);
    QCOMPARE(endpoint.connectionCount(), 0);
}

void TargetGuardTest::guardsBehindAProxy()
{
    const test::SmallProxy proxy(test::SmallProxy::Kind::Http);
    qputenv("http_proxy", "http://127.0.0.1:" + QByteArray::number(proxy.port()));
    const Attempt attempt = m_sender.send(QStringLiteral("http://169.254.169.254/latest/meta-data")).attempt;
    {
        const std::lock_guard lock(internetMutex);
        names.insert("inside.example.test", {"10.0.0.1"});
    }
    const Attempt byName = m_sender.send(QStringLiteral("http://inside.example.test/hook")).attempt;
    qunsetenv("http_proxy");
    QCOMPARE(attempt.outcome, Outcome::GuardRefused);
    QCOMPARE(byName.outcome, Outcome::GuardRefused);
    QCOMPARE(proxy.connectionCount(), 0);
}

void TargetGuardTest::guardsTheDestinationsOwnProxy()
{
    const test::SmallProxy proxy(test::SmallProxy::Kind::Http);
    Destination destination = test::destinationAt(QStringLiteral("http://93.184.216.34/hook"));
    destination.security.proxy = {ProxyKind::Http, QStringLiteral("127.0.0.1"), proxy.port(), {}};
    QCOMPARE(m_sender.send(destination).attempt.outcome, Outcome::GuardRefused);
    QCOMPARE(proxy.connectionCount(), 0);
    // The system's is the installation's own.
    qputenv("http_proxy", "http://127.0.0.1:" + QByteArray::number(proxy.port()));
    destination.security.proxy = {};
    QVERIFY(m_sender.send(destination).attempt.outcome != Outcome::GuardRefused);
    qunsetenv("http_proxy");
    QCOMPARE(proxy.connectionCount(), 1);
}

QTEST_GUILESS_MAIN(TargetGuardTest)
#include "tst_targetguard.moc"
