// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "gui/importdialog.h"
#include "gui/strip.h"
#include "guidesk.h"

#include <QClipboard>
#include <QFile>
#include <QFileDialog>
#include <QPlainTextEdit>
#include <QPointer>
#include <QProgressBar>

using namespace courier;
using namespace courier::test;

namespace {

QByteArray alertLine(int number)
{
    return "{\"id\":\"R." + QByteArray::number(number) +
           "\",\"severity\":\"LOW\",\"createdAt\":\"2026-11-24T10:00:00Z\",\"type\":\"RULE\",\"title\":\"alert " +
           QByteArray::number(number) + "\"}\n";
}

class Opened
{
public:
    explicit Opened(GuiDesk &desk)
        : dialog(new ImportDialog(*desk.desk, &window))
        , m_directory(desk.directory.path())
    {
        window.resize(960, 600);
        window.show();
    }
    void import(const QByteArray &contents)
    {
        QFile file(m_directory + QStringLiteral("/alerts.ndjson"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(contents);
        file.close();
        dialog->importFile(file.fileName());
    }
    QString outcome() const
    {
        const auto *strip = dialog->findChild<Strip *>(QStringLiteral("outcome"));
        return strip->isVisible() ? strip->title() : QString();
    }
    QString refused() const
    {
        const auto *list = dialog->findChild<QPlainTextEdit *>(QStringLiteral("bad"));
        return list->isVisible() ? list->toPlainText() : QString();
    }

    QWidget window;
    QPointer<ImportDialog> dialog;

private:
    QString m_directory;
};

} // namespace

class TestImportDialog : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_look = std::make_unique<Look>(); }
    void cleanupTestCase() { m_look.reset(); }

    void takesAFile()
    {
        GuiDesk desk;
        Opened opened(desk);
        opened.import(alertLine(1) + alertLine(2) + alertLine(3));
        QTRY_COMPARE(opened.outcome(), QStringLiteral("3 alerts taken."));
        QCOMPARE(opened.refused(), QString());
        QCOMPARE(desk.alerts().size(), 3);
        QVERIFY(!opened.dialog->isModal()); // the window stays of use
        m_look->shoot(*opened.dialog, QStringLiteral("import-good"));
        QTRY_COMPARE(QApplication::focusWidget(), button(*opened.dialog, QStringLiteral("Close")));
        QVERIFY(press(*opened.dialog, "Close"));
        QTRY_VERIFY(opened.dialog.isNull());
    }

    void listsWhatItRefuses()
    {
        GuiDesk desk;
        Opened opened(desk);
        opened.import(alertLine(1) + "{\"severity\":\"LOW\"}\n" + "{\"id\":\"R.2\",\"severity\":\"URGENT\"}\n" +
                      alertLine(3));
        QTRY_COMPARE(opened.outcome(), QStringLiteral("2 alerts taken, 2 were refused."));
        const QStringList lines = opened.refused().split(u'\n');
        QCOMPARE(lines.size(), 2);
        QVERIFY2(lines.at(0).startsWith(QStringLiteral("alerts.ndjson:2:")), qPrintable(lines.at(0)));
        QVERIFY2(lines.at(1).startsWith(QStringLiteral("alerts.ndjson:3:")), qPrintable(lines.at(1)));
        QVERIFY(lines.at(1).contains(QStringLiteral("severity")));
        m_look->shoot(*opened.dialog, QStringLiteral("import-refused"));
        QVERIFY(press(*opened.dialog, "Copy List"));
        QCOMPARE(QApplication::clipboard()->text(), lines.join(u'\n') + u'\n');
    }

    void listsAtMostAThousand()
    {
        GuiDesk desk;
        Opened opened(desk);
        QByteArray lines;
        for (int i = 0; i < 1200; ++i) {
            lines += "{}\n";
        }
        opened.import(lines);
        QTRY_COMPARE(opened.outcome(),
                     QStringLiteral("0 alerts taken, 1,200 were refused. The first 1,000 of the refused are listed."));
        QCOMPARE(opened.refused().count(u'\n') + 1, 1000);
    }

    void saysWhatWasThereAlready()
    {
        GuiDesk desk;
        Opened opened(desk);
        const QByteArray known = "{\"id\":\"R.1\",\"alertId\":\"a-1\",\"severity\":\"LOW\",\"type\":\"RULE\","
                                 "\"createdAt\":\"2026-11-24T10:00:00Z\",\"title\":\"one\"}\n";
        opened.import(known);
        QTRY_COMPARE(opened.outcome(), QStringLiteral("1 alert taken."));
        opened.import(known + alertLine(2));
        QTRY_COMPARE(opened.outcome(), QStringLiteral("1 alert taken, 1 was there already."));
    }

