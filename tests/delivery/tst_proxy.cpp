// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "delivery/certificatemaker.h"
#include "delivery/environmentproxy.h"
#include "delivery/queuesource.h"
#include "delivery/tlsreceiver.h"
#include "support/scriptedreceiver.h"
#include "support/smallproxy.h"

#include <QtTest>

using namespace courier;
using test::SmallProxy;

namespace {

const QString receiverName = QStringLiteral("hooks.example.test");

Destination through(const SmallProxy &proxy, ProxyKind kind, const QString &url)
{
    Destination destination = test::destinationAt(url);
    destination.security.proxy = {kind, QStringLiteral("127.0.0.1"), proxy.port(), {}};
    return destination;
}

DestinationSecrets proxyPassword(const QByteArray &password)
{
    DestinationSecrets secrets;
    secrets.values.insert(SecretKind::ProxyPassword, password);
    return secrets;
}

QString shown(const SmallProxy &proxy)
{
    return QStringLiteral("127.0.0.1:%1").arg(proxy.port());
}

} // namespace

/// Proxies of the destination's own and the system's, real ones, and whose failure is whose.
class ProxyTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void goesThroughTheDestinationsOwn_data();
    void goesThroughTheDestinationsOwn();
    void tunnelsTls_data();
    void tunnelsTls();
    void logsIn_data();
    void logsIn();
    void failuresOfTheProxyAreItsOwn_data();
    void failuresOfTheProxyAreItsOwn();
    void aProxyThatForbidsIsAtFault();
    void aProxyThatHangsUp_data();
    void aProxyThatHangsUp();
    void failuresBehindTheProxyAreTheReceivers_data();
    void failuresBehindTheProxyAreTheReceivers();
    void aLoginIsAskedFor_data();
    void aLoginIsAskedFor();
    void neverSharesAConnectionAcrossProxies();
    void usesTheSystems();
    void leavesThisComputerAlone();
    void honoursNoProxy();
    void canUseNone();
    void readsTheEnvironment_data();
    void readsTheEnvironment();
    void readsNoProxy_data();
    void readsNoProxy();

private:
    test::OneSender m_sender;
};

void ProxyTest::init()
{
    for (const char *name :
         {"http_proxy", "https_proxy", "all_proxy", "no_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"}) {
        qunsetenv(name);
    }
}

void ProxyTest::goesThroughTheDestinationsOwn_data()
{
    QTest::addColumn<ProxyKind>("kind");
    QTest::addColumn<QByteArray>("asked");
    QTest::newRow("HTTP") << ProxyKind::Http << QByteArray("POST http://hooks.example.test/hook");
    QTest::newRow("SOCKS5") << ProxyKind::Socks5 << QByteArray("SOCKS hooks.example.test:80");
}

void ProxyTest::goesThroughTheDestinationsOwn()
{
    QFETCH(ProxyKind, kind);
    QFETCH(QByteArray, asked);
    const test::ScriptedReceiver receiver;
    SmallProxy proxy(kind == ProxyKind::Http ? SmallProxy::Kind::Http : SmallProxy::Kind::Socks5);
    proxy.addName("hooks.example.test:80", receiver.port());
    const SendResult result = m_sender.send(through(proxy, kind, QStringLiteral("http://hooks.example.test/hook")));
    QCOMPARE(result.attempt.reason, QStringLiteral("200 OK"));
    QCOMPARE(proxy.asked(), QList{asked});
    QCOMPARE(receiver.requests().first().header("Host"), QByteArray("hooks.example.test"));
    QCOMPARE(receiver.requests().first().header("webhook-id"), result.job.webhookId);
}

void ProxyTest::tunnelsTls_data()
{
    QTest::addColumn<ProxyKind>("kind");
    QTest::addColumn<QByteArray>("asked");
    QTest::newRow("HTTP") << ProxyKind::Http << QByteArray("CONNECT hooks.example.test:443");
    QTest::newRow("SOCKS5") << ProxyKind::Socks5 << QByteArray("SOCKS hooks.example.test:443");
}

