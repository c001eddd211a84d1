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
#include <csignal>
#include <memory>

#include <sys/resource.h>

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

/// No file of this process may grow beyond it: as on a disk that is full, and at once.
class FileSizeLimit
{
public:
    explicit FileSizeLimit(rlim_t bytes)
    {
        std::signal(SIGXFSZ, SIG_IGN);
        ::getrlimit(RLIMIT_FSIZE, &m_before);
        const rlimit limit{bytes, m_before.rlim_max};
        ::setrlimit(RLIMIT_FSIZE, &limit);
    }
    ~FileSizeLimit() { ::setrlimit(RLIMIT_FSIZE, &m_before); }
    FileSizeLimit(const FileSizeLimit &) = delete;
    FileSizeLimit &operator=(const FileSizeLimit &) = delete;

private:
    rlimit m_before = {};
};

} // namespace

/// What the status bar says of the endpoint and of the store.
class TestStatusLine : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellsWhereAlertsComeIn();
    void tellsThatThePortIsTaken();
    void tellsThatNothingCanBeKept();

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

void TestStatusLine::tellsThatNothingCanBeKept()
{
    const auto desk = open();
    QStatusBar bar;
    const StatusLine line(*desk, bar);
    const QToolButton *store = buttonOf(bar, QStringLiteral("Store"));
    QVERIFY(store);
    QVERIFY(store->text().startsWith(QStringLiteral("Store healthy")));
    {
        const FileSizeLimit limit(4096);
        Alert alert;
        alert.ruleId = QStringLiteral("R.1");
        QVERIFY(!desk->accept({alert}).result());
        QTRY_COMPARE(store->text(), QStringLiteral("%1 can't be read or written.").arg(desk->store().databasePath()));
    }
    QTRY_VERIFY(store->text().startsWith(QStringLiteral("Store healthy")));
}

QTEST_MAIN(TestStatusLine)
#include "tst_statusline.moc"
