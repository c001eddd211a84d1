// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "delivery/certificatemaker.h"
#include "delivery/certificates.h"
#include "delivery/queuesource.h"
#include "delivery/tlsreceiver.h"
#include "support/scriptedreceiver.h"

#include <QProcess>
#include <QSslKey>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTimer>
#include <QtTest>

using namespace courier;

namespace {

const QString forUs = QStringLiteral("IP:127.0.0.1");
constexpr qint64 day = 24LL * 3600 * 1000;

QString words(const QByteArray &sha256)
{
    return QString::fromLatin1(sha256.toHex(':').toUpper());
}

/// What goes to a port here and comes from it takes its time on the way.
class LongWay : public QTcpServer
{
public:
    explicit LongWay(quint16 port)
    {
        connect(this, &QTcpServer::newConnection, this, [this, port] {
            QTcpSocket *near = nextPendingConnection();
            auto *far = new QTcpSocket(this);
            far->connectToHost(QHostAddress::LocalHost, port);
            pass(near, far);
            pass(far, near);
        });
        if (!listen(QHostAddress::LocalHost)) {
            qFatal("%s", qPrintable(errorString()));
        }
    }

private:
    static constexpr std::chrono::milliseconds oneWay{300};

    static void pass(QTcpSocket *from, QTcpSocket *to)
    {
        connect(from, &QTcpSocket::readyRead, to,
                [from, to] { QTimer::singleShot(oneWay, to, [piece = from->readAll(), to] { to->write(piece); }); });
        connect(from, &QTcpSocket::disconnected, to,
                [to] { QTimer::singleShot(oneWay, to, [to] { to->disconnectFromHost(); }); });
    }
};

} // namespace

/// Whom we trust over TLS, whom we don't and why, and who we say we are. Against real servers with certificates made
/// for it.
class TlsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void refusesWithTheReason_data();
    void refusesWithTheReason();
    void refusesTls10();
    void goesByWhatIsShownOfTheCertificatesStanding_data();
    void goesByWhatIsShownOfTheCertificatesStanding();
    void takesTheDestinationsOwnAuthority();
    void theOwnAuthorityStandsInPlaceOfAllOthers();
    void takesOnlyThePinnedCertificate_data();
    void takesOnlyThePinnedCertificate();
    void sendsNothingToAnotherThanThePinned();
    void neverSharesAConnectionAcrossTrust();
    void keepsAConnectionWithinOneTrust();
    void isNotLedAwayFromTls();
    void showsTheClientCertificate();
    void tellsWhatIsWrongWithTheClientCertificate_data();
    void tellsWhatIsWrongWithTheClientCertificate();
    void tellsThatOneIsWantedFarAway();
    void tellsWhatCannotBeUsed_data();
    void tellsWhatCannotBeUsed();
    void importsPkcs12();
    void importsPem();
    void readsFingerprints();

private:
    Destination at(const test::TlsReceiver &receiver, const QString &host = QStringLiteral("127.0.0.1")) const
    {
        return test::destinationAt(receiver.url(host));
    }
    test::TlsReceiver *receiver(const test::Identity &identity)
    {
        m_receivers.push_back(std::make_unique<test::TlsReceiver>(test::serverConfiguration(identity)));
        return m_receivers.back().get();
    }

    test::CertificateMaker m_maker;
    test::OneSender m_sender;
    test::Identity m_authority;
    test::Identity m_other;     ///< another authority
    test::Identity m_good;      ///< for us, of m_authority
    test::Identity m_expired;   ///< the same, but over
    test::Identity m_elsewhere; ///< for another host, of m_authority
    test::Identity m_alone;     ///< for us, signed by itself
    std::vector<std::unique_ptr<test::TlsReceiver>> m_receivers;
};

void TlsTest::initTestCase()
{
    m_authority = m_maker.authority(QStringLiteral("Example CA"));
    m_other = m_maker.authority(QStringLiteral("Other CA"));
    m_good = m_maker.issued(m_authority, QStringLiteral("good"), forUs);
    m_expired = m_maker.issued(m_authority, QStringLiteral("expired"), forUs, -1);
    m_elsewhere = m_maker.issued(m_authority, QStringLiteral("elsewhere"), QStringLiteral("DNS:hooks.example.com"));
    m_alone = m_maker.selfSigned(QStringLiteral("alone"), forUs);
}