void ProxyTest::tunnelsTls()
{
    QFETCH(ProxyKind, kind);
    QFETCH(QByteArray, asked);
    test::CertificateMaker maker;
    const test::Identity authority = maker.authority(QStringLiteral("Example CA"));
    const test::TlsReceiver receiver(
        test::serverConfiguration(maker.issued(authority, receiverName, QLatin1String("DNS:") + receiverName)));
    SmallProxy proxy(kind == ProxyKind::Http ? SmallProxy::Kind::Http : SmallProxy::Kind::Socks5);
    proxy.addName("hooks.example.test:443", receiver.port());
    Destination destination = through(proxy, kind, QStringLiteral("https://hooks.example.test/hook"));
    destination.security.tls.authorityPem = authority.certificatePem;
    QCOMPARE(m_sender.send(destination).attempt.reason, QStringLiteral("200 OK"));
    QCOMPARE(proxy.asked(), QList{asked});
    QCOMPARE(receiver.requests().size(), 1);
    // What is wrong with the receiver's certificate is said as without a proxy.
    destination.security.tls.authorityPem.clear();
    QCOMPARE(m_sender.send(destination).attempt.outcome, Outcome::TlsFailed);
}

void ProxyTest::logsIn_data()
{
    goesThroughTheDestinationsOwn_data();
}

void ProxyTest::logsIn()
{
    QFETCH(ProxyKind, kind);
    const test::ScriptedReceiver receiver;
    SmallProxy proxy(kind == ProxyKind::Http ? SmallProxy::Kind::Http : SmallProxy::Kind::Socks5,
                     {"courier", "p:w d", {}, false});
    proxy.addName("hooks.example.test:80", receiver.port());
    Destination destination = through(proxy, kind, QStringLiteral("http://hooks.example.test/hook"));
    destination.security.proxy.user = QStringLiteral("courier");
    const Attempt attempt = m_sender.send(destination, proxyPassword("p:w d")).attempt;
    QCOMPARE(attempt.reason, QStringLiteral("200 OK"));
    QVERIFY(receiver.requests().first().header("Proxy-Authorization").isNull() || kind == ProxyKind::Http);
    QVERIFY(!attempt.requestHeaders.contains("Proxy"));
}

void ProxyTest::failuresOfTheProxyAreItsOwn_data()
{
    QTest::addColumn<ProxyKind>("kind");
    QTest::addColumn<QString>("url");
    QTest::addColumn<QString>("reason");
    const QString refused = QStringLiteral("The proxy %1 refused the connection.");
    const QString unknown = QStringLiteral("The proxy %1 can't be used: it refuses, or doesn't understand.");
    const QString http = QStringLiteral("http://hooks.example.test/hook");
    const QString https = QStringLiteral("https://hooks.example.test/hook");
    QTest::newRow("HTTP") << ProxyKind::Http << http << refused;
    QTest::newRow("HTTP tunnel") << ProxyKind::Http << https << unknown;
    QTest::newRow("SOCKS5") << ProxyKind::Socks5 << http << unknown;
    QTest::newRow("SOCKS5 and TLS") << ProxyKind::Socks5 << https << unknown;
}

void ProxyTest::failuresOfTheProxyAreItsOwn()
{
    QFETCH(ProxyKind, kind);
    QFETCH(QString, url);
    QFETCH(QString, reason);
    Destination destination = test::destinationAt(url);
    destination.security.proxy = {kind, QStringLiteral("127.0.0.1"), test::ScriptedReceiver::freePort(), {}};
    const Attempt attempt = m_sender.send(destination).attempt;
    QCOMPARE(attempt.outcome, Outcome::ProxyFailed);
    QCOMPARE(attempt.reason, reason.arg(QStringLiteral("127.0.0.1:%1").arg(destination.security.proxy.port)));
}

void ProxyTest::aProxyThatForbidsIsAtFault()
{
    const SmallProxy proxy(SmallProxy::Kind::Http, {{}, {}, "403 Forbidden", false});
    const Attempt attempt =
        m_sender.send(through(proxy, ProxyKind::Http, QStringLiteral("https://hooks.example.test/hook"))).attempt;
    QCOMPARE(attempt.outcome, Outcome::ProxyFailed);
    QCOMPARE(attempt.reason,
             QStringLiteral("The proxy %1 can't be used: it refuses, or doesn't understand.").arg(shown(proxy)));
}