    void saysWhichFormatItFound()
    {
        GuiDesk desk;
        Opened opened(desk);
        const QByteArray alert =
            R"({"event_type":"alert","timestamp":"2026-11-24T10:00:00Z","alert":{"signature_id":1}})"
            "\n";
        opened.import(R"({"event_type":"stats","timestamp":"2026-11-24T10:00:00Z"})"
                      "\n" +
                      alert + alert + "{\"event_type\":\"alert\"}\n");
        QTRY_COMPARE(opened.outcome(),
                     QStringLiteral("Suricata EVE, 2 alerts taken, 1 event is no alert, 1 was refused."));
        QCOMPARE(opened.refused(), QStringLiteral("alerts.ndjson:4:1: alert.signature_id: is missing."));
    }

    void countsRepeatsAndEnds()
    {
        GuiDesk desk;
        Opened opened(desk);
        const QByteArray one = R"({"labels":{"alertname":"a"},"startsAt":"2020-01-01T00:00:00Z"%1})"
                               "\n";
        opened.import(QByteArray(one).replace("%1", "") + QByteArray(one).replace("%1", "") +
                      QByteArray(one).replace("%1", R"(,"status":"resolved")"));
        QTRY_COMPARE(opened.outcome(), QStringLiteral("Prometheus Alertmanager or Grafana, 1 alert taken, 1 was there "
                                                      "already, 1 is over."));
    }

    void escapeCancelsFirstAndClosesThen()
    {
        GuiDesk desk;
        Opened opened(desk);
        QByteArray lines;
        for (int i = 0; i < 200'000; ++i) {
            lines += alertLine(i);
        }
        opened.import(lines);
        QVERIFY(opened.dialog->isRunning());
        QVERIFY(opened.dialog->findChild<QProgressBar *>(QStringLiteral("progress"))->isVisible());
        QTRY_VERIFY(says(*opened.dialog, QStringLiteral("1,0")) || !desk.alerts().isEmpty());
        m_look->shoot(*opened.dialog, QStringLiteral("import-progress"));
        QTest::keyClick(opened.dialog, Qt::Key_Escape);
        QTRY_COMPARE(opened.outcome(), QStringLiteral("Cancelled. What was taken stays."));
        QVERIFY(!opened.dialog.isNull());
        QTest::keyClick(opened.dialog, Qt::Key_Escape);
        QTRY_VERIFY(opened.dialog.isNull());
    }

    void saysWhyAFileCantBeRead()
    {
        GuiDesk desk;
        Opened opened(desk);
        opened.dialog->importFile(desk.directory.filePath(QStringLiteral("nowhere.json")));
        QTRY_VERIFY(!opened.outcome().isEmpty());
        QVERIFY2(opened.outcome().contains(QStringLiteral("nowhere.json")), qPrintable(opened.outcome()));
    }

    void asksForAFileWithoutBlocking()
    {
        GuiDesk desk;
        Opened opened(desk);
        opened.dialog->chooseFile();
        QTRY_VERIFY(opened.window.findChild<QFileDialog *>() != nullptr);
        auto *files = opened.window.findChild<QFileDialog *>();
        QVERIFY(files->isVisible());
        files->reject();
        QTRY_VERIFY(opened.dialog.isNull()); // no file, no dialog
    }

    void isNamedForScreenReaders()
    {
        GuiDesk desk;
        Opened opened(desk);
        opened.import("{}\n");
        QTRY_VERIFY(!opened.outcome().isEmpty());
        QVERIFY(reads(*opened.dialog, QAccessible::EditableText, "Refused entries"));
        QVERIFY(reads(*opened.dialog, QAccessible::Button, "Import Another File"));
        QVERIFY(reads(*opened.dialog, QAccessible::Button, "Close"));
        QVERIFY(reads(*opened.dialog, QAccessible::StaticText, "0 alerts taken, 1 was refused."));
    }

    void cutsNothingOffInALongerLanguage()
    {
        LongLanguage language;
        GuiDesk desk;
        Opened opened(desk);
        opened.import("{}\n" + alertLine(1));
        QTRY_VERIFY(!opened.outcome().isEmpty());
        QTest::qWait(60);
        m_look->shoot(*opened.dialog, QStringLiteral("import-long"));
        QCOMPARE(cutOff(*opened.dialog), QStringList());
        QVERIFY(opened.dialog->width() <= 960);
        QVERIFY(opened.dialog->height() <= 600);
    }

private:
    std::unique_ptr<Look> m_look;
};

QTEST_MAIN(TestImportDialog)
#include "tst_importdialog.moc"
