// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "domain/destination.h"

#include <QtTest>

#include <algorithm>
#include <functional>

using namespace courier;

namespace {

using Change = std::function<void(Destination &)>;

Destination good()
{
    Destination destination;
    destination.name = QStringLiteral("Ops bridge");
    destination.url = QStringLiteral("https://example.com/hook");
    return destination;
}

const QByteArray pem = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";

} // namespace

/// What is said of a destination's signing, login, trust and proxy before it is stored, and which headers are ours.
class SecurityCheckTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellsWhatIsWrong_data();
    void tellsWhatIsWrong();
    void takesWhatIsInOrder_data();
    void takesWhatIsInOrder();
    void warnsOfAnUnencryptedTokenEndpoint();
    void keepsItsOwnHeaders_data();
    void keepsItsOwnHeaders();
    void leavesOtherHeaders_data();
    void leavesOtherHeaders();
};

void SecurityCheckTest::tellsWhatIsWrong_data()
{
    QTest::addColumn<Change>("change");
    QTest::addColumn<DestinationField>("field");
    QTest::addColumn<QString>("message");
    const auto row = [](const char *name, DestinationField field, const char *message, const Change &change) {
        QTest::newRow(name) << change << field << QString::fromUtf8(message);
    };
    const auto signing = [](const char *header, const char *prefix) {
        return [header, prefix](Destination &one) {
            one.security.signing.scheme = SigningScheme::Custom;
            one.security.signing.header = header;
            one.security.signing.prefix = prefix;
        };
    };
    constexpr auto sign = DestinationField::Signing;
    row("no header", sign, "Enter the header's name, as in X-Tenant.", signing("", ""));
    row("a bad header", sign, "“X Sig” is not a header name: use letters, digits and hyphens.", signing("X Sig", ""));
    row("a header of ours", sign, "webhook-signature is set by Alert Courier itself and can't be changed.",
        signing("webhook-signature", ""));
    row("the login's", sign, "Use another header than Authorization for the signature.", signing("authorization", ""));
    row("a line break in the prefix", sign, "The value of X-Sig has a line break or a control character.",
        signing("X-Sig", "a\r\nb"));
    row("twice", sign, "X-Hub-Signature-256 holds the signature: take it off the list of headers.",
        [](Destination &one) {
            one.security.signing.scheme = SigningScheme::GitHub;
            one.headers = {{"x-hub-signature-256", "x"}};
        });
    row("a long overlap", sign, "Use an overlap of 0 to 720 hours.",
        [](Destination &one) { one.security.signing.overlapHours = 721; });

    constexpr auto login = DestinationField::Authentication;
    const auto oauth = [](const char *url, const char *id) {
        return [url, id](Destination &one) {
            one.security.authentication = {AuthScheme::OAuth2, {}, QString::fromUtf8(url), QString::fromUtf8(id), {}};
        };
    };
    row("a colon", login, "A user name can't have a colon: it ends the name.", [](Destination &one) {
        one.security.authentication.scheme = AuthScheme::Basic;
        one.security.authentication.user = QStringLiteral("a:b");
    });
    row("a control character", login, "Use at most 1024 characters, without line breaks and control characters.",
        [](Destination &one) {
            one.security.authentication.scheme = AuthScheme::Basic;
            one.security.authentication.user = QStringLiteral("a\nb");
        });
    row("two logins", login, "The login sets the Authorization header: take it off the list of headers.",
        [](Destination &one) {
            one.security.authentication.scheme = AuthScheme::Bearer;
            one.headers = {{"Authorization", "x"}};
        });
    row("no endpoint", login, "Enter the token endpoint, as in https://login.example.com/oauth2/token.",
        oauth("", "id"));
    row("a bad endpoint", login, "The token endpoint: Enter a full address that starts with https:// or http://.",
        oauth("file:///etc/passwd", "id"));
    row("no client", login, "Enter the client's id, as the token endpoint knows it.", oauth("https://a.example/t", ""));

    constexpr auto trust = DestinationField::Tls;
    row("no certificate", trust, "This is no certificate in PEM: it has “-----BEGIN CERTIFICATE-----”.",
        [](Destination &one) { one.security.tls.authorityPem = "x"; });
    row("a key with it", trust, "The certificate holds its private key: that is kept with the secrets.",
        [](Destination &one) { one.security.tls.certificatePem = pem + "-----BEGIN PRIVATE KEY-----"; });
    row("half a fingerprint", trust, "A certificate's SHA-256 has 64 hexadecimal digits.",
        [](Destination &one) { one.security.tls.pinnedSha256 = QByteArray(16, 'x'); });

    constexpr auto proxied = DestinationField::Proxy;
    const auto proxy = [](const char *host, int port, const char *user) {
        return [host, port, user](Destination &one) {
            one.security.proxy = {ProxyKind::Socks5, QString::fromUtf8(host), port, QString::fromUtf8(user)};
        };
    };
    row("no proxy", proxied, "Enter the proxy's host alone, as in proxy.example.com.", proxy("", 1, ""));
    row("an address as proxy", proxied, "Enter the proxy's host alone, as in proxy.example.com.",
        proxy("http://p/", 1, ""));
    row("no port", proxied, "Enter the proxy's port, 1 to 65535.", proxy("p", 0, ""));
    row("a large port", proxied, "Enter the proxy's port, 1 to 65535.", proxy("p", 65536, ""));
    row("a bad user", proxied, "Use a user name of at most 255 characters, without colons and line breaks.",
        proxy("p", 1, "a:b"));
}