// Qt would connect to the one again and again, and wait for the other: whether that or the receiver hangs isn't known.
void ProxyTest::aProxyThatHangsUp_data()
{
    QTest::addColumn<ProxyKind>("kind");
    QTest::addColumn<QString>("url");
    QTest::addColumn<Outcome>("outcome");
    QTest::addColumn<QString>("reason");
    QTest::newRow("SOCKS5") << ProxyKind::Socks5 << QStringLiteral("http://hooks.example.test/hook")
                            << Outcome::ProxyFailed << QStringLiteral("The proxy %1 ended the connection.");
    QTest::newRow("HTTP tunnel") << ProxyKind::Http << QStringLiteral("https://hooks.example.test/hook")
                                 << Outcome::TimedOut << QStringLiteral("Timed out after 1 s.");
}

void ProxyTest::aProxyThatHangsUp()
{
    QFETCH(ProxyKind, kind);
    QFETCH(QString, url);
    QFETCH(Outcome, outcome);
    QFETCH(QString, reason);
    const SmallProxy proxy(kind == ProxyKind::Http ? SmallProxy::Kind::Http : SmallProxy::Kind::Socks5,
                           {{}, {}, {}, true});
    Destination destination = through(proxy, kind, url);
    destination.timeoutSeconds = 1;
    const Attempt attempt = m_sender.send(destination).attempt;
    QCOMPARE(attempt.outcome, outcome);
    QCOMPARE(attempt.reason, reason.contains(QLatin1String("%1")) ? reason.arg(shown(proxy)) : reason);
    QVERIFY(proxy.connectionCount() <= 8);
}

void ProxyTest::failuresBehindTheProxyAreTheReceivers_data()
{
    QTest::addColumn<ProxyKind>("kind");
    QTest::addColumn<QString>("url");
    QTest::newRow("HTTP tunnel") << ProxyKind::Http << QStringLiteral("https://nowhere.example.test/hook");
    QTest::newRow("SOCKS5") << ProxyKind::Socks5 << QStringLiteral("http://nowhere.example.test:443/hook");
}

void ProxyTest::failuresBehindTheProxyAreTheReceivers()
{
    QFETCH(ProxyKind, kind);
    QFETCH(QString, url);
    const SmallProxy proxy(kind == ProxyKind::Http ? SmallProxy::Kind::Http : SmallProxy::Kind::Socks5);
    const Attempt attempt = m_sender.send(through(proxy, kind, url)).attempt;
    QCOMPARE(attempt.outcome, Outcome::Unreachable);
    QCOMPARE(attempt.reason,
             QStringLiteral("Could not connect: the proxy %1 can't reach nowhere.example.test:443.").arg(shown(proxy)));
}

void ProxyTest::aLoginIsAskedFor_data()
{
    QTest::addColumn<ProxyKind>("kind");
    QTest::addColumn<QString>("url");
    QTest::addColumn<QByteArray>("password"); // empty: no login at all
    for (const char *password : {"", "wrong"}) {
        QTest::addRow("HTTP, '%s'", password)
            << ProxyKind::Http << QStringLiteral("http://hooks.example.test/hook") << QByteArray(password);
        QTest::addRow("HTTP tunnel, '%s'", password)
            << ProxyKind::Http << QStringLiteral("https://hooks.example.test/hook") << QByteArray(password);
        QTest::addRow("SOCKS5, '%s'", password)
            << ProxyKind::Socks5 << QStringLiteral("http://hooks.example.test/hook") << QByteArray(password);
    }
}

void ProxyTest::aLoginIsAskedFor()
{
    QFETCH(ProxyKind, kind);
    QFETCH(QString, url);
    QFETCH(QByteArray, password);
    const test::ScriptedReceiver receiver;
    SmallProxy proxy(kind == ProxyKind::Http ? SmallProxy::Kind::Http : SmallProxy::Kind::Socks5,
                     {"courier", "right", {}, false});
    proxy.addName("hooks.example.test:80", receiver.port());
    Destination destination = through(proxy, kind, url);
    if (!password.isEmpty()) {
        destination.security.proxy.user = QStringLiteral("courier");
    }
    const Attempt attempt = m_sender.send(destination, proxyPassword(password)).attempt;
    QCOMPARE(attempt.outcome, Outcome::ProxyFailed);
    QCOMPARE(attempt.reason, QStringLiteral("The proxy %1 asks for a user name and password, or doesn't take the ones "
                                            "it got.")
                                 .arg(shown(proxy)));
    QCOMPARE(receiver.requestCount(), 0);
    QVERIFY(proxy.connectionCount() <= 3);
}