void TlsTest::refusesWithTheReason_data()
{
    QTest::addColumn<test::Identity>("identity");
    QTest::addColumn<bool>("isTrusted"); // its authority is the destination's own
    QTest::addColumn<QString>("reason");
    const QString expiry = m_expired.certificate().expiryDate().toUTC().toString(QStringLiteral("yyyy-MM-dd HH:mm"));
    QTest::newRow("self-signed") << m_alone << false << QStringLiteral("it is self-signed");
    QTest::newRow("expired") << m_expired << true << QStringLiteral("it expired on %1 UTC").arg(expiry);
    QTest::newRow("wrong host") << m_elsewhere << true
                                << QStringLiteral("it is for hooks.example.com, not for 127.0.0.1");
    QTest::newRow("unknown authority") << m_good << false
                                       << QStringLiteral("its issuer (Example CA) is not one that is trusted here");
    QTest::newRow("two reasons") << m_elsewhere << false
                                 << QStringLiteral("its issuer (Example CA) is not one that is trusted here, it is for "
                                                   "hooks.example.com, not for 127.0.0.1");
}

void TlsTest::refusesWithTheReason()
{
    QFETCH(test::Identity, identity);
    QFETCH(bool, isTrusted);
    QFETCH(QString, reason);
    const test::TlsReceiver *server = receiver(identity);
    Destination destination = at(*server);
    if (isTrusted) {
        destination.security.tls.authorityPem = m_authority.certificatePem;
    }
    const Attempt attempt = m_sender.send(destination).attempt;
    QCOMPARE(attempt.outcome, Outcome::TlsFailed);
    QCOMPARE(attempt.reason, QStringLiteral("The receiver's certificate was refused: %1. Its SHA-256 is %2.")
                                 .arg(reason, words(identity.sha256())));
    QCOMPARE(attempt.certificate.sha256, identity.sha256());
    QCOMPARE(attempt.certificate.expiresAt, identity.certificate().expiryDate().toMSecsSinceEpoch());
    QCOMPARE(attempt.timing.encrypted, -1);
    QCOMPARE(server->bytesReceived(), 0);
}

