// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "desk/guardsetting.h"
#include "gui/alertdetails.h"
#include "gui/fieldmessage.h"
#include "gui/guidesk.h"
#include "gui/guisupport.h"
#include "gui/settingsdialog.h"
#include "intake/intaketoken.h"
#include "intake/severitymap.h"
#include "models/deliverytreemodel.h"
#include "models/watchedfilesmodel.h"
#include "support/fakeclock.h"

#include <QAccessible>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QFileDialog>
#include <QGuiApplication>
#include <QPlainTextEdit>
#include <QPointer>
#include <QSpinBox>
#include <QTabWidget>
#include <QTableWidget>
#include <QTreeView>

using namespace courier;
using namespace courier::test;

namespace {

class Opened
{
public:
    explicit Opened(GuiDesk &desk)
        : dialog(new SettingsDialog(*desk.desk, &window))
    {
        window.resize(960, 600);
        window.show();
        dialog->open();
        dialog->activateWindow();
        QTest::qWait(60);
    }

    template<typename Widget>
    Widget *child(const char *page, const char *name)
    {
        return dialog->findChild<QWidget *>(QString::fromLatin1(page))->findChild<Widget *>(QString::fromLatin1(name));
    }
    QLineEdit *address() { return child<QLineEdit>("intake", "address"); }
    void click(QAbstractButton *button)
    {
        QTest::mouseClick(button, Qt::LeftButton, {}, QPoint(8, button->height() / 2));
    }
    void save() { click(dialog->findChild<QPushButton *>(QStringLiteral("save"))); }
    bool isOpen() const { return !dialog.isNull() && dialog->isVisible(); }

    QWidget window;
    QPointer<SettingsDialog> dialog;
};

std::optional<QString> stored(GuiDesk &desk, const QString &key)
{
    return desk.desk->store().read([key](Queries &queries) { return queries.setting(key); }).result();
}

} // namespace

