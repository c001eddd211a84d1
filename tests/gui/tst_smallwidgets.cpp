// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "gui/courierstyle.h"
#include "gui/dialogheader.h"
#include "gui/elidedlabel.h"
#include "gui/emptystate.h"
#include "gui/fieldmessage.h"
#include "gui/segmentedbuttons.h"
#include "gui/stagebars.h"
#include "gui/stepper.h"
#include "gui/strip.h"
#include "gui/theme.h"

#include <QAccessible>
#include <QApplication>
#include <QHelpEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolTip>

#include <functional>

using namespace courier;

namespace {

/// Every visible text a screen reader comes by below \a widget, with its role.
QList<std::pair<QAccessible::Role, QString>> readingOf(QWidget &widget)
{
    QList<std::pair<QAccessible::Role, QString>> found;
    std::function<void(QAccessibleInterface *)> visit = [&](QAccessibleInterface *at) {
        if (!at || at->state().invisible) {
            return;
        }
        found.append({at->role(), at->text(QAccessible::Name)});
        for (int i = 0; i < at->childCount(); ++i) {
            visit(at->child(i));
        }
    };
    visit(QAccessible::queryAccessibleInterface(&widget));
    return found;
}

void show(QWidget &widget)
{
    widget.show();
    QVERIFY(QTest::qWaitForWindowExposed(&widget));
}

} // namespace

class TestSmallWidgets : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void aStripSaysItsText();
    void aStripCanBeClosed();
    void aFieldMessageStandsForItsField();
    void aFieldMessageGivesTheHintItsPlace();
    void anElidedLabelKeepsItsWholeText();
    void segmentsAreAGroupOfCheckButtons();
    void aStepperSaysWhereOneStands();
    void stagesAreLabels();
    void anEmptyStateOffersItsSteps();
    void htmlIsShownAsItStands();

private:
    Theme m_theme;
};

void TestSmallWidgets::initTestCase()
{
    CourierStyle::install(m_theme);
    m_theme.setAppearance(Theme::Appearance::Light);
}

void TestSmallWidgets::aStripSaysItsText()
{
    Strip strip;
    strip.setNotice(Strip::Kind::Success, QStringLiteral("Received: 200 OK in 84 ms."),
                    QStringLiteral("The receiver took the alert."));
    show(strip);
    const auto reading = readingOf(strip);
    QVERIFY(reading.contains({QAccessible::StaticText, QStringLiteral("Received: 200 OK in 84 ms.")}));
    QVERIFY(reading.contains({QAccessible::StaticText, QStringLiteral("The receiver took the alert.")}));
    strip.setNotice(Strip::Kind::Failure, {}, QStringLiteral("401 Unauthorized."));
    const auto later = readingOf(strip);
    QVERIFY(later.contains({QAccessible::StaticText, QStringLiteral("401 Unauthorized.")}));
    QVERIFY(!later.contains({QAccessible::StaticText, QStringLiteral("The receiver took the alert.")}));
}

void TestSmallWidgets::aStripCanBeClosed()
{
    QWidget window;
    Strip strip(&window);
    strip.setText(QStringLiteral("words"));
    QPushButton *action = strip.addButton(QStringLiteral("Show"));
    show(window);
    const std::pair dismiss{QAccessible::Button, QStringLiteral("Dismiss")};
    QVERIFY(!readingOf(strip).contains(dismiss));
    strip.setClosable(true);
    QVERIFY(readingOf(strip).contains(dismiss));
    QVERIFY(readingOf(strip).contains({QAccessible::Button, QStringLiteral("Show")}));
    QSignalSpy closed(&strip, &Strip::closed);
    for (QPushButton *button : strip.findChildren<QPushButton *>()) {
        if (button != action) {
            QTest::mouseClick(button, Qt::LeftButton);
        }
    }
    QCOMPARE(closed.size(), 1);
    QVERIFY(strip.isHidden());
}

