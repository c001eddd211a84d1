// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "gui/courierstyle.h"
#include "gui/dialogheader.h"
#include "gui/emptystate.h"
#include "gui/fieldmessage.h"
#include "gui/segmentedbuttons.h"
#include "gui/stagebars.h"
#include "gui/stepper.h"
#include "gui/strip.h"
#include "gui/theme.h"

#include <QTest>

#include <memory>

using namespace courier;

namespace {

/// \a text as a language half as long again would have it.
QString longer(const QString &text)
{
    return text + u' ' + text.left(text.size() / 2);
}

} // namespace

/// No small widget may keep the window from getting down to its least size, in a longer language either.
class TestLongWords : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { CourierStyle::install(m_theme); }
    void longWordsDontWidenTheWindow_data();
    void longWordsDontWidenTheWindow();

private:
    Theme m_theme;
};

void TestLongWords::longWordsDontWidenTheWindow_data()
{
    QTest::addColumn<QWidget *>("widget");
    auto *strip = new Strip;
    strip->setNotice(Strip::Kind::Failure,
                     longer(QStringLiteral("Legacy SIEM failed after 4 attempts (401 Unauthorized), Audit lake is "
                                           "tried again in 0:42, Ops bridge has it.")),
                     longer(QStringLiteral("Check the token under Advanced, Authentication.")));
    strip->addButton(longer(QStringLiteral("Resend 312 Failed Deliveries")));
    strip->setClosable(true);
    QTest::addRow("strip") << static_cast<QWidget *>(strip);
    auto *message = new FieldMessage;
    message->showWarning(
        longer(QStringLiteral("http:// sends alerts unencrypted. Fine for this computer, risky elsewhere.")));
    QTest::addRow("field message") << static_cast<QWidget *>(message);
    auto *header = new DialogHeader;
    header->setTitle(longer(QStringLiteral("Test a destination with quite a long name of its own")));
    header->setSentence(
        longer(QStringLiteral("Step 2 of 2. The destination is added; a test shows that alerts arrive.")));
    auto *stepper = new Stepper;
    stepper->setSteps({longer(QStringLiteral("Configure")), longer(QStringLiteral("Test"))});
    header->setRightWidget(stepper);
    QTest::addRow("dialog header") << static_cast<QWidget *>(header);
    auto *segments = new SegmentedButtons;
    segments->setSegments({longer(QStringLiteral("200 OK")), longer(QStringLiteral("401 Unauthorized")),
                           longer(QStringLiteral("500 Server Error")), longer(QStringLiteral("Slowly, after 5 s")),
                           longer(QStringLiteral("Not at all"))});
    QTest::addRow("segmented buttons") << static_cast<QWidget *>(segments);
    auto *empty = new EmptyState;
    empty->setTitle(longer(QStringLiteral("Alerts have nowhere to go yet.")));
    empty->setSentence(longer(QStringLiteral("Add the webhook that should get them, or watch one arrive first: the "
                                             "built-in receiver needs no other program.")));
    empty->setPrimaryText(longer(QStringLiteral("Add Destination")));
    empty->setSecondaryText(longer(QStringLiteral("Try it with the built-in receiver")));
    QTest::addRow("empty state") << static_cast<QWidget *>(empty);
    auto *bars = new StageBars;
    bars->setStages(
        {{longer(QStringLiteral("Answered")), Stage::State::Done, 0, 1, longer(QStringLiteral("401, 52 ms"))}});
    QTest::addRow("stage bars") << static_cast<QWidget *>(bars);
}

void TestLongWords::longWordsDontWidenTheWindow()
{
    QFETCH(QWidget *const, widget);
    const std::unique_ptr<QWidget> owner(widget);
    // What a sidebar of 208 leaves of a window of 960 pixels.
    constexpr int room = 960 - 208 - 1;
    widget->ensurePolished();
    QVERIFY2(widget->minimumSizeHint().width() <= room, qPrintable(QString::number(widget->minimumSizeHint().width())));
}

QTEST_MAIN(TestLongWords)
#include "tst_longwords.moc"
