// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "flow/deskfixture.h"
#include "gui/alertdetails.h"
#include "gui/alertspage.h"
#include "gui/strip.h"
#include "store/databasefile.h"

#include <QAction>
#include <QApplication>
#include <QClipboard>
#include <QHeaderView>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLineEdit>
#include <QMenu>
#include <QMimeData>
#include <QPushButton>
#include <QScreen>
#include <QScrollBar>
#include <QSettings>
#include <QSplitter>
#include <QTableView>
#include <QTreeView>

using namespace courier;
using namespace courier::test;

namespace {

constexpr QSize narrow{960, 600};
constexpr QSize wide{1280, 800};

/// Three alerts that were refused, the newest at the top and chosen, in a window that has the focus.
class Refused
{
public:
    Refused()
        : receiver(Answer::withStatus(401, "Unauthorized", "no"))
    {
        Destination destination;
        destination.name = QStringLiteral("Ops bridge");
        destination.url = receiver.url();
        destination.maxRetries = 0;
        fixture.desk->addDestination(destination).waitForFinished();
        for (const char *title : {"first", "second", "third"}) {
            accept(title);
        }
        const bool isThere =
            QTest::qWaitFor([this] { return table().model()->rowCount() == 3 && receiver.requestCount() == 3; });
        fixture.window->activateWindow();
        if (!isThere || !QTest::qWaitForWindowActive(fixture.window.get())) {
            qFatal("the window doesn't come up");
        }
        table().setFocus();
        table().selectRow(0);
    }

    void accept(const char *title, Severity severity = Severity::High)
    {
        Alert alert;
        alert.ruleId = QStringLiteral("R.1");
        alert.createdAt = QStringLiteral("2024-05-01T12:00:00Z");
        alert.severity = severity;
        alert.title = QString::fromLatin1(title);
        fixture.desk->accept({alert}).waitForFinished();
    }

    QTableView &table() { return fixture.window->alertsPage().table(); }
    AlertDetails &details() { return fixture.window->alertsPage().details(); }
    QTreeView &tree() { return *details().findChild<QTreeView *>(QStringLiteral("tree")); }
    QAction &action(const char *name) { return *fixture.window->findChild<QAction *>(QString::fromLatin1(name)); }
    bool isShown(AlertTableModel::Column column) { return !table().isColumnHidden(column); }
    /// As from View > Columns.
    void toggle(AlertTableModel::Column column)
    {
        auto *menu = fixture.window->findChild<QMenu *>(QStringLiteral("columnsMenu"));
        menu->popup(fixture.window->mapToGlobal(QPoint(40, 40)));
        menu->setActiveAction(menu->actions().at(column));
        QTest::keyClick(menu, Qt::Key_Return);
    }
    /// With the mouse, the right edge of \a column's head by so many pixels.
    void pullEdge(int column, int by)
    {
        QHeaderView *header = table().horizontalHeader();
        QWidget *head = header->viewport();
        const QPoint edge(header->sectionViewportPosition(column) + header->sectionSize(column) - 1,
                          header->height() / 2);
        QTest::mousePress(head, Qt::LeftButton, {}, edge);
        QTest::mouseMove(head, edge + QPoint(by / 2, 0));
        QTest::mouseMove(head, edge + QPoint(by, 0));
        QTest::mouseRelease(head, Qt::LeftButton, {}, edge + QPoint(by, 0));
    }
    void toggleDetailsBeside() { action("detailsBesideAction").trigger(); }
    void resize(const QSize &size)
    {
        fixture.window->resize(size);
        QTRY_COMPARE(table().viewport()->width() < 780, size == narrow); // there Source gives way
    }
    void restart()
    {
        fixture.window->close();
        fixture.close();
        fixture.open();
        QVERIFY(QTest::qWaitForWindowExposed(fixture.window.get()));
    }
    /// Chooses the row of this destination in Delivery Status.
    void look(const QString &destination)
    {
        for (int row = 0; row < tree().model()->rowCount(); ++row) {
            const QModelIndex index = tree().model()->index(row, 0);
            if (index.data().toString() == destination) {
                tree().setCurrentIndex(index);
                return;
            }
        }
        qFatal("no delivery to %s", qPrintable(destination));
    }
    void key(int which, Qt::KeyboardModifiers modifiers = Qt::NoModifier)
    {
        QWidget *focus = QApplication::focusWidget();
        QTest::keyClick(focus ? focus : fixture.window.get(), static_cast<Qt::Key>(which), modifiers);
    }
    QString titleOfLast() const
    {
        const QList<Request> requests = receiver.requests();
        return QJsonDocument::fromJson(requests.constLast().body).object().value(QStringLiteral("title")).toString();
    }
    int needingAttention()
    {
        const auto all = fixture.desk->store().read([](Queries &queries) { return queries.newestSummaries(10); });
        const QList<AlertSummary> summaries = all.result();
        return static_cast<int>(std::count_if(summaries.begin(), summaries.end(),
                                              [](const AlertSummary &one) { return one.needsAttention; }));
    }

