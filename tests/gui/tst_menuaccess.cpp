// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "gui/guidesk.h"
#include "gui/mainwindow.h"
#include "gui/menuaccess.h"
#include "gui/settingsdialog.h"

#include <QAction>
#include <QMenu>
#include <QMenuBar>
#include <QSettings>
#include <QTest>

using namespace courier;
using namespace courier::test;

namespace {

QList<QAccessibleInterface *> itemsBelow(QAccessibleInterface *at)
{
    QList<QAccessibleInterface *> items;
    for (int i = 0; i < at->childCount(); ++i) {
        QAccessibleInterface *child = at->child(i);
        if (child->role() == QAccessible::MenuItem) {
            items.append(child);
        }
        items.append(itemsBelow(child));
    }
    return items;
}

QAccessibleInterface *itemOf(QWidget &menu, int index)
{
    return QAccessible::queryAccessibleInterface(&menu)->child(index);
}

/// The program's window, its menus read as a screen reader does.
class ReadWindow
{
public:
    ReadWindow()
        : settings(desk.directory.filePath(QStringLiteral("window.ini")), QSettings::IniFormat)
        , window(*desk.desk, theme, settings)
    {
        CourierStyle::install(theme);
        window.show();
    }

    QList<QAccessibleInterface *> items()
    {
        return itemsBelow(QAccessible::queryAccessibleInterface(window.menuBar()));
    }
    QStringList names()
    {
        QStringList names;
        const QList<QAccessibleInterface *> all = items();
        for (const QAccessibleInterface *item : all) {
            names.append(item->text(QAccessible::Name));
        }
        return names;
    }
    QAccessibleInterface *item(const QString &name)
    {
        const QList<QAccessibleInterface *> all = items();
        const auto found = std::find_if(all.begin(), all.end(), [&](const QAccessibleInterface *one) {
            return one->text(QAccessible::Name) == name;
        });
        return found == all.end() ? nullptr : *found;
    }

    GuiDesk desk;
    Theme theme;
    QSettings settings;
    MainWindow window;
};

} // namespace