void TestSmallWidgets::aFieldMessageStandsForItsField()
{
    QWidget window;
    QLineEdit field(&window);
    FieldMessage message(&window);
    message.setField(&field);
    show(window);
    field.clearFocus();
    const QString words = QStringLiteral("Enter a full address that starts with https:// or http://.");
    message.showError(words);
    QVERIFY(message.hasError());
    QVERIFY(readingOf(message).contains({QAccessible::StaticText, words}));
    QCOMPARE(field.property("fault").toString(), QStringLiteral("error"));
    QCOMPARE(QAccessible::queryAccessibleInterface(&field)->text(QAccessible::Description), words);
    const QColor error = m_theme.color(ThemeColor::Failed);
    const QImage marked = field.grab().toImage();
    QCOMPARE(marked.pixelColor(0, field.height() / 2), error);

    message.showWarning(QStringLiteral("http:// sends alerts unencrypted."));
    QVERIFY(!message.hasError());
    QCOMPARE(field.grab().toImage().pixelColor(0, field.height() / 2), m_theme.color(ThemeColor::Retrying));
    message.clear();
    QVERIFY(message.isHidden());
    QVERIFY(QAccessible::queryAccessibleInterface(&field)->text(QAccessible::Description).isEmpty());
    QCOMPARE(field.grab().toImage().pixelColor(0, field.height() / 2), m_theme.color(ThemeColor::FieldEdge));
}

void TestSmallWidgets::aFieldMessageGivesTheHintItsPlace()
{
    QWidget window;
    FieldMessage message(&window);
    message.setHint(QStringLiteral("Separate several with commas."));
    show(window);
    QCOMPARE(message.text(), QStringLiteral("Separate several with commas."));
    const int height = message.heightForWidth(600);
    message.showError(QStringLiteral("No such type."));
    QCOMPARE(message.text(), QStringLiteral("No such type."));
    QCOMPARE(message.heightForWidth(600), height);
    message.clear();
    QCOMPARE(message.text(), QStringLiteral("Separate several with commas."));
    QVERIFY(!message.isHidden());
}

void TestSmallWidgets::anElidedLabelKeepsItsWholeText()
{
    const QString words = QStringLiteral("<i>Root</i> login from a new country, seen by the watch in the north");
    ElidedLabel label(words);
    label.resize(100, 30);
    show(label);
    QVERIFY(label.isElided());
    QVERIFY(label.minimumSizeHint().width() <= 40);
    QVERIFY(readingOf(label).contains({QAccessible::StaticText, words}));
    QHelpEvent event(QEvent::ToolTip, QPoint(5, 5), label.mapToGlobal(QPoint(5, 5)));
    QApplication::sendEvent(&label, &event);
    QVERIFY(QToolTip::text().contains(QStringLiteral("&lt;i&gt;Root&lt;/i&gt;")));
    label.resize(label.sizeHint());
    QVERIFY(!label.isElided());
}

void TestSmallWidgets::segmentsAreAGroupOfCheckButtons()
{
    SegmentedButtons segments;
    segments.setAccessibleName(QStringLiteral("Body as"));
    segments.setSegments({QStringLiteral("Pretty"), QStringLiteral("Raw")});
    show(segments);
    const auto reading = readingOf(segments);
    QVERIFY(reading.contains({QAccessible::Grouping, QStringLiteral("Body as")}));
    QVERIFY(reading.contains({QAccessible::CheckBox, QStringLiteral("Pretty")}));
    QVERIFY(reading.contains({QAccessible::CheckBox, QStringLiteral("Raw")}));
    QCOMPARE(segments.height(), 28);
    QCOMPARE(segments.button(0)->x(), 0);
    QCOMPARE(segments.button(1)->x(), segments.button(0)->width());

    QSignalSpy chosen(&segments, &SegmentedButtons::chosen);
    QTest::mouseClick(segments.button(1), Qt::LeftButton);
    QCOMPARE(chosen.size(), 1);
    QCOMPARE(segments.current(), 1);
    QVERIFY(!segments.button(0)->isChecked());
    QTest::keyClick(segments.button(1), Qt::Key_Left);
    QCOMPARE(segments.current(), 0);
    const auto signalsSoFar = chosen.size();
    segments.setCurrent(1);
    QCOMPARE(segments.current(), 1);
    QCOMPARE(chosen.size(), signalsSoFar);

    QFont bigger = segments.font();
    bigger.setPointSize(bigger.pointSize() + 2);
    segments.setFont(bigger);
    QCOMPARE(segments.contentsRect(), segments.rect());
}

