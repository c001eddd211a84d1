// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "models/destinationdeliveriesmodel.h"
#include "models/modelsupport.h"
#include "models/receivedmodel.h"
#include "models/roles.h"
#include "models/testattemptsmodel.h"

#include <QAbstractItemModelTester>
#include <QItemSelectionModel>
#include <QSignalSpy>
#include <QTcpSocket>
#include <QTest>

using namespace courier;
using namespace courier::test;

namespace {

constexpr auto failOnFault = QAbstractItemModelTester::FailureReportingMode::QtTest;

QString text(const QAbstractItemModel &model, int row, int column)
{
    return model.index(row, column).data().toString();
}

} // namespace

/// The tables of a destination's page, over a real store and the real receiver.
class DestinationModelsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void latestDeliveries();
    void testAttempts();
    void received();
};

void DestinationModelsTest::latestDeliveries()
{
    using Model = DestinationDeliveriesModel;
    StorePlace place;
    const Destination destination = place.addDestination(QStringLiteral("Ops bridge"));
    const AlertId first = place.accept(StorePlace::alert(QStringLiteral("Root login"), Severity::Critical));
    place.record(place.deliveries(first).first(), Outcome::Rejected, DeliveryState::Failed,
                 QStringLiteral("401 Unauthorized"));
    Model model(place.store(), place.clock);
    QAbstractItemModelTester tester(&model, failOnFault);
    QSignalSpy loaded(&model, &Model::loaded);
    model.setDestination(destination.id);
    QVERIFY(loaded.wait());
    QCOMPARE(model.rowCount(), 1);
    QCOMPARE(text(model, 0, Model::DeliveryColumn), QStringLiteral("Failed"));
    QCOMPARE(text(model, 0, Model::TimeColumn), QStringLiteral("Just now"));
    QCOMPARE(text(model, 0, Model::AlertColumn), QStringLiteral("Root login"));
    QCOMPARE(text(model, 0, Model::ResultColumn), QStringLiteral("401 Unauthorized"));
    QCOMPARE(text(model, 0, Model::AttemptsColumn), QStringLiteral("1"));
    QCOMPARE(text(model, 0, Model::TookColumn), QStringLiteral("84 ms"));
    QCOMPARE(model.index(0, Model::DeliveryColumn).data(GlyphRole).toString(), QStringLiteral("st-failed"));
    QCOMPARE(model.index(0, Model::AlertColumn).data(GlyphRole).toString(), QStringLiteral("sev-critical"));
    QCOMPARE(number(model.deliveryRow(0)->delivery.alertId), number(first));
    QVERIFY(!model.deliveryRow(1));

    QItemSelectionModel selection(&model);
    selection.setCurrentIndex(model.index(0, 0), QItemSelectionModel::SelectCurrent | QItemSelectionModel::Rows);
    const AlertId second = place.accept(StorePlace::alert(QStringLiteral("Disk full")));
    QTRY_COMPARE(model.rowCount(), 2);
    QCOMPARE(text(model, 0, Model::AlertColumn), QStringLiteral("Disk full")); // newest first
    QCOMPARE(text(model, 0, Model::ResultColumn), QString());                  // no attempt yet
    QCOMPARE(selection.currentIndex().row(), 1);
    place.record(place.deliveries(second).first(), Outcome::TimedOut, DeliveryState::Retrying,
                 QStringLiteral("Timed out after 10 s"), place.clock.nowUtc() + 9000);
    QTRY_COMPARE(text(model, 0, Model::DeliveryColumn), QStringLiteral("Retrying in 0:09"));
    model.setDestination(DestinationId{});
    QCOMPARE(model.rowCount(), 0);
}