void ProxyTest::neverSharesAConnectionAcrossProxies()
{
    const test::ScriptedReceiver receiver;
    SmallProxy first(SmallProxy::Kind::Http);
    SmallProxy second(SmallProxy::Kind::Http);
    Destination destination = test::destinationAt(receiver.url());
    m_sender.send(destination);
    for (SmallProxy *proxy : {&first, &second, &first}) {
        m_sender.send(through(*proxy, ProxyKind::Http, receiver.url()));
    }
    QCOMPARE(receiver.requestCount(), 4);
    QCOMPARE(receiver.connectionCount(), 3);
    QCOMPARE(first.connectionCount(), 1);
    QCOMPARE(second.connectionCount(), 1);
}

void ProxyTest::usesTheSystems()
{
    const test::ScriptedReceiver receiver;
    SmallProxy proxy(SmallProxy::Kind::Http, {"u", "p w", {}, false});
    proxy.addName("hooks.example.test:80", receiver.port());
    qputenv("http_proxy", "http://u:p%20w@127.0.0.1:" + QByteArray::number(proxy.port()));
    const Attempt attempt = m_sender.send(QStringLiteral("http://hooks.example.test/hook")).attempt;
    QCOMPARE(attempt.reason, QStringLiteral("200 OK"));
    QCOMPARE(proxy.asked(), QList<QByteArray>{"POST http://hooks.example.test/hook"});
}

void ProxyTest::leavesThisComputerAlone()
{
    const test::ScriptedReceiver receiver;
    const SmallProxy proxy(SmallProxy::Kind::Http);
    qputenv("http_proxy", "127.0.0.1:" + QByteArray::number(proxy.port()));
    QCOMPARE(m_sender.send(receiver.url()).attempt.outcome, Outcome::Acknowledged);
    const QString byName = QStringLiteral("http://localhost:%1/hook").arg(receiver.port());
    QCOMPARE(m_sender.send(byName).attempt.outcome, Outcome::Acknowledged);
    QCOMPARE(proxy.connectionCount(), 0);
}

void ProxyTest::honoursNoProxy()
{
    const SmallProxy proxy(SmallProxy::Kind::Http);
    qputenv("http_proxy", "http://127.0.0.1:" + QByteArray::number(proxy.port()));
    qputenv("NO_PROXY", "other.test, .invalid");
    const Attempt attempt = m_sender.send(QStringLiteral("http://hooks.invalid/hook")).attempt;
    QCOMPARE(attempt.reason, QStringLiteral("Could not connect: no host named hooks.invalid was found."));
    QCOMPARE(proxy.connectionCount(), 0);
}

void ProxyTest::canUseNone()
{
    const SmallProxy proxy(SmallProxy::Kind::Http);
    qputenv("http_proxy", "http://127.0.0.1:" + QByteArray::number(proxy.port()));
    Destination destination = test::destinationAt(QStringLiteral("http://hooks.invalid/hook"));
    destination.security.proxy.kind = ProxyKind::None;
    QCOMPARE(m_sender.send(destination).attempt.outcome, Outcome::Unreachable);
    QCOMPARE(proxy.connectionCount(), 0);
}

