// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "gui/curl.h"
#include "gui/destinationpage.h"
#include "gui/headerstable.h"
#include "gui/privatefilequestion.h"
#include "gui/questiondialog.h"
#include "guidesk.h"
#include "support/answer.h"
#include "support/nokeyring.h"

#include <QFile>

using namespace courier;
using namespace courier::test;

namespace {

Destination secretDestination()
{
    Destination destination;
    destination.name = QStringLiteral("Secret");
    destination.url = QStringLiteral("https://example.test/hook");
    destination.security.authentication.scheme = AuthScheme::Bearer;
    return destination;
}

const SecretChanges token{{{SecretKind::Token, "t0ken"}}, {}};

} // namespace

/// What the window does where there is no key ring, and what it shows in the place of secrets.
class TestKeepSecrets : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_look = std::make_unique<Look>(); }
    void cleanupTestCase() { m_look.reset(); }

    void asksBeforeAnythingIsKeptInAFile()
    {
        GuiDesk desk;
        QWidget window;
        window.show();
        const auto refused = answer(desk.desk->addDestination(secretDestination(), token));
        QVERIFY(!refused);
        QVERIFY(wantsPrivateFile(*desk.desk, refused.error()));
        int agreed = 0;
        int declined = 0;
        const auto ask = [&] {
            askForPrivateFile(
                &window, *desk.desk, [&] { ++agreed; }, [&](const std::optional<Error> &) { ++declined; });
            auto *question = window.findChild<QuestionDialog *>();
            question->setAttribute(Qt::WA_DeleteOnClose);
            return question;
        };
        QuestionDialog *question = ask();
        QVERIFY(says(*question, QStringLiteral("The desktop has no secret service. Keep secrets in a private file that "
                                               "only you can read?")));
        question->cancelButton()->click();
        QTRY_COMPARE(declined, 1);
        QTRY_VERIFY(!window.findChild<QuestionDialog *>());
        QVERIFY(!QFile::exists(desk.desk->secrets().privateFilePath()));
        ask()->confirmButton()->click();
        QTRY_COMPARE(agreed, 1);
        QCOMPARE(declined, 1);
        QVERIFY(answer(desk.desk->addDestination(secretDestination(), token)));
    }

    void thePageSaysWhyADestinationWaits()
    {
        GuiDesk desk;
        QVERIFY(answer(desk.desk->secrets().allowPrivateFile()));
        const auto stored = answer(desk.desk->addDestination(secretDestination(), token));
        QVERIFY(stored);
        QTRY_VERIFY(desk.desk->destination(stored->id).has_value());
        DestinationPage page(*desk.desk);
        page.setDestination(stored->id);
        page.show();
        QVERIFY(!says(page, QStringLiteral("Waiting for the key ring that holds its secrets: there is none here.")));
        QVERIFY(QFile::remove(desk.desk->secrets().privateFilePath()));
        Destination other = *stored; // names secrets that nobody holds
        other.secrets.id = SecretsId{77};
        QVERIFY(desk.desk->store().updateDestination(other).result());
        QTRY_VERIFY(says(page, QStringLiteral("Waiting for the key ring that holds its secrets: there is none here.")));
    }

    void aSecretHeaderIsDots()
    {
        HeadersTable table;
        const QList<Header> headers{{"X-Team", "ops"}, {"X-Api-Key", {}, true}};
        table.setHeaders(headers);
        QVERIFY(!table.item(1, 1)->text().isEmpty());
        QCOMPARE(table.headers(), headers);
        table.item(1, 1)->setText(QStringLiteral("typed"));
        QVERIFY(!table.item(1, 1)->text().contains(QStringLiteral("typed")));
        QCOMPARE(table.headers(), headers);
        QCOMPARE(table.secrets().value("x-api-key"), QByteArray("typed"));
    }

    void curlHasAVariableInTheirPlace()
    {
        const QString command =
            curlCommand(QStringLiteral("https://example.test/"),
                        "Host: example.test\r\nX-Team: it's\r\nAuthorization: Bearer (secret)\r\n", "{}");
        QVERIFY2(command.contains(QStringLiteral("-H \"Authorization: Bearer $ALERT_COURIER_SECRET\"")),
                 qPrintable(command));
        QVERIFY(command.contains(QStringLiteral("-H 'X-Team: it'\\''s'")));
        QVERIFY(!command.contains(QStringLiteral("(secret)")));
    }

private:
    std::unique_ptr<Look> m_look;
};

int main(int argc, char **argv)
{
    haveNoKeyRing();
    const QApplication application(argc, argv);
    TestKeepSecrets test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_keepsecrets.moc"
