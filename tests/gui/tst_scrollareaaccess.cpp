// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "gui/scrollareaaccess.h"

#include <QAccessible>
#include <QLabel>
#include <QScrollArea>
#include <QTest>

using namespace courier;

/// A screen reader may ask for a child that went a moment ago.
class TestScrollAreaAccess : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { installScrollAreaAccess(); }

    void answersForAChildThatIsGone()
    {
        QScrollArea area;
        area.resize(100, 100);
        auto *contents = new QLabel(QStringLiteral("what scrolls"));
        contents->setFixedSize(400, 400);
        area.setWidget(contents);
        area.show();
        QVERIFY(QTest::qWaitForWindowExposed(&area));
        QAccessibleInterface *access = QAccessible::queryAccessibleInterface(&area);
        QVERIFY(access);
        const int before = access->childCount();
        QVERIFY(access->child(before - 1));
        contents->setFixedSize(10, 10); // the scroll bars go
        QTest::qWait(20);
        for (int asked : {-1, before, before + 1, 1000}) {
            QVERIFY(!access->child(asked));
        }
        QVERIFY(access->childCount() > 0);
    }

    // What scrolls is still found from the area, and the area from what scrolls.
    void leadsToWhatScrolls()
    {
        QScrollArea area;
        auto *contents = new QLabel(QStringLiteral("what scrolls"));
        area.setWidget(contents);
        area.show();
        QAccessibleInterface *label = QAccessible::queryAccessibleInterface(contents);
        QStringList seen;
        for (QAccessibleInterface *each = label; each; each = each->parent()) {
            seen.append(each->object() ? QString::fromLatin1(each->object()->metaObject()->className()) : QString());
        }
        QVERIFY2(seen.contains(QLatin1String("QScrollArea")), qPrintable(seen.join(u' ')));
        QAccessibleInterface *at = QAccessible::queryAccessibleInterface(&area);
        bool found = false;
        const std::function<void(QAccessibleInterface *)> visit = [&](QAccessibleInterface *each) {
            found = found || each->object() == contents;
            for (int i = 0; i < each->childCount(); ++i) {
                visit(each->child(i));
            }
        };
        visit(at);
        QVERIFY(found);
    }
};

QTEST_MAIN(TestScrollAreaAccess)
#include "tst_scrollareaaccess.moc"