/// The items of menus, as assistive programs find them.
class TestMenuAccess : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { installMenuAccess(); }

    void namesAreTheWordsAlone()
    {
        ReadWindow read;
        const QStringList names = read.names();
        for (const char *name :
             {"File", "Settings", "Add Destination", "New Alert", "Import", "Resend", "Resend Failed", "Copy as cURL",
              "Save Body", "Send Test Alert", "Edit Destination", "Delete", "Columns", "Source", "Dark", "Keys"}) {
            QVERIFY2(names.contains(QLatin1String(name)), name);
        }
        for (const QString &name : names) {
            QVERIFY(!name.isEmpty());
            for (const QChar other : {u'.', u'…', u'&', u'\t'}) {
                QVERIFY2(!name.contains(other), qPrintable(name));
            }
        }
    }

    void theDotsAreShownStill()
    {
        ReadWindow read;
        const auto *action = read.window.findChild<QAction *>(QStringLiteral("settingsAction"));
        QCOMPARE(action->text(), QStringLiteral("&Settings..."));
    }

    void pressingOneActs()
    {
        ReadWindow read;
        QAccessibleInterface *settings = read.item(QStringLiteral("Settings"));
        QVERIFY(settings);
        QCOMPARE(settings->actionInterface()->actionNames(), QStringList{QAccessibleActionInterface::pressAction()});
        settings->actionInterface()->doAction(QAccessibleActionInterface::pressAction());
        QTRY_VERIFY(read.window.findChild<SettingsDialog *>());
        read.window.findChild<SettingsDialog *>()->close();
        QTRY_VERIFY(!read.window.findChild<SettingsDialog *>());
    }

    void wordsOfAllKinds_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("key");
        const auto row = [](const char *text, const char *name, const char *key) {
            QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(name) << QString::fromUtf8(key);
        };
        row("&Open...", "Open", "Alt+O");
        row("Open…", "Open", "");
        row("Open", "Open", "");
        row("Cut && &paste ...", "Cut & paste", "Alt+P");
        row("Version 1.2", "Version 1.2", "");
        row("&Resend...\tShift+R", "Resend", "Shift+R");
        row("odd&", "odd", "");
    }

    void wordsOfAllKinds()
    {
        QFETCH(QString, text);
        QMenu menu;
        menu.addAction(text);
        QTEST(itemOf(menu, 0)->text(QAccessible::Name), "name");
        QTEST(itemOf(menu, 0)->text(QAccessible::Accelerator), "key");
    }

    void tellsWhatItIs()
    {
        QMenu menu;
        QAction *checked = menu.addAction(QStringLiteral("Checked"));
        checked->setCheckable(true);
        checked->setChecked(true);
        QAction *disabled = menu.addAction(QStringLiteral("Disabled"));
        disabled->setEnabled(false);
        menu.addSeparator();
        QMenu *sub = menu.addMenu(QStringLiteral("Sub"));
        sub->addAction(QStringLiteral("In it"));
        QAction *key = menu.addAction(QStringLiteral("&Key"));
        key->setShortcut(QKeySequence(QStringLiteral("Ctrl+K")));
        QAccessibleInterface *access = QAccessible::queryAccessibleInterface(&menu);
        QVERIFY(itemOf(menu, 0)->state().invisible);

        menu.popup({20, 20});
        QTRY_VERIFY(menu.isVisible());
        for (int i = 0; i < access->childCount(); ++i) {
            QAccessibleInterface *item = access->child(i);
            QVERIFY(item->isValid());
            QCOMPARE(item->parent(), access);
            QCOMPARE(access->indexOfChild(item), i);
            QCOMPARE(item->window(), access->window());
            QCOMPARE(item->rect(), menu.actionGeometry(menu.actions().at(i)).translated(menu.mapToGlobal(QPoint())));
            QVERIFY(!item->state().invisible);
        }
        QVERIFY(itemOf(menu, 0)->state().checkable && itemOf(menu, 0)->state().checked);
        QVERIFY(!itemOf(menu, 0)->state().disabled);
        QVERIFY(itemOf(menu, 1)->state().disabled && !itemOf(menu, 1)->state().checkable);
        QCOMPARE(itemOf(menu, 2)->role(), QAccessible::Separator);
        QVERIFY(itemOf(menu, 2)->actionInterface()->actionNames().isEmpty());
        QCOMPARE(itemOf(menu, 3)->childCount(), 1);
        QCOMPARE(itemOf(menu, 3)->child(0), QAccessible::queryAccessibleInterface(sub));
        QCOMPARE(itemOf(menu, 3)->child(0)->parent(), itemOf(menu, 3));
        QCOMPARE(itemOf(menu, 3)->indexOfChild(itemOf(menu, 3)->child(0)), 0);
        QCOMPARE(itemOf(menu, 4)->text(QAccessible::Accelerator), QStringLiteral("Ctrl+K"));
        menu.close();
    }

    // A menu tells of the focus by the place of its active item.
    void focusIsToldOfTheItem()
    {
        QMenu menu;
        menu.addAction(QStringLiteral("First..."));
        menu.addAction(QStringLiteral("Second..."));
        menu.popup({20, 20});
        QTRY_VERIFY(menu.isVisible());
        menu.setActiveAction(menu.actions().at(1));
        QAccessibleEvent event(&menu, QAccessible::Focus);
        event.setChild(1);
        QAccessibleInterface *item = event.accessibleInterface();
        QCOMPARE(item->text(QAccessible::Name), QStringLiteral("Second"));
        QVERIFY(item->state().focused);
        QVERIFY(!itemOf(menu, 0)->state().focused);
        menu.close();
    }

    void opensASubmenu()
    {
        QMenuBar bar;
        QMenu *file = bar.addMenu(QStringLiteral("&File"));
        file->addAction(QStringLiteral("In it"));
        bar.show();
        QVERIFY(QTest::qWaitForWindowExposed(&bar));
        QAccessibleActionInterface *access = itemOf(bar, 0)->actionInterface();
        QCOMPARE(access->actionNames(), QStringList{QAccessibleActionInterface::showMenuAction()});
        access->doAction(QAccessibleActionInterface::showMenuAction());
        QTRY_VERIFY(file->isVisible());
        access->doAction(QAccessibleActionInterface::showMenuAction());
        QTRY_VERIFY(!file->isVisible());
    }

    // One action in two menus is one item, found where it is open.
    void isWhereItIsOpen()
    {
        QMenu first;
        QMenu second;
        QAction *action = first.addAction(QStringLiteral("Both"));
        second.addAction(action);
        QCOMPARE(itemOf(second, 0), itemOf(first, 0));
        QCOMPARE(itemOf(first, 0)->parent()->object(), &first);
        second.popup({20, 20});
        QTRY_VERIFY(second.isVisible());
        QCOMPARE(itemOf(second, 0)->parent()->object(), &second);
        second.close();
    }

    void goesWithItsAction()
    {
        QMenu menu;
        auto *kept = new QAction(QStringLiteral("Kept"), this);
        menu.addAction(kept);
        menu.addAction(QStringLiteral("Gone"));
        const QAccessible::Id id = QAccessible::uniqueId(itemOf(menu, 1));
        QAccessibleInterface *item = itemOf(menu, 0);
        QVERIFY(QAccessible::accessibleInterface(id));
        delete menu.actions().at(1);
        QVERIFY(!QAccessible::accessibleInterface(id));
        menu.removeAction(kept);
        QVERIFY(!item->isValid()); // in no menu it is no item
        delete kept;
    }
};

QTEST_MAIN(TestMenuAccess)
#include "tst_menuaccess.moc"