/// The settings, by real clicks and keys, with a real store behind them.
class TestSettingsDialog : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_look = std::make_unique<Look>(); }

    void storesAnAddress()
    {
        GuiDesk desk;
        Opened opened(desk);
        QCOMPARE(opened.address()->text(), QStringLiteral("127.0.0.1:9797"));
        m_look->shoot(*opened.dialog, QStringLiteral("settings-endpoint"));
        opened.address()->setFocus();
        QTest::keySequence(opened.address(), QKeySequence::SelectAll);
        QTest::keyClicks(opened.address(), QStringLiteral("127.0.0.1:9898"));
        QVERIFY(opened.child<QPlainTextEdit>("intake", "snippet")->toPlainText().contains(QLatin1String(":9898/api")));
        opened.save();
        QTRY_VERIFY(!opened.isOpen());
        QCOMPARE(stored(desk, QStringLiteral("intake.address")), QStringLiteral("127.0.0.1:9898"));
        QVERIFY(!stored(desk, QStringLiteral("intake.open")));
    }

    // The text is there at once, without a key.
    void takesWhatAnAssistiveProgramPutsThere()
    {
        GuiDesk desk;
        Opened opened(desk);
        auto *save = opened.dialog->findChild<QPushButton *>(QStringLiteral("save"));
        QTRY_COMPARE(opened.address()->text(), QStringLiteral("127.0.0.1:9797"));
        QVERIFY(!save->isEnabled());
        QAccessible::queryAccessibleInterface(opened.address())
            ->setText(QAccessible::Value, QStringLiteral("127.0.0.1:9898"));
        QVERIFY(save->isEnabled());
        opened.save();
        QTRY_VERIFY(!opened.isOpen());
        QCOMPARE(stored(desk, QStringLiteral("intake.address")), QStringLiteral("127.0.0.1:9898"));
    }

    void refusesAnAddress_data()
    {
        QTest::addColumn<QString>("address");
        for (const char *address : {"", "nonsense", "127.0.0.1", "127.0.0.1:0", "127.0.0.1:70000", "0.0.0.0:9797"}) {
            QTest::newRow(*address ? address : "empty") << QString::fromLatin1(address);
        }
    }

    void refusesAnAddress()
    {
        QFETCH(const QString, address);
        GuiDesk desk;
        Opened opened(desk);
        opened.address()->setFocus();
        QTest::keySequence(opened.address(), QKeySequence::SelectAll);
        QTest::keyClick(opened.address(), Qt::Key_Delete);
        QTest::keyClicks(opened.address(), address);
        opened.save();
        QTest::qWait(50);
        QVERIFY(opened.isOpen());
        QVERIFY(opened.child<FieldMessage>("intake", "addressMessage")->hasError());
        QVERIFY(!stored(desk, QStringLiteral("intake.address")));
    }

    // Other machines need a token; it is shown once, and only its hash is stored.
    void opensToOthersWithAToken()
    {
        GuiDesk desk;
        Opened opened(desk);
        opened.click(opened.child<QCheckBox>("intake", "open"));
        opened.address()->setFocus();
        QTest::keySequence(opened.address(), QKeySequence::SelectAll);
        QTest::keyClicks(opened.address(), QStringLiteral("0.0.0.0:9797"));
        opened.save();
        QTest::qWait(50);
        QVERIFY(opened.isOpen());
        QVERIFY(opened.child<FieldMessage>("intake", "tokenMessage")->hasError());
        opened.click(opened.child<QPushButton>("intake", "newToken"));
        const QString token = opened.child<QLineEdit>("intake", "token")->text();
        QVERIFY(token.size() >= 40);
        opened.click(opened.child<QPushButton>("intake", "copyToken"));
        QCOMPARE(QGuiApplication::clipboard()->text(), token);
        QVERIFY(opened.child<QPlainTextEdit>("intake", "snippet")->toPlainText().contains(token));
        m_look->shoot(*opened.dialog, QStringLiteral("settings-token"));
        opened.save();
        QTRY_VERIFY(!opened.isOpen());
        QCOMPARE(stored(desk, QStringLiteral("intake.token")), IntakeToken::hash(token));
        QCOMPARE(stored(desk, QStringLiteral("intake.open")), QStringLiteral("1"));

        Opened again(desk);
        QCOMPARE(again.child<QLineEdit>("intake", "token")->text(), QString());
        QVERIFY(again.child<QCheckBox>("intake", "open")->isChecked());
    }

    void changesASeverity()
    {
        GuiDesk desk;
        Opened opened(desk);
        opened.dialog->showPage(SettingsDialog::Page::Severities);
        QTest::qWait(30);
        m_look->shoot(*opened.dialog, QStringLiteral("settings-severities"));
        auto *table = opened.child<QTableWidget>("severities", "table");
        const int before = table->rowCount();
        opened.click(opened.child<QPushButton>("severities", "add"));
        auto *editor = qobject_cast<QLineEdit *>(QApplication::focusWidget());
        QVERIFY(editor);
        QTest::keyClicks(editor, QStringLiteral("sev1"));
        QTest::keyClick(editor, Qt::Key_Return);
        QCOMPARE(table->rowCount(), before + 1);
        auto *combo = qobject_cast<QComboBox *>(table->cellWidget(before, 1));
        combo->setFocus();
        QTest::keyClick(combo, Qt::Key_Home); // Critical
        opened.save();
        QTRY_VERIFY(!opened.isOpen());
        const auto json = stored(desk, QStringLiteral("intake.severities.alertmanager"));
        QVERIFY(json);
        const auto map = SeverityMap::fromJson(json->toUtf8());
        QVERIFY(map);
        QCOMPARE(map->severityOf(u"SEV1"), Severity::Critical);
        QCOMPARE(map->severityOf(u"warning"), Severity::Medium); // the rest stays
    }

    void refusesAWordThatIsNone()
    {
        GuiDesk desk;
        Opened opened(desk);
        opened.dialog->showPage(SettingsDialog::Page::Severities);
        auto *table = opened.child<QTableWidget>("severities", "table");
        opened.click(opened.child<QPushButton>("severities", "add"));
        table->item(table->rowCount() - 1, 0)->setText(QStringLiteral("9-2"));
        opened.save();
        QTest::qWait(50);
        QVERIFY(opened.isOpen());
        QVERIFY(opened.child<FieldMessage>("severities", "message")->hasError());
    }

    // A file is added, followed from its beginning as soon as it is saved, and how it does is shown.
    void watchesAFile()
    {
        GuiDesk desk;
        const QString path = desk.directory.filePath(QStringLiteral("grows.ndjson"));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("{\"id\":\"R.1\",\"severity\":\"HIGH\",\"title\":\"one\"}\nnonsense\n");
        file.close();
        {
            Opened opened(desk);
            opened.dialog->showPage(SettingsDialog::Page::Sources);
            opened.click(opened.child<QPushButton>("sources", "addFile"));
            auto *chooser = opened.dialog->findChild<QFileDialog *>();
            QVERIFY(chooser);
            chooser->selectFile(path);
            chooser->findChild<QLineEdit *>(QStringLiteral("fileNameEdit"))->setFocus();
            QTest::keyClick(chooser->findChild<QLineEdit *>(QStringLiteral("fileNameEdit")), Qt::Key_Return);
            QTRY_COMPARE(opened.child<QLineEdit>("sources", "path")->text(), path);
            opened.click(opened.child<QCheckBox>("sources", "fromStart"));
            opened.save();
            QTRY_VERIFY(!opened.isOpen());
        }
        QTRY_COMPARE(desk.alerts().size(), 1);
        Opened again(desk);
        again.dialog->showPage(SettingsDialog::Page::Sources);
        auto *table = again.child<QTableView>("sources", "table");
        const auto cell = [table](int column) { return table->model()->index(0, column).data().toString(); };
        QTRY_COMPARE(cell(WatchedFilesModel::StateColumn), QStringLiteral("Follows it"));
        QTRY_VERIFY(cell(WatchedFilesModel::TakenColumn).startsWith(QLatin1String("1 (")));
        QTRY_VERIFY2(cell(WatchedFilesModel::BadColumn).contains(QLatin1String("grows.ndjson")),
                     qPrintable(cell(WatchedFilesModel::BadColumn)));
        m_look->shoot(*again.dialog, QStringLiteral("settings-sources"));
        again.click(again.child<QPushButton>("sources", "remove"));
        again.save();
        QTRY_VERIFY(!again.isOpen());
        QCOMPARE(stored(desk, QStringLiteral("sources")), QStringLiteral("[]"));
    }

    void refusesAPathThatIsNone()
    {
        GuiDesk desk;
        Opened opened(desk);
        opened.dialog->showPage(SettingsDialog::Page::Sources);
        opened.click(opened.child<QPushButton>("sources", "addFile"));
        auto *chooser = opened.dialog->findChild<QFileDialog *>();
        chooser->selectFile(desk.directory.filePath(QStringLiteral("courier.db")));
        QTest::keyClick(chooser->findChild<QLineEdit *>(QStringLiteral("fileNameEdit")), Qt::Key_Return);
        QTRY_VERIFY(!opened.child<QLineEdit>("sources", "path")->text().isEmpty());
        typeInto(*opened.child<QWidget>("sources", "editor"), "path", QStringLiteral("not/absolute"));
        opened.save();
        QTest::qWait(50);
        QVERIFY(opened.isOpen());
        QVERIFY(opened.child<FieldMessage>("sources", "pathMessage")->hasError());
    }

    // What is kept: less of it after Save, and the page says so before.
    void keepsLess()
    {
        GuiDesk desk;
        for (int i = 0; i < 3; ++i) {
            desk.accept(QStringLiteral("a"));
        }
        Opened opened(desk);
        opened.dialog->showPage(SettingsDialog::Page::Storage);
        QTRY_VERIFY(says(*opened.dialog, QStringLiteral("The store takes ")));
        QVERIFY(says(*opened.dialog, QStringLiteral("The oldest: ")));
        auto *days = opened.child<QSpinBox>("storage", "days");
        auto *gigabytes = opened.child<QDoubleSpinBox>("storage", "gigabytes");
        auto *bodyDays = opened.child<QSpinBox>("storage", "bodyDays");
        QTRY_COMPARE(days->value(), 90);
        QCOMPARE(gigabytes->value(), 5.0);
        QVERIFY(!bodyDays->isEnabled());
        m_look->shoot(*opened.dialog, QStringLiteral("settings-storage"));
        days->setFocus();
        QTest::keyClick(days, Qt::Key_Down);
        opened.click(opened.child<QCheckBox>("storage", "bySize"));
        QVERIFY(!gigabytes->isEnabled());
        opened.click(opened.child<QCheckBox>("storage", "byBody"));
        QVERIFY(bodyDays->isEnabled());
        bodyDays->setFocus();
        QTest::keySequence(bodyDays, QKeySequence::SelectAll);
        QTest::keyClicks(bodyDays, QStringLiteral("7"));
        opened.save();
        QTRY_VERIFY(!opened.isOpen());
        QCOMPARE(stored(desk, QStringLiteral("retention.days")), QStringLiteral("89"));
        QCOMPARE(stored(desk, QStringLiteral("retention.gigabytes")), QStringLiteral("0"));
        QCOMPARE(stored(desk, QStringLiteral("retention.bodyDays")), QStringLiteral("7"));

        Opened again(desk);
        again.dialog->showPage(SettingsDialog::Page::Storage);
        QTRY_COMPARE(again.child<QSpinBox>("storage", "days")->value(), 89);
        QVERIFY(!again.child<QCheckBox>("storage", "bySize")->isChecked());
        QCOMPARE(again.child<QSpinBox>("storage", "bodyDays")->value(), 7);
        QVERIFY(!again.dialog->findChild<QPushButton *>(QStringLiteral("save"))->isEnabled());
    }

    // What is refused from Save on, says why where the delivery's status is looked up.
    void refusesPrivateAddresses()
    {
        GuiDesk desk;
        const ScriptedReceiver receiver(Answer::ok());
        const Destination stored = desk.add(QStringLiteral("Ops bridge"), receiver.url());
        desk.accept(QStringLiteral("before"));
        QTRY_COMPARE(receiver.requestCount(), 1);
        Opened opened(desk);
        opened.dialog->showPage(SettingsDialog::Page::Delivery);
        QTest::qWait(30);
        m_look->shoot(*opened.dialog, QStringLiteral("settings-delivery"));
        auto *guard = opened.child<QCheckBox>("delivery", "guard");
        QVERIFY(!guard->isChecked());
        opened.click(guard);
        opened.save();
        QTRY_VERIFY(!opened.isOpen());
        QCOMPARE(::stored(desk, QStringLiteral("delivery.guard")), QStringLiteral("1"));
        QTRY_VERIFY(desk.desk->guard().isOn());

        const AlertId id = desk.accept(QStringLiteral("after"));
        GuiDesk::settle([&] { return desk.states(stored.id).value(DeliveryState::Failed) == 1; });
        QCOMPARE(receiver.requestCount(), 1);
        AlertDetails details(*desk.desk);
        details.resize(1200, 500);
        details.show();
        details.setAlert(id);
        const auto *tree = details.findChild<QTreeView *>(QStringLiteral("tree"));
        QTRY_COMPARE(tree->model()->rowCount(), 1);
        QTRY_COMPARE(tree->model()->rowCount(tree->model()->index(0, 0)), 1);
        const QModelIndex attempt =
            tree->model()->index(0, DeliveryTreeModel::ResultColumn, tree->model()->index(0, 0));
        QCOMPARE(attempt.data().toString(),
                 QStringLiteral("Refused: 127.0.0.1 is an address of this computer, where this installation "
                                "sends nothing."));

        Opened again(desk);
        again.dialog->showPage(SettingsDialog::Page::Delivery);
        QVERIFY(again.child<QCheckBox>("delivery", "guard")->isChecked());
        again.click(again.child<QCheckBox>("delivery", "guard"));
        again.save();
        QTRY_VERIFY(!again.isOpen());
        QTRY_VERIFY(!desk.desk->guard().isOn());
        desk.accept(QStringLiteral("again"));
        QTRY_COMPARE(receiver.requestCount(), 2);
    }

    // Fewer days than before: how many alerts that concerns is said at once.
    void saysWhatWillGo()
    {
        GuiDesk desk;
        const FakeClock longAgo;
        const auto before = Store::open(desk.directory.path(), longAgo);
        QVERIFY(before.has_value());
        QVERIFY((*before)->accept({Alert()}).result().has_value());
        desk.accept(QStringLiteral("new"));
        Opened opened(desk);
        opened.dialog->showPage(SettingsDialog::Page::Storage);
        auto *days = opened.child<QSpinBox>("storage", "days");
        QTRY_COMPARE(days->value(), 90);
        days->setFocus();
        QTest::keySequence(days, QKeySequence::SelectAll);
        QTest::keyClicks(days, QStringLiteral("30"));
        QTRY_VERIFY(says(*opened.dialog, QStringLiteral("One alert is older than that.")));
        m_look->shoot(*opened.dialog, QStringLiteral("settings-storage-fewer"));
        opened.save();
        QTRY_VERIFY(!opened.isOpen());
        QTRY_COMPARE(desk.alerts().size(), 1);
    }

    void isNamedForScreenReaders()
    {
        GuiDesk desk;
        Opened opened(desk);
        for (const char *name : {"Address", "Token", "Example"}) {
            QVERIFY2(reads(*opened.dialog, QAccessible::EditableText, name), name);
        }
        QVERIFY(reads(*opened.dialog, QAccessible::CheckBox, "Take alerts in over HTTP"));
        QVERIFY(reads(*opened.dialog, QAccessible::CheckBox, "Other machines may send"));
        QVERIFY(reads(*opened.dialog, QAccessible::Button, "New Token"));
        opened.dialog->showPage(SettingsDialog::Page::Severities);
        QVERIFY(reads(*opened.dialog, QAccessible::Table, "Severity words"));
        opened.dialog->showPage(SettingsDialog::Page::Sources);
        QVERIFY(reads(*opened.dialog, QAccessible::Table, "Watched files"));
        opened.dialog->showPage(SettingsDialog::Page::Delivery);
        QVERIFY(reads(*opened.dialog, QAccessible::CheckBox, "Refuse private, link-local and metadata addresses"));
        opened.dialog->showPage(SettingsDialog::Page::Storage);
        for (const char *name :
             {"Days that alerts are kept", "Gigabytes that the store may take", "Days that response bodies are kept"}) {
            QVERIFY2(reads(*opened.dialog, QAccessible::SpinBox, name), name);
        }
        QVERIFY(reads(*opened.dialog, QAccessible::CheckBox, "Remove alerts older than"));
    }

    void cutsNothingOffInALongerLanguage()
    {
        LongLanguage language;
        GuiDesk desk;
        Opened opened(desk);
        opened.dialog->resize(900, 560);
        for (int page = 0; page < 5; ++page) {
            opened.dialog->showPage(static_cast<SettingsDialog::Page>(page));
            QTest::qWait(50);
            m_look->shoot(*opened.dialog, QStringLiteral("settings-long-%1").arg(page));
            QCOMPARE(cutOff(*opened.dialog).join(QLatin1Char('|')), QString());
        }
        QVERIFY2(opened.dialog->width() <= 900, qPrintable(QString::number(opened.dialog->width())));
        QVERIFY2(opened.dialog->height() <= 560, qPrintable(QString::number(opened.dialog->height())));
    }

private:
    std::unique_ptr<Look> m_look;
};

QTEST_MAIN(TestSettingsDialog)
#include "tst_settingsdialog.moc"