void SecurityCheckTest::tellsWhatIsWrong()
{
    QFETCH(Change, change);
    QFETCH(DestinationField, field);
    QFETCH(QString, message);
    Destination destination = good();
    change(destination);
    const QList<FieldIssue> issues = check(destination);
    QCOMPARE(issues.size(), 1);
    QVERIFY(issues.first().isError);
    QCOMPARE(issues.first().message, message);
    QCOMPARE(issues.first().field, field);
}

void SecurityCheckTest::takesWhatIsInOrder_data()
{
    QTest::addColumn<Change>("change");
    QTest::newRow("nothing") << Change([](Destination &) {});
    QTest::newRow("all of it") << Change([](Destination &one) {
        one.security.signing = {SigningScheme::Custom, "X-Signature", "sha256=", 720, 1};
        one.security.authentication = {AuthScheme::OAuth2,
                                       {},
                                       QStringLiteral("https://a.example/token"),
                                       QStringLiteral("id"),
                                       QStringLiteral("a b")};
        one.security.tls = {pem, QByteArray(32, '\0'), pem + pem};
        one.security.proxy = {ProxyKind::Http, QStringLiteral("fd00::1"), 65535, QStringLiteral("user")};
    });
    QTest::newRow("an Authorization of one's own")
        << Change([](Destination &one) { one.headers = {{"Authorization", "Token x"}}; });
    // What a proxy of the system's or none leaves over is not looked at.
    QTest::newRow("leftovers") << Change([](Destination &one) {
        one.security.proxy = {ProxyKind::None, QStringLiteral("no host at all"), -1, {}};
        one.security.authentication.tokenUrl = QStringLiteral("x");
    });
}

void SecurityCheckTest::takesWhatIsInOrder()
{
    QFETCH(Change, change);
    Destination destination = good();
    change(destination);
    const QList<FieldIssue> issues = check(destination);
    QVERIFY2(issues.isEmpty(), issues.isEmpty() ? "" : qPrintable(issues.first().message));
}

void SecurityCheckTest::warnsOfAnUnencryptedTokenEndpoint()
{
    Destination destination = good();
    destination.security.authentication = {
        AuthScheme::OAuth2, {}, QStringLiteral("http://a.example/t"), QStringLiteral("id"), {}};
    const QList<FieldIssue> issues = check(destination);
    QCOMPARE(issues.size(), 1);
    QVERIFY(!issues.first().isError);
    QCOMPARE(issues.first().message,
             QStringLiteral("The client's secret goes to the token endpoint unencrypted over http://."));
}

void SecurityCheckTest::keepsItsOwnHeaders_data()
{
    QTest::addColumn<QByteArray>("name");
    for (const char *name : {"Host",
                             "Content-Length",
                             "TRANSFER-ENCODING",
                             "connection",
                             "Keep-Alive",
                             "TE",
                             "Trailer",
                             "Upgrade",
                             "Expect",
                             "Accept",
                             "Accept-Encoding",
                             "Content-Type",
                             "Content-Encoding",
                             "Cookie",
                             "HTTP2-Settings",
                             "Proxy-Authorization",
                             "Proxy-Connection",
                             "Proxy-Anything",
                             "webhook-id",
                             "Webhook-Timestamp",
                             "WEBHOOK-SIGNATURE",
                             "webhook-anything"}) {
        QTest::newRow(name) << QByteArray(name);
    }
}

void SecurityCheckTest::keepsItsOwnHeaders()
{
    QFETCH(QByteArray, name);
    const QList<FieldIssue> issues = checkHeader({name, "x"}, 3);
    QCOMPARE(issues.size(), 1);
    QCOMPARE(issues.first().row, 3);
    QCOMPARE(issues.first().message,
             QStringLiteral("%1 is set by Alert Courier itself and can't be changed.").arg(QString::fromLatin1(name)));
}

void SecurityCheckTest::leavesOtherHeaders_data()
{
    QTest::addColumn<QByteArray>("name");
    for (const char *name :
         {"Authorization", "X-Api-Key", "User-Agent", "Accept-Language", "Hosting", "X-Webhook-Id"}) {
        QTest::newRow(name) << QByteArray(name);
    }
}

void SecurityCheckTest::leavesOtherHeaders()
{
    QFETCH(QByteArray, name);
    QVERIFY(checkHeader({name, "x"}, 0).isEmpty());
}

QTEST_GUILESS_MAIN(SecurityCheckTest)
#include "tst_securitycheck.moc"