    ScriptedReceiver receiver;
    DeskFixture fixture;
};

void closeDialog(const QString &title)
{
    QWidget *dialog = nullptr;
    QTRY_VERIFY2((dialog = hands::window(title)) != nullptr, qPrintable(title));
    QTest::keyClick(dialog, Qt::Key_Escape);
    QTRY_VERIFY(!hands::window(title));
}

} // namespace

/// What the main window's keys do, and what it remembers.
class TestWindow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void isFirstNoLargerThanItsScreen()
    {
        const Refused refused;
        QSettings unset(refused.fixture.directory.filePath(QStringLiteral("unset.ini")), QSettings::IniFormat);
        Theme theme;
        const MainWindow window(*refused.fixture.desk, theme, unset);
        const QSize room = window.screen()->availableSize();
        QVERIFY2(room.height() <= 800 && room.width() < 1280, "the off-screen screen has become larger");
        QVERIFY(window.height() < room.height()); // a title bar is above it
        QCOMPARE(window.width(), std::max(room.width(), window.minimumWidth()));
    }

    void lettersMoveInTheList()
    {
        Refused refused;
        refused.key(Qt::Key_J);
        QCOMPARE(refused.table().currentIndex().row(), 1);
        refused.key(Qt::Key_J);
        refused.key(Qt::Key_J);
        QCOMPARE(refused.table().currentIndex().row(), 2);
        refused.key(Qt::Key_K);
        QCOMPARE(refused.table().currentIndex().row(), 1);
        refused.key(Qt::Key_Return);
        QTRY_VERIFY(qobject_cast<QTreeView *>(QApplication::focusWidget()));
    }

    void lettersAreTypedInTheSearch()
    {
        Refused refused;
        refused.key(Qt::Key_F, Qt::ControlModifier);
        auto *search = qobject_cast<QLineEdit *>(QApplication::focusWidget());
        QVERIFY(search);
        for (const char letter : {'r', 'j', 't', 'c'}) {
            QTest::keyClick(search, letter);
        }
        QCOMPARE(search->text(), QStringLiteral("rjtc"));
        QTest::qWait(100);
        QCOMPARE(refused.receiver.requestCount(), 3);
    }

    void resendsByKey()
    {
        Refused refused;
        QTRY_VERIFY(refused.details().canResend());
        refused.receiver.setAnswer(Answer::ok("ok"));
        refused.key(Qt::Key_R);
        QTRY_COMPARE(refused.receiver.requestCount(), 4);
        QCOMPARE(refused.titleOfLast(), QStringLiteral("[Re-sent]: third"));
        QTRY_VERIFY(refused.action("resendFailedAction").isEnabled());
        refused.key(Qt::Key_R, Qt::ShiftModifier);
        QTRY_VERIFY(hands::window(QStringLiteral("Resend")));
        QTRY_VERIFY(hands::button(hands::window(QStringLiteral("Resend")), QStringLiteral("Resend 2 Deliveries")));
        QTest::keyClick(hands::window(QStringLiteral("Resend")), Qt::Key_Return);
        QTRY_COMPARE(refused.receiver.requestCount(), 6);
        QTRY_COMPARE(refused.needingAttention(), 0);
    }

    // Two quick presses are one more attempt, not two.
    void resendsOnceForTwoPresses()
    {
        Refused refused;
        QTRY_VERIFY(refused.details().canResend());
        refused.receiver.setAnswer(Answer::ok("ok"));
        refused.key(Qt::Key_R);
        refused.key(Qt::Key_R);
        QTRY_COMPARE(refused.receiver.requestCount(), 4);
        QTest::qWait(300);
        QCOMPARE(refused.receiver.requestCount(), 4);
    }

    // Letters that are typed go on into the field, also where the list isn't shown yet: an r there resends nothing.
    void searchesWhileTyping()
    {
        Refused refused;
        refused.fixture.window->showDestination(refused.fixture.desk->destinations().constFirst().id);
        QTRY_VERIFY(!refused.table().isVisible());
        refused.key(Qt::Key_F, Qt::ControlModifier);
        auto *search = qobject_cast<QLineEdit *>(QApplication::focusWidget());
        QVERIFY(search);
        const AlertsPage &page = refused.fixture.window->alertsPage();
        for (const char letter : {'t', 'h', 'i', 'r'}) {
            QTest::keyClick(refused.fixture.window->focusWidget(), letter);
            QCOMPARE(QApplication::focusWidget(), search);
            QCOMPARE(page.search(), letter == 't' ? QString() : search->text()); // one letter may become a word yet
        }
        QCOMPARE(search->text(), QStringLiteral("thir"));
        QTRY_COMPARE(refused.table().model()->rowCount(), 1);
        QVERIFY(refused.table().isVisible());
        QCOMPARE(refused.receiver.requestCount(), 3);

        refused.key(Qt::Key_A, Qt::ControlModifier);
        QTest::keyClick(search, 's');
        QCOMPARE(page.search(), QStringLiteral("thir"));
        QTRY_COMPARE(page.search(), QStringLiteral("s"));
        QTRY_COMPARE(refused.table().model()->rowCount(), 1);
    }

    // Half a word is no fault yet.
    void saysFaultsAfterAPause()
    {
        Refused refused;
        refused.key(Qt::Key_F, Qt::ControlModifier);
        QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("severity:hig"));
        const QWidget *notice = refused.fixture.window->alertsPage().findChild<QWidget *>(QStringLiteral("notice"));
        QVERIFY(notice);
        QVERIFY(!notice->isVisible());
        QTRY_VERIFY(notice->isVisible());
        QTest::keyClick(QApplication::focusWidget(), 'h');
        QVERIFY(!notice->isVisible());
        QCOMPARE(refused.table().model()->rowCount(), 3);
    }

    void jumpsToBothEnds()
    {
        Refused refused;
        refused.key(Qt::Key_End);
        QCOMPARE(refused.table().currentIndex().row(), 2);
        refused.key(Qt::Key_Home);
        QCOMPARE(refused.table().currentIndex().row(), 0);
        QCOMPARE(refused.table().selectionModel()->selectedRows().size(), 1);
    }

    // What is looked at doesn't move while others come in; at the very top the newest are to be seen.
    void staysInItsPlace()
    {
        Refused refused;
        const auto takeIn = [&refused](int count) {
            QList<Alert> alerts;
            for (int i = 0; i < count; ++i) {
                Alert alert;
                alert.ruleId = QStringLiteral("R.2");
                alert.createdAt = QStringLiteral("2024-05-01T12:00:00Z");
                alert.title = QStringLiteral("another %1").arg(i);
                alerts.append(alert);
            }
            const int before = refused.table().model()->rowCount();
            refused.fixture.desk->accept(alerts).waitForFinished();
            QTRY_COMPARE(refused.table().model()->rowCount(), before + count);
        };
        takeIn(80);
        QScrollBar *bar = refused.table().verticalScrollBar();
        QCOMPARE(bar->value(), 0);
        takeIn(20);
        QCOMPARE(bar->value(), 0);
        QCOMPARE(refused.table().rowAt(1), 0);

        bar->setValue(777);
        refused.table().selectRow(30);
        bar->setValue(777);
        const QModelIndex chosen = refused.table().currentIndex();
        const QPersistentModelIndex kept = chosen;
        const int top = refused.table().visualRect(kept).top();
        const auto id = refused.details().alert();
        for (const int count : {1, 7, 50}) {
            const int before = kept.row();
            takeIn(count);
            QCOMPARE(kept.row(), before + count);
            QCOMPARE(refused.table().visualRect(kept).top(), top);
            QCOMPARE(bar->value(), 777 + (kept.row() - 30) * refused.table().rowHeight(0));
        }
        QVERIFY(refused.table().currentIndex() == kept);
        QCOMPARE(refused.details().alert(), id);
    }

    void copies()
    {
        Refused refused;
        QTRY_VERIFY(refused.details().canCopyAsCurl());
        refused.key(Qt::Key_C);
        const QString curl = QGuiApplication::clipboard()->text();
        QVERIFY2(curl.startsWith(QLatin1String("curl ")), qPrintable(curl));
        QVERIFY(curl.contains(refused.receiver.url()));
        refused.key(Qt::Key_C, Qt::ControlModifier);
        QTRY_VERIFY(QGuiApplication::clipboard()->mimeData()->hasFormat(QStringLiteral("application/json")));
        const QByteArray json = QGuiApplication::clipboard()->mimeData()->data(QStringLiteral("application/json"));
        QVERIFY2(!QJsonDocument::fromJson(json).isNull(), json.constData());
        QVERIFY(QGuiApplication::clipboard()->text().contains(QLatin1String("third")));
    }

    void testsByKey()
    {
        Refused refused;
        refused.receiver.setAnswer(Answer::ok("ok"));
        refused.key(Qt::Key_T);
        QWidget *dialog = nullptr;
        QTRY_VERIFY((dialog = QApplication::activeModalWidget()) != nullptr || refused.receiver.requestCount() == 4);
        if (dialog) {
            QTest::keyClick(dialog, Qt::Key_Return);
        }
        QTRY_COMPARE(refused.receiver.requestCount(), 4);
        QCOMPARE(refused.titleOfLast(), QStringLiteral("New Alert: This is a Test Alert"));
    }

    // With more than one destination T tests the one whose delivery is looked at.
    void testsTheDestinationThatIsLookedAt()
    {
        Refused refused;
        const QAction &test = refused.action("testDestinationAction");
        const ScriptedReceiver archive(Answer::ok("ok"));
        Destination destination;
        destination.name = QStringLiteral("Archive");
        destination.url = archive.url();
        destination.maxRetries = 0;
        refused.fixture.desk->addDestination(destination).waitForFinished();
        QTRY_COMPARE(refused.fixture.desk->destinations().size(), 2);
        refused.accept("fourth");
        QTRY_COMPARE(refused.table().model()->rowCount(), 4);
        QTRY_VERIFY(archive.requestCount() == 1 && refused.receiver.requestCount() == 4);
        refused.table().selectRow(0);
        QTRY_COMPARE(refused.tree().model()->rowCount(), 2);

        refused.look(QStringLiteral("Archive"));
        QVERIFY(test.isEnabled());
        QTest::keyClick(&refused.table(), Qt::Key_T);
        QTRY_COMPARE(archive.requestCount(), 2);
        closeDialog(QStringLiteral("Send Test Alert"));
        refused.look(QStringLiteral("Ops bridge"));
        QTest::keyClick(&refused.table(), Qt::Key_T);
        QTRY_COMPARE(refused.receiver.requestCount(), 5);
        closeDialog(QStringLiteral("Send Test Alert"));
        QCOMPARE(archive.requestCount(), 2);
    }

    // It can't be known which is meant where several are there and none has the alert.
    void testsNoneWhereNoneIsLookedAt()
    {
        Refused refused;
        const QAction &test = refused.action("testDestinationAction");
        refused.accept("nowhere", Severity::Info);
        QTRY_COMPARE(refused.table().model()->rowCount(), 4);
        refused.table().selectRow(0);
        QTRY_COMPARE(refused.tree().model()->rowCount(), 0);
        QVERIFY(test.isEnabled()); // there is but one
        Destination destination;
        destination.name = QStringLiteral("Archive");
        destination.url = refused.receiver.url();
        refused.fixture.desk->addDestination(destination).waitForFinished();
        QTRY_COMPARE(refused.fixture.desk->destinations().size(), 2);
        QTRY_VERIFY(!test.isEnabled());
        QTest::keyClick(&refused.table(), Qt::Key_T);
        QTest::qWait(100);
        QVERIFY(!QApplication::activeModalWidget());
        QCOMPARE(refused.receiver.requestCount(), 3);
    }

    void menusShowTheKeys()
    {
        Refused refused;
        const std::pair<const char *, const char *> keys[] = {
            {"resendAction", "R"},          {"resendFailedAction", "Shift+R"}, {"copyAsCurlAction", "C"},
            {"testDestinationAction", "T"}, {"copyRowAction", "Ctrl+C"},       {"detailsBesideAction", "F4"}};
        for (const auto &[name, key] : keys) {
            const QAction &action = refused.action(name);
            const QString shown =
                action.shortcut().isEmpty() ? action.text().section(u'\t', 1) : action.shortcut().toString();
            QCOMPARE(shown, QLatin1String(key));
            QVERIFY2(!action.iconText().contains(u'\t'), name);
            QVERIFY2(!action.toolTip().contains(u'\t'), name);
        }
    }

    // In a menu letters choose from it, in the tree they mean nothing: the list alone takes them.
    void lettersElsewhereResendNothing()
    {
        Refused refused;
        QTRY_VERIFY(refused.details().canResend());
        auto *menu = refused.fixture.window->findChild<QMenu *>(QStringLiteral("viewMenu"));
        menu->popup(refused.fixture.window->mapToGlobal(QPoint(80, 40)));
        QTRY_VERIFY(menu->isVisible());
        QTest::keyClick(menu, Qt::Key_R); // its Refresh
        QTRY_VERIFY(!menu->isVisible());
        refused.key(Qt::Key_Return);
        QTRY_COMPARE(QApplication::focusWidget(), &refused.tree());
        refused.key(Qt::Key_R);
        QTest::qWait(100);
        QCOMPARE(refused.receiver.requestCount(), 3);
    }

    void opensDialogsByKey()
    {
        Refused refused;
        refused.key(Qt::Key_N, Qt::ControlModifier);
        closeDialog(QStringLiteral("Add Destination"));
        refused.key(Qt::Key_N, Qt::ControlModifier | Qt::ShiftModifier);
        closeDialog(QStringLiteral("New Alert"));
        refused.key(Qt::Key_F1);
        closeDialog(QStringLiteral("Keys"));
    }

    void dismisses()
    {
        Refused refused;
        QTRY_COMPARE(refused.needingAttention(), 3);
        QTRY_VERIFY(hands::button(&refused.details(), QStringLiteral("Dismiss")));
        QTest::mouseClick(hands::button(&refused.details(), QStringLiteral("Dismiss")), Qt::LeftButton);
        QTRY_COMPARE(refused.needingAttention(), 2);
        QTRY_VERIFY(!hands::button(&refused.details(), QStringLiteral("Dismiss")));
    }

    void tellsOfTheCopyBeforeAnUpgrade()
    {
        DeskFixture fixture(qUncompress(contentOf(QStringLiteral(STORE_DATA "/version2.db.z"))));
        const auto strip = [&] { return fixture.window->findChild<Strip *>(QStringLiteral("upgraded")); };
        const QStringList copies =
            QDir(fixture.directory.path()).entryList({QStringLiteral("courier.db.version2-*")}, QDir::Files);
        QCOMPARE(copies.size(), 1);
        fixture.close();
        fixture.open(); // it was another process that upgraded it
        QVERIFY(strip()->isVisible());
        QCOMPARE(strip()->text(), QStringLiteral("The store was upgraded. As it was before, it is kept in %1.")
                                      .arg(fixture.directory.filePath(copies.constFirst())));
        QTest::mouseClick(strip()->findChild<QPushButton *>(), Qt::LeftButton);
        QVERIFY(!strip()->isVisible());
        fixture.close();
        fixture.open();
        QVERIFY(!strip()->isVisible());
    }

    void remembersItsLook()
    {
        Refused refused;
        QVERIFY(!refused.fixture.window->alertsPage().areDetailsBeside());
        refused.key(Qt::Key_F4);
        QVERIFY(refused.fixture.window->alertsPage().areDetailsBeside());
        refused.fixture.window->resize(1111, 700);
        refused.table().horizontalHeader()->moveSection(2, 0);
        refused.table().setColumnHidden(3, true);
        QTest::qWait(50);
        refused.fixture.window->close();
        refused.fixture.close();
        refused.fixture.open();
        QCOMPARE(refused.fixture.window->size(), QSize(1111, 700));
        QVERIFY(refused.fixture.window->alertsPage().areDetailsBeside());
        QCOMPARE(refused.table().horizontalHeader()->visualIndex(2), 0);
        QVERIFY(refused.table().isColumnHidden(3));
    }

    void aColumnKeepsTheWidthThatItWasGiven()
    {
        Refused refused;
        const auto width = [&refused](int column) { return refused.table().columnWidth(column); };
        const int given = width(AlertTableModel::SeverityColumn) + 30;
        const int time = width(AlertTableModel::TimeColumn);
        refused.pullEdge(AlertTableModel::SeverityColumn, 30);
        QCOMPARE(width(AlertTableModel::SeverityColumn), given);
        refused.resize(narrow);
        QCOMPARE(width(AlertTableModel::SeverityColumn), given);
        QVERIFY(width(AlertTableModel::TimeColumn) < time);
        refused.resize(wide);
        QCOMPARE(width(AlertTableModel::SeverityColumn), given);
        QCOMPARE(width(AlertTableModel::TimeColumn), time);
        refused.restart();
        QCOMPARE(width(AlertTableModel::SeverityColumn), given);
    }

    void theDetailsKeepTheSizesOfTheirParts()
    {
        Refused refused;
        const auto parts = [&refused] {
            return refused.details().findChild<QSplitter *>(QStringLiteral("parts"))->sizes();
        };
        const QTreeView &tree = refused.tree();
        const QString status = QStringLiteral("503 Service Unavailable");
        QVERIFY(tree.columnWidth(DeliveryTreeModel::ResultColumn) > tree.fontMetrics().horizontalAdvance(status) + 20);
        const QList<int> before = parts();
        QWidget *handle = refused.details().findChild<QSplitter *>(QStringLiteral("parts"))->handle(1);
        QTest::mousePress(handle, Qt::LeftButton);
        QTest::mouseMove(handle, handle->rect().center() + QPoint(-60, 0));
        QTest::mouseRelease(handle, Qt::LeftButton);
        const QList<int> chosen = parts();
        QVERIFY(chosen.first() < before.first() - 50);
        refused.restart();
        QTRY_COMPARE(parts(), chosen); // once the alert is there and the details are laid out
        refused.fixture.window->close();
        refused.fixture.close();
        refused.fixture.open();
        refused.restart(); // before the window that was opened could show anything
        QTRY_COMPARE(parts(), chosen);
    }

    void columnsGiveWayWhereThereIsLittleRoom()
    {
        Refused refused;
        QVERIFY(refused.isShown(AlertTableModel::SourceColumn));
        refused.resize(narrow);
        QVERIFY(!refused.isShown(AlertTableModel::SourceColumn));
        QVERIFY(refused.isShown(AlertTableModel::DestinationsColumn));
        refused.resize(wide);
        QVERIFY(refused.isShown(AlertTableModel::SourceColumn));
        refused.toggleDetailsBeside();
        QVERIFY(!refused.isShown(AlertTableModel::SourceColumn));
        QVERIFY(!refused.isShown(AlertTableModel::DestinationsColumn));
        refused.restart();
        QVERIFY(!refused.isShown(AlertTableModel::SourceColumn));
        refused.toggleDetailsBeside();
        QTRY_VERIFY(refused.isShown(AlertTableModel::SourceColumn));
        QVERIFY(refused.isShown(AlertTableModel::DestinationsColumn));
    }

    void keepsHiddenWhatTheOperatorHid()
    {
        Refused refused;
        for (const auto column : {AlertTableModel::SourceColumn, AlertTableModel::DestinationsColumn}) {
            refused.toggle(column);
            QVERIFY(!refused.isShown(column));
        }
        refused.toggleDetailsBeside();
        refused.toggleDetailsBeside();
        QVERIFY(!refused.isShown(AlertTableModel::SourceColumn));
        QVERIFY(!refused.isShown(AlertTableModel::DestinationsColumn));
        refused.resize(narrow);
        refused.resize(wide);
        QVERIFY(!refused.isShown(AlertTableModel::SourceColumn));
        refused.restart();
        refused.resize(narrow);
        refused.resize(wide);
        refused.toggleDetailsBeside();
        refused.toggleDetailsBeside();
        QVERIFY(!refused.isShown(AlertTableModel::SourceColumn));
        QVERIFY(!refused.isShown(AlertTableModel::DestinationsColumn));
        refused.toggle(AlertTableModel::SourceColumn);
        QVERIFY(refused.isShown(AlertTableModel::SourceColumn));
    }

    void keepsShownWhatTheOperatorShowed()
    {
        Refused refused;
        refused.toggleDetailsBeside();
        refused.toggle(AlertTableModel::SourceColumn);
        QVERIFY(refused.isShown(AlertTableModel::SourceColumn));
        refused.resize(narrow);
        QVERIFY(refused.isShown(AlertTableModel::SourceColumn));
        refused.restart();
        QVERIFY(refused.fixture.window->alertsPage().areDetailsBeside());
        QVERIFY(refused.isShown(AlertTableModel::SourceColumn));
        QVERIFY(!refused.isShown(AlertTableModel::DestinationsColumn)); // nobody chose that
        refused.toggleDetailsBeside();
        QVERIFY(refused.isShown(AlertTableModel::SourceColumn));
        QVERIFY(refused.isShown(AlertTableModel::DestinationsColumn));
    }

    void keepsHiddenWhatNeverGivesWay()
    {
        Refused refused;
        refused.toggle(AlertTableModel::SeverityColumn);
        refused.resize(narrow);
        refused.toggleDetailsBeside();
        refused.restart();
        QVERIFY(!refused.isShown(AlertTableModel::SeverityColumn));
    }
};

QTEST_MAIN(TestWindow)
#include "tst_window.moc"
