// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "gui/courierstyle.h"
#include "gui/theme.h"

#include <QApplication>
#include <QLabel>
#include <QSignalSpy>
#include <QStyleFactory>
#include <QTest>
#include <QToolTip>

#include <algorithm>
#include <cmath>
#include <memory>

using namespace courier;

namespace {

/// Every ground a glyph or a word may stand on within a row.
QList<QColor> grounds(const ColorTable &colors)
{
    return {colors.color(ThemeColor::Base), colors.color(ThemeColor::AlternateBase),
            colors.color(ThemeColor::Selection)};
}

double leastContrast(const QColor &color, const QList<QColor> &on)
{
    double least = 21;
    for (const QColor &ground : on) {
        least = std::min(least, ColorTable::contrast(color, ground));
    }
    return std::round(least * 10) / 10; // the figures are given with one place
}

const QList<AlertStatus> allStatuses{AlertStatus::Queued,    AlertStatus::Sending,      AlertStatus::Retrying,
                                     AlertStatus::Delivered, AlertStatus::Failed,       AlertStatus::Held,
                                     AlertStatus::Cancelled, AlertStatus::NoDestination};

} // namespace

class TestTheme : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void aChangeShowsAtOnce();
    void theSameAppearanceSaysNothing();
    void withoutOurStyleThePaletteDecides();
    void contrastIsMeasuredAsWcagDoes();
    void glyphsAreSeenOnEveryRow_data();
    void glyphsAreSeenOnEveryRow();
    void wordsAreReadable_data();
    void wordsAreReadable();
    void everyKeyOfTheModelsHasItsColour();

private:
    Theme m_theme;
};

void TestTheme::initTestCase()
{
    CourierStyle::install(m_theme);
}

void TestTheme::aChangeShowsAtOnce()
{
    m_theme.setAppearance(Theme::Appearance::Light);
    QLabel label(QStringLiteral("words"));
    label.show();
    QVERIFY(QTest::qWaitForWindowExposed(&label));
    QCOMPARE(label.palette().color(QPalette::Window), QColor(0xf5, 0xf6, 0xf8));

    QSignalSpy changed(&m_theme, &Theme::changed);
    m_theme.setAppearance(Theme::Appearance::Dark);
    QCOMPARE(changed.size(), 1);
    QVERIFY(m_theme.isDark());
    // Qt hands the palette to the widgets in the next turn of the event loop, before anything is painted.
    QCoreApplication::processEvents();
    QCOMPARE(label.palette().color(QPalette::Window), QColor(0x17, 0x18, 0x1c));
    QCOMPARE(label.grab().toImage().pixelColor(label.width() - 1, 0), QColor(0x17, 0x18, 0x1c));
    QCOMPARE(QToolTip::palette().color(QPalette::ToolTipBase), m_theme.color(ThemeColor::Base));
    QCOMPARE(Theme::of(&label).isDark(), true);
}

void TestTheme::theSameAppearanceSaysNothing()
{
    m_theme.setAppearance(Theme::Appearance::Dark);
    QSignalSpy changed(&m_theme, &Theme::changed);
    m_theme.setAppearance(Theme::Appearance::Dark);
    QCOMPARE(changed.size(), 0);
}

void TestTheme::withoutOurStyleThePaletteDecides()
{
    QLabel label;
    const std::unique_ptr<QStyle> plain(QStyleFactory::create(QStringLiteral("Fusion")));
    label.setStyle(plain.get());
    label.setPalette(ColorTable::dark().palette());
    QVERIFY(Theme::of(&label).isDark());
    label.setPalette(ColorTable::light().palette());
    QVERIFY(!Theme::of(&label).isDark());
    label.setStyle(nullptr);
}

void TestTheme::contrastIsMeasuredAsWcagDoes()
{
    QCOMPARE(ColorTable::contrast(Qt::black, Qt::white), 21.0);
    QCOMPARE(ColorTable::contrast(Qt::white, Qt::white), 1.0);
    // Known value: #767676 is the lightest grey that reaches 4.5 on white.
    QVERIFY(std::abs(ColorTable::contrast(QColor(0x76, 0x76, 0x76), Qt::white) - 4.54) < 0.01);
}

void TestTheme::glyphsAreSeenOnEveryRow_data()
{
    QTest::addColumn<bool>("isDark");
    QTest::addColumn<double>("least");
    QTest::addRow("light") << false << 4.1;
    QTest::addRow("dark") << true << 3.6;
}

void TestTheme::glyphsAreSeenOnEveryRow()
{
    QFETCH(const bool, isDark);
    QFETCH(const double, least);
    const ColorTable &colors = ColorTable::of(isDark);
    for (const Severity severity : allSeverities()) {
        const double is = leastContrast(colors.severityColor(severity), grounds(colors));
        QVERIFY2(is >= least, qPrintable(displayName(severity) + QStringLiteral(" has only %1").arg(is)));
    }
    for (const AlertStatus status : allStatuses) {
        const double is = leastContrast(colors.statusColor(status), grounds(colors));
        QVERIFY2(is >= least, qPrintable(displayName(status) + QStringLiteral(" has only %1").arg(is)));
    }
}

void TestTheme::wordsAreReadable_data()
{
    QTest::addColumn<bool>("isDark");
    QTest::addRow("light") << false;
    QTest::addRow("dark") << true;
}

void TestTheme::wordsAreReadable()
{
    QFETCH(const bool, isDark);
    const ColorTable &colors = ColorTable::of(isDark);
    QList<QColor> everywhere = grounds(colors);
    everywhere.append(colors.color(ThemeColor::Window));
    QVERIFY(leastContrast(colors.color(ThemeColor::Text), everywhere) >= 9.5);
    QVERIFY(leastContrast(colors.color(ThemeColor::Muted), everywhere) >= 4.9);
    QVERIFY(leastContrast(colors.color(ThemeColor::OnPill), {colors.color(ThemeColor::Critical)}) >= 5.5);
    QVERIFY(leastContrast(colors.color(ThemeColor::OnAccent), {colors.color(ThemeColor::AccentFill)}) >= 4.7);
    QVERIFY(leastContrast(colors.color(ThemeColor::FieldEdge),
                          {colors.color(ThemeColor::Base), colors.color(ThemeColor::Window)}) >= 3.0);
    QVERIFY(leastContrast(colors.color(ThemeColor::Accent), grounds(colors)) >= 3.0);
}

void TestTheme::everyKeyOfTheModelsHasItsColour()
{
    const ColorTable &colors = ColorTable::light();
    for (const Severity severity : allSeverities()) {
        QCOMPARE(colors.color(severityColorKey(severity)), colors.severityColor(severity));
    }
    for (const AlertStatus status : allStatuses) {
        QCOMPARE(colors.color(statusColorKey(status)), colors.statusColor(status));
    }
    QCOMPARE(colors.color(QStringLiteral("untested")), colors.color(ThemeColor::Untested));
    QCOMPARE(colors.color(QStringLiteral("no such key")), colors.color(ThemeColor::Text));
}

QTEST_MAIN(TestTheme)
#include "tst_theme.moc"