void TestSmallWidgets::aStepperSaysWhereOneStands()
{
    Stepper stepper;
    QCOMPARE(stepper.accessibleName(), QStringLiteral("Step 1 of 2: Configure"));
    stepper.setCurrent(1);
    QCOMPARE(stepper.accessibleName(), QStringLiteral("Step 2 of 2: Test"));
}

void TestSmallWidgets::stagesAreLabels()
{
    StageBars bars;
    bars.setStages({{QStringLiteral("Connect"), Stage::State::Done, 0, 9, QStringLiteral("9 ms")},
                    {QStringLiteral("Answered"), Stage::State::Failed, 9, 61, QStringLiteral("401, 52 ms")}});
    bars.resize(600, 60);
    show(bars);
    const auto reading = readingOf(bars);
    for (const char *words : {"Connect", "9 ms", "Answered", "401, 52 ms"}) {
        QVERIFY(reading.contains({QAccessible::StaticText, QString::fromLatin1(words)}));
    }
    QCOMPARE(bars.accessibleDescription(), QStringLiteral("Connect: 9 ms; Answered: 401, 52 ms"));
    const auto hasFailed = [&] {
        const QImage image = bars.grab().toImage();
        for (int x = 300; x < 500; ++x) {
            for (int y = 28; y < image.height(); ++y) {
                if (image.pixelColor(x, y) == m_theme.color(ThemeColor::Failed)) {
                    return true;
                }
            }
        }
        return false;
    };
    QVERIFY(hasFailed());
    bars.setStages({{QStringLiteral("Connect"), Stage::State::Waiting, 0, 0, {}}});
    QVERIFY(!hasFailed());
    QVERIFY(!readingOf(bars).contains({QAccessible::StaticText, QStringLiteral("Answered")}));
}

void TestSmallWidgets::anEmptyStateOffersItsSteps()
{
    EmptyState empty;
    empty.setTitle(QStringLiteral("Alerts have nowhere to go yet."));
    empty.setPrimaryText(QStringLiteral("Add Destination"));
    empty.resize(600, 400);
    show(empty);
    QVERIFY(readingOf(empty).contains({QAccessible::StaticText, QStringLiteral("Alerts have nowhere to go yet.")}));
    QVERIFY(readingOf(empty).contains({QAccessible::Button, QStringLiteral("Add Destination")}));
    QVERIFY(empty.secondaryButton()->isHidden());
    QSignalSpy clicked(&empty, &EmptyState::primaryClicked);
    QTest::mouseClick(empty.primaryButton(), Qt::LeftButton);
    QCOMPARE(clicked.size(), 1);
}

void TestSmallWidgets::htmlIsShownAsItStands()
{
    const QString words = QStringLiteral("<b>bold</b><img src=x>");
    Strip strip;
    strip.setNotice(Strip::Kind::Failure, words, words);
    FieldMessage message;
    message.showError(words);
    EmptyState empty;
    empty.setTitle(words);
    empty.setSentence(words);
    DialogHeader header;
    header.setTitle(words);
    header.setSentence(words);
    StageBars bars;
    bars.setStages({{words, Stage::State::Done, 0, 1, words}});
    for (QWidget *widget : std::initializer_list<QWidget *>{&strip, &message, &empty, &header, &bars}) {
        for (const QLabel *label : widget->findChildren<QLabel *>()) {
            QCOMPARE(label->textFormat(), Qt::PlainText);
        }
    }
}

QTEST_MAIN(TestSmallWidgets)
#include "tst_smallwidgets.moc"
