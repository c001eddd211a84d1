// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "app/hands.h"
#include "bench/benchtasks.h"
#include "desk/bulkresend.h"

#include <QAbstractButton>
#include <QProgressBar>
#include <QPushButton>
#include <QTest>

namespace courier::bench {
namespace {

constexpr int watched = 4000; // ms

QPushButton *confirmation(const QWidget *dialog)
{
    const QList<QPushButton *> buttons = dialog ? dialog->findChildren<QPushButton *>() : QList<QPushButton *>();
    for (QPushButton *button : buttons) {
        if (button->isEnabled() && button->text().startsWith(QLatin1String("Resend ")) &&
            button->text().contains(QLatin1String("Deliveries"))) {
            return button;
        }
    }
    return nullptr;
}

/// The longest time that the progress stood still, ms.
double longestStandstill(BenchedWindow &window)
{
    QElapsedTimer clock;
    clock.start();
    qint64 sentBefore = -1;
    qint64 movedAt = 0;
    qint64 longest = 0;
    while (clock.elapsed() < watched) {
        Probe::rest(10);
        const BulkResend::Progress progress = window.desk().runningResend()->progress();
        const qint64 sent = progress.delivered + progress.failedAgain;
        if (sent != sentBefore) {
            sentBefore = sent;
            movedAt = clock.elapsed();
        }
        longest = std::max(longest, clock.elapsed() - movedAt);
    }
    tell("resent a second", static_cast<double>(sentBefore) * 1000 / watched);
    return static_cast<double>(longest);
}

} // namespace

void resendMany(BenchedWindow &window, Probe &probe)
{
    const qint64 failed = window.number(
        QStringLiteral("SELECT count(*) FROM delivery d JOIN alert_status s ON s.alert_id = d.alert_id WHERE d.state = "
                       "4 AND s.status = 4"));
    if (failed < 100'000) {
        fail(QStringLiteral("only %1 deliveries have failed").arg(failed));
    }
    const qint64 rows = window.number(QStringLiteral("SELECT count(*) FROM alert_status WHERE status = 4"));
    window.pasteSearch(QStringLiteral("status:failed"));
    Probe::await("the failed ones", [&] { return window.isListed(rows); });
    Probe::rest(500);
    window.table().setFocus();
    const auto dialog = [] { return hands::window(QStringLiteral("Resend")); };
    tell("the question with the exact count",
         {probe.time(
             "the question", [&] { QTest::keyClick(&window.table(), Qt::Key_R, Qt::ShiftModifier); },
             [&] { return confirmation(dialog()) != nullptr; })});
    QPushButton *yes = confirmation(dialog());
    if (yes->text().remove(QLatin1Char(',')) != QStringLiteral("Resend %1 Deliveries").arg(failed)) {
        fail(QStringLiteral("%1, not %2").arg(yes->text()).arg(failed));
    }
    Probe::rest(300);
    const auto hasBegun = [&] {
        const BulkResend *resend = window.desk().runningResend();
        return resend && resend->progress().delivered > 0 && hands::button(&window.window(), QStringLiteral("Cancel"));
    };
    tell("until the first were delivered and the window says so",
         {probe.time("the first resent", [&] { QTest::mouseClick(yes, Qt::LeftButton); }, hasBegun)});
    tell("longest standstill of the progress", longestStandstill(window));
    QWidget *cancel = hands::button(&window.window(), QStringLiteral("Cancel"));
    const auto isCancelled = [&] { return hands::says(&window.window(), QStringLiteral("Cancelled after")); };
    tell("until it is cancelled",
         {probe.time("cancelled", [&] { QTest::mouseClick(cancel, Qt::LeftButton); }, isCancelled)});
    const qint64 started = window.desk().runningResend()->progress().started;
    Probe::rest(1000);
    const qint64 left = window.number(QStringLiteral("SELECT count(*) FROM delivery WHERE state = 4"));
    const qint64 gone = window.number(QStringLiteral("SELECT count(*) FROM delivery WHERE state = 4 OR round > 0"));
    if (gone - left > started + 400) {
        fail(QStringLiteral("%1 were resent after the cancellation").arg(gone - left - started));
    }
}

} // namespace courier::bench
