// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "gui/courierstyle.h"
#include "gui/fonts.h"
#include "gui/theme.h"

#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QScrollBar>
#include <QSpinBox>
#include <QSplitter>
#include <QStyleOption>
#include <QTabBar>
#include <QTest>

#include <memory>

using namespace courier;

namespace {

bool hasColor(const QImage &image, const QColor &color)
{
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            if (image.pixelColor(x, y).rgb() == color.rgb()) {
                return true;
            }
        }
    }
    return false;
}

QColor fillOf(QPushButton &button)
{
    return button.grab().toImage().pixelColor(8, button.height() - 7);
}

} // namespace

class TestCourierStyle : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void controlsHaveTheirSizes();
    void controlsGrowWithTheFont();
    void focusIsSeen_data();
    void focusIsSeen();
    void anEditorsFrameIsRepaintedWithItsFocus();
    void onlyThePrimaryButtonIsFilled();
    void theDefaultOfAMessageBoxIsPrimary();
    void aDisabledButtonIsNotFilled();
    void fontsAreRelative();
    void formsSetFontsByProperty();
    void wordsFitTheirControls_data();
    void wordsFitTheirControls();
    void mnemonicsShowWhileAltIsHeld();
    void aBusyBarMoves();
    void scrollBarsReachBothEnds();

private:
    Theme m_theme;
};

void TestCourierStyle::initTestCase()
{
    CourierStyle::install(m_theme);
    m_theme.setAppearance(Theme::Appearance::Light);
}

void TestCourierStyle::controlsHaveTheirSizes()
{
    QCOMPARE(QPushButton(QStringLiteral("OK")).sizeHint(), QSize(88, 32));
    QCOMPARE(QLineEdit().sizeHint().height(), 32);
    QCOMPARE(QComboBox().sizeHint().height(), 32);
    QCOMPARE(QSpinBox().sizeHint().height(), 32);
    QPushButton segment(QStringLiteral("Raw"));
    segment.setProperty("segment", QStringLiteral("last"));
    QCOMPARE(segment.sizeHint().height(), 28);
    QCOMPARE(QSplitter().handleWidth(), 1);
    QCOMPARE(QScrollBar(Qt::Vertical).sizeHint().width(), 12);
}

void TestCourierStyle::controlsGrowWithTheFont()
{
    QPushButton button(QStringLiteral("Add Destination"));
    QFont big = button.font();
    big.setPointSize(30);
    button.setFont(big);
    QVERIFY(button.sizeHint().height() > QFontMetrics(big).height());
    QLineEdit field;
    field.setFont(big);
    QVERIFY(field.sizeHint().height() > QFontMetrics(big).height());
}

void TestCourierStyle::focusIsSeen_data()
{
    QTest::addColumn<QWidget *>("widget");
    QTest::addRow("button") << static_cast<QWidget *>(new QPushButton(QStringLiteral("Edit")));
    QTest::addRow("field") << static_cast<QWidget *>(new QLineEdit);
    QTest::addRow("editor") << static_cast<QWidget *>(new QPlainTextEdit);
    QTest::addRow("combo box") << static_cast<QWidget *>(new QComboBox);
    QTest::addRow("spin box") << static_cast<QWidget *>(new QSpinBox);
    QTest::addRow("check box") << static_cast<QWidget *>(new QCheckBox(QStringLiteral("Low")));
    auto *segment = new QPushButton(QStringLiteral("Raw"));
    segment->setProperty("segment", QStringLiteral("first"));
    QTest::addRow("segment") << static_cast<QWidget *>(segment);
    auto *tabs = new QTabBar;
    tabs->addTab(QStringLiteral("Headers"));
    tabs->addTab(QStringLiteral("Request"));
    tabs->setCurrentIndex(1);
    QTest::addRow("tab") << static_cast<QWidget *>(tabs);
}

