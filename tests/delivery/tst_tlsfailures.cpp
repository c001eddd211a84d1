// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "delivery/queuesource.h"

#include <QFile>
#include <QProcess>
#include <QSslCertificate>
#include <QSslKey>
#include <QSslServer>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QtTest>

using namespace courier;

/// A receiver whose TLS isn't in order gets nothing, and the operator reads why.
class TlsFailuresTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void selfSigned();
    void plainHttpOnAnHttpsPort_data();
    void plainHttpOnAnHttpsPort();

private:
    Attempt attemptAt(quint16 port);
    QByteArray read(const QString &name) const;

    QTemporaryDir m_directory;
    test::OneSender m_sender;
};

void TlsFailuresTest::initTestCase()
{
    const QStringList arguments{QStringLiteral("req"),         QStringLiteral("-x509"),   QStringLiteral("-newkey"),
                                QStringLiteral("rsa:2048"),    QStringLiteral("-nodes"),  QStringLiteral("-subj"),
                                QStringLiteral("/CN=example"), QStringLiteral("-keyout"), QStringLiteral("key.pem"),
                                QStringLiteral("-out"),        QStringLiteral("cert.pem")};
    QProcess openssl;
    openssl.setWorkingDirectory(m_directory.path());
    openssl.start(QStringLiteral("openssl"), arguments);
    QVERIFY2(openssl.waitForFinished(), "The openssl command line tool is needed");
    QCOMPARE(openssl.exitCode(), 0);
}

QByteArray TlsFailuresTest::read(const QString &name) const
{
    QFile file(m_directory.filePath(name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

// The servers of these tests live on this thread, so it mustn't block.
Attempt TlsFailuresTest::attemptAt(quint16 port)
{
    const std::size_t before = m_sender.source().results().size();
    m_sender.source().add(test::jobFor(test::destinationAt(QStringLiteral("https://127.0.0.1:%1/hook").arg(port))));
    m_sender.pool().wake();
    const bool came = QTest::qWaitFor([&] { return m_sender.source().results().size() > before; }, 20'000);
    return came ? m_sender.source().results().back().attempt : Attempt();
}

void TlsFailuresTest::selfSigned()
{
    const QSslCertificate certificate(read(QStringLiteral("cert.pem")));
    QVERIFY(!certificate.isNull());
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.setLocalCertificate(certificate);
    configuration.setPrivateKey(QSslKey(read(QStringLiteral("key.pem")), QSsl::Rsa));
    QSslServer server;
    server.setSslConfiguration(configuration);
    QTcpSocket *socket = nullptr; // the server's child
    connect(&server, &QTcpServer::pendingConnectionAvailable, this, [&] { socket = server.nextPendingConnection(); });
    QVERIFY(server.listen(QHostAddress::LocalHost));
    const Attempt attempt = attemptAt(server.serverPort());
    QCOMPARE(attempt.outcome, Outcome::TlsFailed);
    const QString fingerprint =
        QString::fromLatin1(certificate.digest(QCryptographicHash::Sha256).toHex(':').toUpper());
    QVERIFY2(attempt.reason.startsWith(QStringLiteral("The receiver's certificate was refused: ")),
             qPrintable(attempt.reason));
    QVERIFY2(attempt.reason.contains(QStringLiteral("self-signed")), qPrintable(attempt.reason));
    QVERIFY2(attempt.reason.contains(QStringLiteral("it is for example, not for 127.0.0.1")),
             qPrintable(attempt.reason));
    QVERIFY2(attempt.reason.endsWith(QStringLiteral(". Its SHA-256 is %1.").arg(fingerprint)),
             qPrintable(attempt.reason));
    QCOMPARE(attempt.status, 0);
    QCOMPARE(attempt.timing.requestSent, qint64(-1));
    QTest::qWait(20);
    QVERIFY(!socket || socket->bytesAvailable() == 0);
}

void TlsFailuresTest::plainHttpOnAnHttpsPort_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<QString>("reason");
    QTest::newRow("answers without TLS") << QByteArray("HTTP/1.1 400 Bad Request\r\n\r\n")
                                         << QStringLiteral("The TLS handshake failed: ");
    QTest::newRow("closes") << QByteArray()
                            << QStringLiteral("The TLS handshake failed: the receiver ended the connection.");
}

void TlsFailuresTest::plainHttpOnAnHttpsPort()
{
    QFETCH(QByteArray, answer);
    QFETCH(QString, reason);
    QTcpServer server;
    connect(&server, &QTcpServer::newConnection, this, [&] {
        QTcpSocket *socket = server.nextPendingConnection();
        connect(socket, &QTcpSocket::readyRead, socket, [socket, answer] {
            socket->readAll();
            socket->write(answer);
            socket->disconnectFromHost();
        });
    });
    QVERIFY(server.listen(QHostAddress::LocalHost));
    const Attempt attempt = attemptAt(server.serverPort());
    QCOMPARE(attempt.outcome, Outcome::TlsFailed);
    QVERIFY2(attempt.reason.startsWith(reason), qPrintable(attempt.reason));
    QVERIFY(!attempt.reason.contains(QStringLiteral("hook")));
}

QTEST_GUILESS_MAIN(TlsFailuresTest)
#include "tst_tlsfailures.moc"
