// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "desk/intakeservice.h"
#include "gui/statusline.h"
#include "support/fakeclock.h"
#include "support/scriptedreceiver.h"

#include <QStatusBar>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

#include <algorithm>
#include <memory>

using namespace courier;
using namespace courier::test;

namespace {

QToolButton *buttonOf(const QStatusBar &bar, const QString &what)
{
    const QList<QToolButton *> buttons = bar.findChildren<QToolButton *>();
    const auto found = std::find_if(buttons.begin(), buttons.end(), [&what](const QToolButton *button) {
        return button->accessibleDescription() == what;
    });
    return found == buttons.end() ? nullptr : *found;
}

} // namespace

/// What the status bar says of the endpoint.
class TestStatusLine : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellsWhereAlertsComeIn();
    void tellsThatThePortIsTaken();

private:
    std::unique_ptr<Desk> open() { return std::move(*Desk::open(m_directory.path(), m_clock)); }

    QTemporaryDir m_directory;
    FakeClock m_clock;
};

void TestStatusLine::tellsWhereAlertsComeIn()
{
    const auto desk = open();
    QStatusBar bar;
    const StatusLine line(*desk, bar);
    const QToolButton *intake = buttonOf(bar, QStringLiteral("Intake"));
    QVERIFY(intake);
    QCOMPARE(intake->text(), QStringLiteral("Intake off"));
    IntakeOptions options;
    options.off = false;
    options.address = QStringLiteral("127.0.0.1:0");
    desk->intake().setOptions(options);
    QCOMPARE(intake->text(), QStringLiteral("Another process takes alerts in"));
    desk->startSending();
    QTRY_VERIFY(!desk->intake().status().url.isEmpty());
    QCOMPARE(intake->text(), QStringLiteral("Alerts come in at 127.0.0.1:%1").arg(desk->intake().status().url.port()));
    QVERIFY(intake->toolTip().isEmpty());
}

void TestStatusLine::tellsThatThePortIsTaken()
{
    const ScriptedReceiver other;
    const auto desk = open();
    QStatusBar bar;
    const StatusLine line(*desk, bar);
    IntakeOptions options;
    options.off = false;
    options.address = QStringLiteral("127.0.0.1:%1").arg(other.port());
    desk->intake().setOptions(options);
    desk->startSending();
    const QToolButton *intake = buttonOf(bar, QStringLiteral("Intake"));
    QTRY_COMPARE(intake->text(), QStringLiteral("Port %1 is taken").arg(other.port()));
    QVERIFY(!intake->toolTip().isEmpty());
}

QTEST_MAIN(TestStatusLine)
#include "tst_statusline.moc"