void TestCourierStyle::focusIsSeen()
{
    QFETCH(QWidget *const, widget);
    QWidget window;
    auto *row = new QHBoxLayout(&window);
    auto *other = new QLineEdit;
    row->addWidget(other);
    row->addWidget(widget);
    window.show();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    other->setFocus();
    const QRect place = widget->geometry();
    const QImage without = window.grab(place).toImage();
    widget->setFocus();
    const QImage with = window.grab(place).toImage();
    QVERIFY(with != without);
    QVERIFY(hasColor(with, m_theme.color(ThemeColor::Accent)));
    other->setFocus();
    QCOMPARE(window.grab(place).toImage(), without);
}

void TestCourierStyle::anEditorsFrameIsRepaintedWithItsFocus()
{
    /// Counts the repaints of the frame, not those of the viewport within.
    class Editor : public QPlainTextEdit
    {
    public:
        using QPlainTextEdit::QPlainTextEdit;
        int repaints = 0;

    protected:
        bool event(QEvent *event) override
        {
            repaints += event->type() == QEvent::Paint ? 1 : 0;
            return QPlainTextEdit::event(event);
        }
    };
    QWidget window;
    auto *row = new QHBoxLayout(&window);
    auto *other = new QLineEdit;
    auto *editor = new Editor;
    row->addWidget(other);
    row->addWidget(editor);
    window.show();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    other->setFocus();
    QCoreApplication::processEvents();
    int before = editor->repaints;
    editor->setFocus();
    QTRY_VERIFY(editor->repaints > before);
    before = editor->repaints;
    other->setFocus();
    QTRY_VERIFY(editor->repaints > before);
}

void TestCourierStyle::onlyThePrimaryButtonIsFilled()
{
    QPushButton button(QStringLiteral("Resend"));
    button.resize(button.sizeHint());
    QCOMPARE(fillOf(button), m_theme.color(ThemeColor::Button));
    button.setDefault(true); // the default button is not the primary one by itself
    QCOMPARE(fillOf(button), m_theme.color(ThemeColor::Button));
    button.setProperty("primary", true);
    QCOMPARE(fillOf(button), m_theme.color(ThemeColor::AccentFill));
}

void TestCourierStyle::theDefaultOfAMessageBoxIsPrimary()
{
    QMessageBox box(QMessageBox::Question, QStringLiteral("Delete"), QStringLiteral("Delete it?"),
                    QMessageBox::Cancel | QMessageBox::Yes);
    box.setDefaultButton(QMessageBox::Yes);
    box.show();
    QVERIFY(QTest::qWaitForWindowActive(&box));
    QCOMPARE(fillOf(*qobject_cast<QPushButton *>(box.button(QMessageBox::Yes))), m_theme.color(ThemeColor::AccentFill));
    QCOMPARE(fillOf(*qobject_cast<QPushButton *>(box.button(QMessageBox::Cancel))), m_theme.color(ThemeColor::Button));
    // Cancel stands left of what is done.
    QVERIFY(box.button(QMessageBox::Cancel)->x() < box.button(QMessageBox::Yes)->x());
}

void TestCourierStyle::aDisabledButtonIsNotFilled()
{
    QPushButton button(QStringLiteral("Resend"));
    button.setProperty("primary", true);
    button.setEnabled(false);
    button.resize(button.sizeHint());
    QCOMPARE(fillOf(button), m_theme.color(ThemeColor::Window));
}

void TestCourierStyle::fontsAreRelative()
{
    QFont base;
    base.setPointSizeF(12);
    QCOMPARE(fontFor(TextRole::Title, base).pointSizeF(), 17.0);
    QCOMPARE(fontFor(TextRole::Title, base).weight(), QFont::DemiBold);
    QCOMPARE(fontFor(TextRole::Small, base).pointSizeF(), 11.0);
    QCOMPARE(fontFor(TextRole::Mono, base).pointSizeF(), 11.5);
    QVERIFY(QFontInfo(fontFor(TextRole::Mono, base)).fixedPitch());
    base.setPixelSize(20);
    QVERIFY(fontFor(TextRole::Title, base).pixelSize() > 20);
}