void DestinationModelsTest::testAttempts()
{
    using Model = TestAttemptsModel;
    StorePlace place;
    const Destination destination = place.addDestination(QStringLiteral("Ops bridge"));
    Model model(place.store(), place.clock);
    QAbstractItemModelTester tester(&model, failOnFault);
    QSignalSpy loaded(&model, &Model::loaded);
    model.setDestination(destination.id);
    QVERIFY(loaded.wait());
    QCOMPARE(model.rowCount(), 0);
    Attempt attempt;
    attempt.destinationId = destination.id;
    attempt.trigger = Trigger::Test;
    attempt.startedAt = place.clock.nowUtc();
    attempt.durationUs = 84'000;
    attempt.outcome = Outcome::Acknowledged;
    attempt.status = 200;
    attempt.reason = QStringLiteral("200 OK");
    attempt.responseBody = QByteArrayLiteral("success");
    StorePlace::result(place.store().recordTest(attempt));
    QTRY_COMPARE(model.rowCount(), 1);
    attempt.outcome = Outcome::Rejected;
    attempt.reason = QStringLiteral("401 Unauthorized");
    attempt.startedAt += 1000;
    StorePlace::result(place.store().recordTest(attempt));
    QTRY_COMPARE(model.rowCount(), 2);
    QCOMPARE(text(model, 0, Model::ResultColumn), QStringLiteral("401 Unauthorized")); // newest first
    QCOMPARE(model.index(0, Model::ResultColumn).data(GlyphRole).toString(), QStringLiteral("st-failed"));
    QCOMPARE(text(model, 1, Model::ResultColumn), QStringLiteral("200 OK"));
    QCOMPARE(text(model, 1, Model::WhenColumn), QStringLiteral("12:00:00"));
    QCOMPARE(text(model, 1, Model::TookColumn), QStringLiteral("84 ms"));
    QCOMPARE(model.attempt(1)->responseBody, QByteArrayLiteral("success"));
}

void DestinationModelsTest::received()
{
    using Model = ReceivedModel;
    EchoReceiver receiver;
    const Result<QUrl> url = receiver.start();
    QVERIFY(url.has_value());
    SystemClock clock;
    Model model(receiver, clock);
    QAbstractItemModelTester tester(&model, failOnFault);
    const auto post = [&url](const QByteArray &body) {
        QTcpSocket socket;
        socket.connectToHost(url->host(), static_cast<quint16>(url->port()));
        QVERIFY(socket.waitForConnected());
        socket.write("POST /hook HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nContent-Length: " +
                     QByteArray::number(body.size()) + "\r\n\r\n" + body);
        QVERIFY(QTest::qWaitFor([&socket] { return socket.state() == QAbstractSocket::UnconnectedState; }));
    };
    post(R"({"title":"New Alert: Root login","severity":"CRITICAL"})");
    QCOMPARE(model.rowCount(), 1);
    QCOMPARE(text(model, 0, Model::AlertColumn), QStringLiteral("New Alert: Root login"));
    QCOMPARE(text(model, 0, Model::AnsweredColumn), QStringLiteral("200 OK"));
    QCOMPARE(model.index(0, Model::AlertColumn).data(GlyphRole).toString(), QStringLiteral("sev-critical"));
    QCOMPARE(model.index(0, Model::AnsweredColumn).data(GlyphRole).toString(), QStringLiteral("st-delivered"));
    QCOMPARE(text(model, 0, Model::ReceivedColumn).size(), 8);
    receiver.setAnswer(EchoReceiver::Answer::Unauthorized401);
    post("no JSON");
    QCOMPARE(model.rowCount(), 2);
    QCOMPARE(text(model, 0, Model::AlertColumn), QStringLiteral("POST /hook"));
    QCOMPARE(text(model, 0, Model::AnsweredColumn), QStringLiteral("401 Unauthorized"));
    QCOMPARE(model.request(0)->body, QByteArrayLiteral("no JSON"));
    QCOMPARE(text(model, 1, Model::AlertColumn), QStringLiteral("New Alert: Root login"));
    Model later(receiver, clock);
    QCOMPARE(later.rowCount(), 2);
    receiver.clear();
    QCOMPARE(model.rowCount(), 0);
}

QTEST_GUILESS_MAIN(DestinationModelsTest)
#include "tst_destinationmodels.moc"