void ProxyTest::readsTheEnvironment_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<QStringList>("environment");
    QTest::addColumn<QString>("proxy"); // empty: the environment says nothing
    const QString http = QStringLiteral("http://a.example/");
    const QString https = QStringLiteral("https://a.example/");
    const auto row = [](const char *name, const QString &url, const QStringList &environment, const char *proxy) {
        QTest::newRow(name) << url << environment << QString::fromLatin1(proxy);
    };
    row("nothing", http, {}, "");
    row("small letters", http, {QStringLiteral("http_proxy=http://p:8080")}, "http p:8080");
    row("capitals", https, {QStringLiteral("HTTPS_PROXY=http://p:8080/")}, "http p:8080");
    row("small letters first", http, {QStringLiteral("HTTP_PROXY=http://q:1"), QStringLiteral("http_proxy=http://p:2")},
        "http p:2");
    row("the other scheme's", https, {QStringLiteral("http_proxy=http://p:8080")}, "");
    row("for all", https, {QStringLiteral("all_proxy=socks5://p")}, "socks p:1080");
    row("its own before that for all", https,
        {QStringLiteral("all_proxy=socks5://p"), QStringLiteral("https_proxy=q:3128")}, "http q:3128");
    row("socks5h", http, {QStringLiteral("http_proxy=socks5h://p:9")}, "socks p:9");
    row("a login", http, {QStringLiteral("http_proxy=http://u:p%40w@p:1")}, "http p:1 u p@w");
    row("no port", http, {QStringLiteral("http_proxy=http://p")}, "http p:80");
    row("left out", http, {QStringLiteral("http_proxy=http://p:1"), QStringLiteral("no_proxy=a.example")}, "none");
    row("a forged header of CGI", http, {QStringLiteral("HTTP_PROXY=http://p:1"), QStringLiteral("REQUEST_METHOD=GET")},
        "");
    row("nonsense", http, {QStringLiteral("http_proxy=http://")}, "");
}

void ProxyTest::readsTheEnvironment()
{
    QFETCH(QString, url);
    QFETCH(QStringList, environment);
    QFETCH(QString, proxy);
    QProcessEnvironment variables;
    for (const QString &one : environment) {
        variables.insert(one.section(QLatin1Char('='), 0, 0), one.section(QLatin1Char('='), 1));
    }
    const auto found = environmentProxy(QUrl(url), variables);
    QString text;
    if (found && found->type() == QNetworkProxy::NoProxy) {
        text = QStringLiteral("none");
    } else if (found) {
        const bool isSocks = found->type() == QNetworkProxy::Socks5Proxy;
        text = QStringLiteral("%1 %2:%3")
                   .arg(isSocks ? QStringLiteral("socks") : QStringLiteral("http"), found->hostName(),
                        QString::number(found->port()));
        if (!found->user().isEmpty()) {
            text += QLatin1Char(' ') + found->user() + QLatin1Char(' ') + found->password();
        }
    }
    QCOMPARE(text, proxy);
}

void ProxyTest::readsNoProxy_data()
{
    QTest::addColumn<QString>("url");
    QTest::addColumn<QString>("list");
    QTest::addColumn<bool>("isOut");
    const auto row = [](const char *url, const char *list, bool isOut) {
        QTest::addRow("%s in %s", url, list) << QString::fromLatin1(url) << QString::fromLatin1(list) << isOut;
    };
    row("http://a.example/", "", false);
    row("http://a.example/", "*", true);
    row("http://a.example/", "a.example", true);
    row("http://A.Example/", "a.eXAMPLE", true);
    row("http://b.a.example/", "a.example", true);
    row("http://b.a.example/", ".a.example", true);
    row("http://a.example/", ".a.example", true);
    row("http://b.a.example/", "*.a.example", true);
    row("http://ba.example/", "a.example", false);
    row("http://a.example.org/", "a.example", false);
    row("http://c.example/", "a.example,b.example, c.example", true);
    row("http://c.example/", "a.example b.example\tc.example", true);
    row("http://a.example:8080/", "a.example:8080", true);
    row("http://a.example/", "a.example:8080", false);
    row("https://a.example/", "a.example:443", true);
    row("http://10.1.2.3/", "10.0.0.0/8", true);
    row("http://11.1.2.3/", "10.0.0.0/8", false);
    row("http://10.1.2.3/", "10.1.2.3", true);
    row("http://10.1.2.3:81/", "10.1.2.3:80", false);
    row("http://[fd00::5]/", "fd00::/8", true);
    row("http://[fd00::5]/", "[fd00::5]", true);
    row("http://[fd00::5]:99/", "[fd00::5]:99", true);
    row("http://a.example/", "10.0.0.0/8", false);
    row("http://a.example/", ",,", false);
}

void ProxyTest::readsNoProxy()
{
    QFETCH(QString, url);
    QFETCH(QString, list);
    QFETCH(bool, isOut);
    QCOMPARE(isLeftOut(QUrl(url), list), isOut);
}

QTEST_GUILESS_MAIN(ProxyTest)
#include "tst_proxy.moc"