void TestCourierStyle::formsSetFontsByProperty()
{
    QLabel label(QStringLiteral("words"));
    label.setProperty("textRole", QStringLiteral("title"));
    label.setProperty("muted", true);
    label.ensurePolished();
    QCOMPARE(label.font().pointSizeF(), QApplication::font().pointSizeF() + 5);
    QCOMPARE(label.foregroundRole(), QPalette::PlaceholderText);
}

void TestCourierStyle::wordsFitTheirControls_data()
{
    QTest::addColumn<QWidget *>("widget");
    auto *spin = new QSpinBox;
    spin->setRange(1, 120);
    spin->setSuffix(QStringLiteral(" seconds"));
    spin->setValue(120);
    QTest::addRow("spin box") << static_cast<QWidget *>(spin);
    auto *combo = new QComboBox;
    combo->setEditable(true);
    combo->addItem(QStringLiteral("Standard schedule"));
    QTest::addRow("editable combo box") << static_cast<QWidget *>(combo);
}

void TestCourierStyle::wordsFitTheirControls()
{
    QFETCH(QWidget *const, widget);
    const std::unique_ptr<QWidget> owner(widget);
    const auto *edit = widget->findChild<QLineEdit *>();
    widget->show();
    QVERIFY(QTest::qWaitForWindowExposed(widget));
    widget->resize(widget->sizeHint());
    QStyleOptionFrame option;
    option.initFrom(edit);
    const int room = edit->style()->subElementRect(QStyle::SE_LineEditContents, &option, edit).width();
    QVERIFY2(room >= edit->fontMetrics().horizontalAdvance(edit->text()) + 4, qPrintable(QString::number(room)));
}

void TestCourierStyle::mnemonicsShowWhileAltIsHeld()
{
    QWidget window;
    QPushButton button(QStringLiteral("&Resend"), &window);
    window.show();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    const QImage without = button.grab().toImage();
    QTest::keyPress(&window, Qt::Key_Alt);
    const QImage with = button.grab().toImage();
    QVERIFY(with != without);
    QTest::keyRelease(&window, Qt::Key_Alt);
    QCOMPARE(button.grab().toImage(), without);
}

void TestCourierStyle::aBusyBarMoves()
{
    QProgressBar bar;
    bar.setRange(0, 0);
    bar.setTextVisible(false);
    bar.resize(400, 12);
    bar.show();
    QVERIFY(QTest::qWaitForWindowExposed(&bar));
    const QImage first = bar.grab().toImage();
    QTRY_VERIFY(bar.grab().toImage() != first);
    bar.setRange(0, 100);
    bar.setValue(50);
    const QImage half = bar.grab().toImage();
    QCOMPARE(half.pixelColor(100, 6), m_theme.color(ThemeColor::Accent));
    QVERIFY(half.pixelColor(300, 6) != m_theme.color(ThemeColor::Accent));
}

void TestCourierStyle::scrollBarsReachBothEnds()
{
    QScrollBar bar(Qt::Vertical);
    bar.setRange(0, 900);
    bar.setPageStep(100);
    bar.resize(12, 400);
    const auto slider = [&] {
        QStyleOptionSlider option;
        option.initFrom(&bar);
        option.subControls = QStyle::SC_All;
        option.orientation = Qt::Vertical;
        option.minimum = bar.minimum();
        option.maximum = bar.maximum();
        option.pageStep = bar.pageStep();
        option.sliderPosition = bar.sliderPosition();
        option.upsideDown = false;
        return bar.style()->subControlRect(QStyle::CC_ScrollBar, &option, QStyle::SC_ScrollBarSlider, &bar);
    };
    QCOMPARE(slider().top(), 0);
    QCOMPARE(slider().height(), 40);
    bar.setValue(900);
    QCOMPARE(slider().bottom(), 399);
    bar.setPageStep(1);
    QVERIFY(slider().height() >= 24);
}

QTEST_MAIN(TestCourierStyle)
#include "tst_courierstyle.moc"
