// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "delivery/namedconnections.h"
#include "support/scriptedreceiver.h"

#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QTcpServer>
#include <QtTest>

// clazy:excludeall=old-style-connect (that is what is tested)

using namespace courier;

/// Connections by name between Qt Network's objects are made from memory, and are those that Qt's own would make.
/// Should a later Qt connect its objects in another way, this notices.
class NamedConnectionsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { namedconnections::provide(); }
    void madeFromMemoryForRequests();
    void connectsAndDisconnects();
    void followsTypes();
    void leavesOthersAlone();
    void saysWhatIsWrongAsBefore();

public Q_SLOTS:
    void note() { ++m_noted; }

Q_SIGNALS:
    void happened();

private:
    int m_noted = 0;
};

namespace {

QByteArray postTo(QNetworkAccessManager &manager, const QString &url)
{
    QNetworkRequest request{QUrl(url)};
    request.setHeader(QNetworkRequest::ContentTypeHeader, QStringLiteral("application/json"));
    const std::unique_ptr<QNetworkReply> reply(manager.post(request, QByteArrayLiteral("{}")));
    const QSignalSpy progress(reply.get(), &QNetworkReply::downloadProgress);
    return QSignalSpy(reply.get(), &QNetworkReply::finished).wait(20'000) && !progress.isEmpty() ? reply->readAll()
                                                                                                 : QByteArray();
}

} // namespace

void NamedConnectionsTest::madeFromMemoryForRequests()
{
    test::Answer answer;
    answer.body = "taken";
    const test::ScriptedReceiver receiver(answer);
    QNetworkAccessManager manager;
    QCOMPARE(postTo(manager, receiver.url()), QByteArray("taken"));
    for (int i = 0; i < 3; ++i) {
        const qint64 before = namedconnections::remembered();
        QCOMPARE(postTo(manager, receiver.url()), QByteArray("taken"));
        QVERIFY2(namedconnections::remembered() - before >= 15,
                 qPrintable(QString::number(namedconnections::remembered() - before)));
    }
    QCOMPARE(receiver.requests().size(), 4);
}

void NamedConnectionsTest::connectsAndDisconnects()
{
    QTcpServer server;
    for (int i = 0; i < 3; ++i) {
        const qint64 before = namedconnections::remembered();
        auto *const receiver = new QObject(&server);
        const QSignalSpy gone(receiver, &QObject::destroyed);
        const QMetaObject::Connection made =
            QObject::connect(&server, SIGNAL(newConnection()), receiver, SLOT(deleteLater()));
        QVERIFY(made);
        QCOMPARE(namedconnections::remembered() - before, i == 0 ? 0 : 1);
        QVERIFY(QObject::disconnect(&server, SIGNAL(newConnection()), receiver, SLOT(deleteLater())));
        QVERIFY(!made);
        QMetaObject::invokeMethod(&server, "newConnection");
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        QVERIFY(gone.isEmpty());

        QVERIFY(QObject::connect(&server, SIGNAL(newConnection()), receiver, SLOT(deleteLater())));
        QMetaObject::invokeMethod(&server, "newConnection");
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        QCOMPARE(gone.size(), 1);
    }
}

void NamedConnectionsTest::followsTypes()
{
    QTcpServer server;
    QTimer timer;
    for (const Qt::ConnectionType type : {Qt::DirectConnection, Qt::QueuedConnection, Qt::AutoConnection}) {
        const QMetaObject::Connection made =
            QObject::connect(&server, SIGNAL(newConnection()), &timer, SLOT(start()), type);
        QVERIFY(made);
        timer.stop();
        QMetaObject::invokeMethod(&server, "newConnection");
        QCOMPARE(timer.isActive(), type != Qt::QueuedConnection);
        QCoreApplication::sendPostedEvents();
        QVERIFY(timer.isActive());
        QVERIFY(QObject::disconnect(made));
    }
    const auto unique = static_cast<Qt::ConnectionType>(Qt::UniqueConnection);
    QVERIFY(QObject::connect(&server, SIGNAL(newConnection()), &timer, SLOT(start()), unique));
    QVERIFY(!QObject::connect(&server, SIGNAL(newConnection()), &timer, SLOT(start()), unique));
}

void NamedConnectionsTest::leavesOthersAlone()
{
    const qint64 before = namedconnections::remembered();
    for (int i = 1; i <= 3; ++i) {
        QVERIFY(QObject::connect(this, SIGNAL(happened()), this, SLOT(note())));
        m_noted = 0;
        Q_EMIT happened();
        QCOMPARE(m_noted, i);
    }
    QCOMPARE(namedconnections::remembered(), before);
}

void NamedConnectionsTest::saysWhatIsWrongAsBefore()
{
    QTcpServer server;
    for (int i = 0; i < 2; ++i) {
        QTest::ignoreMessage(QtWarningMsg,
                             QRegularExpression(QStringLiteral("No such signal QTcpServer::noSuchThing")));
        QVERIFY(!QObject::connect(&server, SIGNAL(noSuchThing()), &server, SLOT(deleteLater())));
        QTest::ignoreMessage(QtWarningMsg,
                             QRegularExpression(QStringLiteral("Incompatible sender/receiver arguments")));
        QTimer timer;
        QVERIFY(!QObject::connect(&server, SIGNAL(newConnection()), &timer, SLOT(start(int))));
    }
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("Cannot connect QTcpServer::newConnection")));
    QVERIFY(!QObject::connect(&server, SIGNAL(newConnection()), nullptr, SLOT(deleteLater())));
}

QTEST_GUILESS_MAIN(NamedConnectionsTest)
#include "tst_namedconnections.moc"