void TlsTest::refusesTls10()
{
    const quint16 port = test::ScriptedReceiver::freePort();
    QProcess server;
    server.start(QStringLiteral("openssl"),
                 {QStringLiteral("s_server"), QStringLiteral("-accept"), QString::number(port), QStringLiteral("-cert"),
                  m_good.certificateFile, QStringLiteral("-key"), m_good.keyFile, QStringLiteral("-tls1"),
                  QStringLiteral("-cipher"), QStringLiteral("ALL:@SECLEVEL=0"), QStringLiteral("-www")});
    QVERIFY(QTest::qWaitFor([&] { return server.readAllStandardOutput().contains("ACCEPT"); }, 10'000));
    const Attempt attempt = m_sender.send(QStringLiteral("https://127.0.0.1:%1/hook").arg(port)).attempt;
    server.kill();
    server.waitForFinished();
    QCOMPARE(attempt.outcome, Outcome::TlsFailed);
    QCOMPARE(attempt.reason, QStringLiteral("The TLS handshake failed: the receiver speaks only versions of TLS before "
                                            "1.2, which are not safe."));
}

void TlsTest::goesByWhatIsShownOfTheCertificatesStanding_data()
{
    QTest::addColumn<QString>("standing");
    QTest::addColumn<bool>("isRefused");
    QTest::newRow("revoked") << m_maker.standing(m_good, true, m_authority, m_authority) << true;
    QTest::newRow("in order") << m_maker.standing(m_good, false, m_authority, m_authority) << false;
    QTest::newRow("in order, says somebody") << m_maker.standing(m_good, false, m_authority, m_other) << false;
    QTest::newRow("nothing") << QString() << false;
}

// Nobody is asked of it: the receiver shows it with its certificate, or doesn't.
void TlsTest::goesByWhatIsShownOfTheCertificatesStanding()
{
    QFETCH(QString, standing);
    QFETCH(bool, isRefused);
    const quint16 port = test::ScriptedReceiver::freePort();
    QStringList arguments{
        QStringLiteral("s_server"), QStringLiteral("-accept"), QString::number(port), QStringLiteral("-cert"),
        m_good.certificateFile,     QStringLiteral("-key"),    m_good.keyFile};
    if (!standing.isEmpty()) {
        arguments << QStringLiteral("-status_file") << standing;
    }
    QProcess server;
    server.start(QStringLiteral("openssl"), arguments);
    QVERIFY(QTest::qWaitFor([&] { return server.readAllStandardOutput().contains("ACCEPT"); }, 10'000));
    Destination destination = test::destinationAt(QStringLiteral("https://127.0.0.1:%1/hook").arg(port));
    destination.security.tls.authorityPem = m_authority.certificatePem;
    destination.timeoutSeconds = 1;
    const Attempt attempt = m_sender.send(destination).attempt;
    server.kill();
    server.waitForFinished();
    if (isRefused) {
        QCOMPARE(attempt.outcome, Outcome::TlsFailed);
        QCOMPARE(attempt.reason,
                 QStringLiteral("The receiver's certificate was refused: it was revoked. Its SHA-256 is %1.")
                     .arg(words(m_good.sha256())));
        QCOMPARE(attempt.timing.encrypted, -1);
    } else {
        QCOMPARE(attempt.outcome, Outcome::TimedOut); // it says nothing, but was sent to
        QVERIFY(attempt.timing.requestSent >= 0);
    }
}

void TlsTest::takesTheDestinationsOwnAuthority()
{
    const test::TlsReceiver *server = receiver(m_good);
    Destination destination = at(*server);
    destination.security.tls.authorityPem = m_authority.certificatePem;
    const Attempt attempt = m_sender.send(destination).attempt;
    QCOMPARE(attempt.reason, QStringLiteral("200 OK"));
    QCOMPARE(attempt.certificate.sha256, m_good.sha256());
    QCOMPARE(attempt.certificate.subject, QStringLiteral("good"));
    QCOMPARE(attempt.certificate.issuer, QStringLiteral("Example CA"));
    const qint64 days = (attempt.certificate.expiresAt - QDateTime::currentMSecsSinceEpoch()) / day;
    QVERIFY(days == 29 || days == 30);
    QCOMPARE(server->requests().size(), 1);
}

void TlsTest::theOwnAuthorityStandsInPlaceOfAllOthers()
{
    const test::TlsReceiver *server = receiver(m_good);
    Destination destination = at(*server);
    destination.security.tls.authorityPem = m_other.certificatePem;
    QCOMPARE(m_sender.send(destination).attempt.outcome, Outcome::TlsFailed);
    destination.security.tls.authorityPem = m_other.certificatePem + m_authority.certificatePem;
    QCOMPARE(m_sender.send(destination).attempt.outcome, Outcome::Acknowledged);
}

void TlsTest::takesOnlyThePinnedCertificate_data()
{
    QTest::addColumn<test::Identity>("shown");
    QTest::newRow("signed by itself") << m_alone;
    QTest::newRow("of an unknown authority") << m_good;
    QTest::newRow("expired") << m_expired;
    QTest::newRow("for another host") << m_elsewhere;
}

void TlsTest::takesOnlyThePinnedCertificate()
{
    QFETCH(test::Identity, shown);
    const test::TlsReceiver *server = receiver(shown);
    Destination destination = at(*server);
    destination.security.tls.pinnedSha256 = shown.sha256();
    QCOMPARE(m_sender.send(destination).attempt.reason, QStringLiteral("200 OK"));

    destination.security.tls.pinnedSha256 = m_other.sha256();
    const Attempt attempt = m_sender.send(destination).attempt;
    QCOMPARE(attempt.outcome, Outcome::TlsFailed);
    QCOMPARE(attempt.reason, QStringLiteral("The receiver's certificate was refused: it isn't the pinned one. Its "
                                            "SHA-256 is %1.")
                                 .arg(words(shown.sha256())));
    QCOMPARE(server->requests().size(), 1);
}

// Its certificate is in order but for the pin: the handshake succeeds, and nothing follows.
void TlsTest::sendsNothingToAnotherThanThePinned()
{
    const test::TlsReceiver *server = receiver(m_good);
    Destination destination = at(*server);
    destination.security.tls.authorityPem = m_authority.certificatePem;
    destination.security.tls.pinnedSha256 = m_alone.sha256();
    for (int i = 0; i < 20; ++i) {
        const Attempt attempt = m_sender.send(destination).attempt;
        QCOMPARE(attempt.outcome, Outcome::TlsFailed);
        QVERIFY(attempt.reason.contains(QStringLiteral("isn't the pinned one")));
        QCOMPARE(attempt.timing.requestSent, -1);
    }
    QTest::qWait(50);
    QCOMPARE(server->bytesReceived(), 0);
}

void TlsTest::neverSharesAConnectionAcrossTrust()
{
    const test::TlsReceiver *server = receiver(m_alone);
    Destination trusting = at(*server);
    trusting.security.tls.pinnedSha256 = m_alone.sha256();
    QCOMPARE(m_sender.send(trusting).attempt.outcome, Outcome::Acknowledged);
    // The same address, while the connection is open: by the system's trust it must not be used.
    QCOMPARE(m_sender.send(at(*server)).attempt.outcome, Outcome::TlsFailed);
    QCOMPARE(server->requests().size(), 1);
    QCOMPARE(m_sender.send(trusting).attempt.outcome, Outcome::Acknowledged);
    QCOMPARE(server->requests().size(), 2);
}

void TlsTest::keepsAConnectionWithinOneTrust()
{
    const test::TlsReceiver *server = receiver(m_alone);
    Destination destination = at(*server);
    destination.security.tls.pinnedSha256 = m_alone.sha256();
    for (int i = 0; i < 5; ++i) {
        QCOMPARE(m_sender.send(destination).attempt.outcome, Outcome::Acknowledged);
    }
    QCOMPARE(server->connectionCount(), 1);
}

void TlsTest::isNotLedAwayFromTls()
{
    const test::ScriptedReceiver plain;
    for (const int status : {301, 302, 303, 307, 308}) {
        const test::TlsReceiver server(test::serverConfiguration(m_good),
                                       "HTTP/1.1 " + QByteArray::number(status) + " Over there\r\nLocation: " +
                                           plain.url().toLatin1() + "\r\nContent-Length: 0\r\n\r\n");
        Destination destination = at(server);
        destination.security.tls.authorityPem = m_authority.certificatePem;
        const Attempt attempt = m_sender.send(destination).attempt;
        QCOMPARE(attempt.outcome, Outcome::Rejected);
        QCOMPARE(attempt.reason, QStringLiteral("%1 Over there: redirects are not followed (Location: %2)")
                                     .arg(QString::number(status), maskedUrl(plain.url())));
        QVERIFY(attempt.responseHeaders.contains(QByteArray("Location: " + plain.url().toLatin1() + "\r\n")));
        QCOMPARE(server.requests().size(), 1);
    }
    QCOMPARE(plain.connectionCount(), 0);
}

void TlsTest::showsTheClientCertificate()
{
    QSslConfiguration configuration = test::serverConfiguration(m_good);
    configuration.setCaCertificates({m_other.certificate()});
    configuration.setPeerVerifyMode(QSslSocket::VerifyPeer);
    const test::TlsReceiver server(configuration);
    const test::Identity client = m_maker.issued(m_other, QStringLiteral("courier"), QStringLiteral("DNS:courier"));
    Destination destination = at(server);
    destination.security.tls.authorityPem = m_authority.certificatePem;
    destination.security.tls.certificatePem = client.certificatePem;
    DestinationSecrets secrets;
    secrets.values.insert(SecretKind::PrivateKey, client.keyPem);
    const Attempt attempt = m_sender.send(destination, secrets).attempt;
    QCOMPARE(attempt.reason, QStringLiteral("200 OK"));
    QCOMPARE(server.clients(), QList{client.certificate()});
}

// Over TLS 1.3 that is found out after the handshake, by an alert that gets lost on the way up.
void TlsTest::tellsWhatIsWrongWithTheClientCertificate_data()
{
    QTest::addColumn<QString>("version");
    QTest::addColumn<bool>("isShown");
    QTest::addColumn<QString>("reason");
    const QString wanted = QStringLiteral("The TLS handshake failed: the receiver asks for a client certificate.");
    const QString refused = QStringLiteral("The TLS handshake failed: the receiver refused our client certificate");
    QTest::newRow("none, 1.3") << QStringLiteral("-tls1_3") << false << wanted;
    QTest::newRow("none, 1.2") << QStringLiteral("-tls1_2") << false << QStringLiteral("The TLS handshake failed: ");
    QTest::newRow("a stranger's, 1.3") << QStringLiteral("-tls1_3") << true << refused;
    QTest::newRow("a stranger's, 1.2") << QStringLiteral("-tls1_2") << true << refused;
}

void TlsTest::tellsWhatIsWrongWithTheClientCertificate()
{
    QFETCH(QString, version);
    QFETCH(bool, isShown);
    QFETCH(QString, reason);
    const quint16 port = test::ScriptedReceiver::freePort();
    QProcess server;
    server.start(QStringLiteral("openssl"),
                 {QStringLiteral("s_server"), QStringLiteral("-accept"), QString::number(port), QStringLiteral("-cert"),
                  m_good.certificateFile, QStringLiteral("-key"), m_good.keyFile, QStringLiteral("-CAfile"),
                  m_other.certificateFile, QStringLiteral("-Verify"), QStringLiteral("1"),
                  QStringLiteral("-verify_return_error"), version});
    QVERIFY(QTest::qWaitFor([&] { return server.readAllStandardOutput().contains("ACCEPT"); }, 10'000));
    Destination destination = test::destinationAt(QStringLiteral("https://127.0.0.1:%1/hook").arg(port));
    destination.security.tls.authorityPem = m_authority.certificatePem;
    DestinationSecrets secrets;
    if (isShown) {
        destination.security.tls.certificatePem = m_alone.certificatePem;
        secrets.values.insert(SecretKind::PrivateKey, m_alone.keyPem);
    }
    const Attempt attempt = m_sender.send(destination, secrets).attempt;
    server.kill();
    server.waitForFinished();
    QVERIFY2(attempt.reason.startsWith(reason), qPrintable(attempt.reason));
    QCOMPARE(attempt.outcome, Outcome::TlsFailed);
}

// However long the way is: what comes last is waited for by what came before.
void TlsTest::tellsThatOneIsWantedFarAway()
{
    const quint16 port = test::ScriptedReceiver::freePort();
    QProcess server;
    server.start(QStringLiteral("openssl"),
                 {QStringLiteral("s_server"), QStringLiteral("-accept"), QString::number(port), QStringLiteral("-cert"),
                  m_good.certificateFile, QStringLiteral("-key"), m_good.keyFile, QStringLiteral("-Verify"),
                  QStringLiteral("1"), QStringLiteral("-tls1_3")});
    QVERIFY(QTest::qWaitFor([&] { return server.readAllStandardOutput().contains("ACCEPT"); }, 10'000));
    const LongWay way(port);
    Destination destination = test::destinationAt(QStringLiteral("https://127.0.0.1:%1/hook").arg(way.serverPort()));
    destination.security.tls.authorityPem = m_authority.certificatePem;
    const std::size_t before = m_sender.source().results().size();
    m_sender.source().add(test::jobFor(destination));
    m_sender.pool().wake();
    const bool came = QTest::qWaitFor([&] { return m_sender.source().results().size() > before; }, 20'000);
    server.kill();
    server.waitForFinished();
    QVERIFY(came);
    const Attempt attempt = m_sender.source().results().back().attempt;
    QCOMPARE(attempt.reason, QStringLiteral("The TLS handshake failed: the receiver asks for a client certificate."));
    QCOMPARE(attempt.outcome, Outcome::TlsFailed);
}

void TlsTest::tellsWhatCannotBeUsed_data()
{
    QTest::addColumn<QByteArray>("authority");
    QTest::addColumn<QByteArray>("certificate");
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<Outcome>("outcome");
    QTest::addColumn<QString>("reason");
    const QByteArray broken = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
    QTest::newRow("the authority") << broken << QByteArray() << QByteArray() << Outcome::TlsFailed
                                   << QStringLiteral(
                                          "Not sent: the destination's own certificate authority can't be "
                                          "used. There is no certificate in PEM, or one that can't be read.");
    QTest::newRow("the certificate") << QByteArray() << broken << m_good.keyPem << Outcome::TlsFailed
                                     << QStringLiteral("Not sent: the client certificate can't be used. There is no "
                                                       "certificate in PEM, or one that can't be read.");
    QTest::newRow("no key") << QByteArray() << m_good.certificatePem << QByteArray() << Outcome::NotSent
                            << QStringLiteral("Not sent: the client certificate's private key isn't there.");
    QTest::newRow("a broken key")
        << QByteArray() << m_good.certificatePem
        << QByteArray("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n") << Outcome::TlsFailed
        << QStringLiteral(
               "Not sent: the client certificate's private key can't be used. The private key can't be read: "
               "it has to be one of RSA, EC or DSA.");
}

void TlsTest::tellsWhatCannotBeUsed()
{
    QFETCH(QByteArray, authority);
    QFETCH(QByteArray, certificate);
    QFETCH(QByteArray, key);
    QFETCH(Outcome, outcome);
    QFETCH(QString, reason);
    const test::TlsReceiver *server = receiver(m_good);
    Destination destination = at(*server);
    destination.security.tls.authorityPem = authority;
    destination.security.tls.certificatePem = certificate;
    DestinationSecrets secrets;
    secrets.values.insert(SecretKind::PrivateKey, key);
    const Attempt attempt = m_sender.send(destination, secrets).attempt;
    QCOMPARE(attempt.reason, reason);
    QCOMPARE(attempt.outcome, outcome);
    QCOMPARE(server->connectionCount(), 0);
}

void TlsTest::importsPkcs12()
{
    const QByteArray file = m_maker.pkcs12(m_good, QStringLiteral("correct horse"));
    const auto imported = importPkcs12(file, "correct horse");
    QVERIFY(imported);
    QCOMPARE(QSslCertificate(imported->certificatePem), m_good.certificate());
    QCOMPARE(QSslKey(imported->keyPem, QSsl::Ec), QSslKey(m_good.keyPem, QSsl::Ec));
    QVERIFY(importPem(imported->certificatePem, imported->keyPem));
    for (const QByteArray &wrong : {QByteArray("wrong"), QByteArray()}) {
        const auto refused = importPkcs12(file, wrong);
        QVERIFY(!refused);
        QVERIFY(refused.error().message.startsWith(QStringLiteral("This PKCS #12 file can't be opened")));
    }
    QVERIFY(!importPkcs12("nonsense", "correct horse"));
}

void TlsTest::importsPem()
{
    const auto imported = importPem(m_good.certificatePem + m_authority.certificatePem, m_good.keyPem);
    QVERIFY(imported);
    QCOMPARE(QSslCertificate::fromData(imported->certificatePem).size(), 2);
    QVERIFY(!imported->certificatePem.contains("PRIVATE KEY"));
    const QByteArray both = m_good.certificatePem + m_good.keyPem;
    QVERIFY(importPem(both, both));

    const auto strange = importPem(m_good.certificatePem, m_alone.keyPem);
    QVERIFY(!strange);
    QCOMPARE(strange.error().message, QStringLiteral("The private key doesn't belong to the certificate."));

    m_maker.openssl({QStringLiteral("pkcs8"), QStringLiteral("-topk8"), QStringLiteral("-in"), m_good.keyFile,
                     QStringLiteral("-passout"), QStringLiteral("pass:sesame"), QStringLiteral("-out"),
                     QStringLiteral("encrypted.key")});
    const QByteArray encrypted = m_maker.read(QStringLiteral("encrypted.key"));
    const auto opened = importPem(m_good.certificatePem, encrypted, "sesame");
    QVERIFY(opened);
    QVERIFY(!opened->keyPem.contains("ENCRYPTED"));
    const auto closed = importPem(m_good.certificatePem, encrypted, "wrong");
    QVERIFY(!closed);
    QCOMPARE(closed.error().message,
             QStringLiteral("The private key can't be opened: its passphrase is missing or wrong."));
}

void TlsTest::readsFingerprints()
{
    const QByteArray sha256 = m_good.sha256();
    const QString shown = fingerprint(sha256);
    QCOMPARE(sha256FromFingerprint(shown).value(), sha256);
    QCOMPARE(sha256FromFingerprint(QLatin1String("sha256 Fingerprint=") + shown.toLower()).value(), sha256);
    QCOMPARE(sha256FromFingerprint(QString::fromLatin1(sha256.toHex())).value(), sha256);
    QVERIFY(!sha256FromFingerprint(shown.chopped(3)));
    QVERIFY(!sha256FromFingerprint(QString(64, QLatin1Char('g'))));
}

QTEST_GUILESS_MAIN(TlsTest)
#include "tst_tls.moc"
