// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "gui/courierstyle.h"
#include "gui/glyphs.h"
#include "gui/theme.h"

#include <QDir>
#include <QImage>
#include <QPainter>
#include <QPushButton>
#include <QRegularExpression>
#include <QTest>

using namespace courier;

namespace {

int paintedPixels(const QImage &image)
{
    int painted = 0;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            painted += qAlpha(image.pixel(x, y)) > 127 ? 1 : 0;
        }
    }
    return painted;
}

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

} // namespace

class TestGlyphs : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void everyGlyphPaintsInEveryColour_data();
    void everyGlyphPaintsInEveryColour();
    void everyMarkHasItsGlyph();
    void marksDifferInShape();
    void anIconFollowsTheTheme();
    void aDisabledIconLooksDisabled();
    void aPrimaryButtonsIconStandsOutFromItsFill();
    void itIsSharpOnADenseScreen();
    void anUnknownNamePaintsNothing();
    void theProgramIconHasEverySize();

private:
    Theme m_theme;
};

void TestGlyphs::initTestCase()
{
    CourierStyle::install(m_theme);
    m_theme.setAppearance(Theme::Appearance::Light);
}

void TestGlyphs::everyGlyphPaintsInEveryColour_data()
{
    QTest::addColumn<QString>("name");
    QVERIFY(Glyphs::exists(QStringLiteral("check"))); // loads the resource
    const QStringList files = QDir(QStringLiteral(":/icons")).entryList({QStringLiteral("*.svg")}, QDir::Files);
    QVERIFY(files.size() > 60);
    for (const QString &file : files) {
        QTest::addRow("%s", qPrintable(file)) << file.chopped(4);
    }
}

void TestGlyphs::everyGlyphPaintsInEveryColour()
{
    QFETCH(const QString, name);
    const Glyphs glyphs;
    const bool ownColours = name == QLatin1String("alert-courier");
    for (const bool isDark : {false, true}) {
        for (size_t which = 0; which < themeColorCount; ++which) {
            const QColor color = ColorTable::of(isDark).color(static_cast<ThemeColor>(which));
            const QImage image = glyphs.pixmap(name, {32, 32}, color).toImage();
            QVERIFY2(paintedPixels(image) > 10, qPrintable(color.name()));
            if (!ownColours) {
                QVERIFY2(hasColor(image, color), qPrintable(color.name()));
            }
        }
    }
}

void TestGlyphs::everyMarkHasItsGlyph()
{
    for (const Severity severity : allSeverities()) {
        QVERIFY(Glyphs::exists(severityGlyph(severity)));
    }
    for (int status = 0; status <= static_cast<int>(AlertStatus::NoDestination); ++status) {
        QVERIFY(Glyphs::exists(statusGlyph(static_cast<AlertStatus>(status))));
    }
    for (int outcome = 0; outcome < outcomeCount; ++outcome) {
        QVERIFY(Glyphs::exists(outcomeGlyph(static_cast<Outcome>(outcome))));
    }
    Destination destination;
    QCOMPARE(destinationGlyph(destination), QStringLiteral("st-untested"));
    destination.testState = TestState::Failed;
    QCOMPARE(destinationGlyph(destination), QStringLiteral("st-failed"));
    destination.testState = TestState::Passed;
    QCOMPARE(destinationGlyph(destination), QStringLiteral("st-delivered"));
    destination.paused = true;
    QCOMPARE(destinationGlyph(destination), QStringLiteral("st-held"));
    QCOMPARE(destinationColorKey(destination), QStringLiteral("held"));
}

void TestGlyphs::marksDifferInShape()
{
    const Glyphs glyphs;
    QList<QImage> seen;
    QStringList names{QStringLiteral("st-untested")};
    for (const Severity severity : allSeverities()) {
        names.append(severityGlyph(severity));
    }
    for (int status = 0; status <= static_cast<int>(AlertStatus::NoDestination); ++status) {
        names.append(statusGlyph(static_cast<AlertStatus>(status)));
    }
    for (const QString &name : names) {
        const QImage image = glyphs.pixmap(name, {14, 14}, Qt::black).toImage();
        QVERIFY2(!seen.contains(image), qPrintable(name));
        seen.append(image);
    }
}

void TestGlyphs::anIconFollowsTheTheme()
{
    const QIcon icon = glyphIcon(QStringLiteral("st-failed"), QStringLiteral("failed"));
    m_theme.setAppearance(Theme::Appearance::Light);
    QVERIFY(hasColor(icon.pixmap(32).toImage(), ColorTable::light().color(ThemeColor::Failed)));
    m_theme.setAppearance(Theme::Appearance::Dark);
    QVERIFY(hasColor(icon.pixmap(32).toImage(), ColorTable::dark().color(ThemeColor::Failed)));
    m_theme.setAppearance(Theme::Appearance::Light);
}

void TestGlyphs::aDisabledIconLooksDisabled()
{
    const QIcon icon = glyphIcon(QStringLiteral("resend"));
    const QImage image = icon.pixmap(QSize(32, 32), QIcon::Disabled).toImage();
    QVERIFY(hasColor(image, m_theme.color(ThemeColor::Disabled)));
    QVERIFY(!hasColor(image, m_theme.color(ThemeColor::Text)));
}

void TestGlyphs::aPrimaryButtonsIconStandsOutFromItsFill()
{
    QPushButton button;
    button.setIcon(glyphIcon(QStringLiteral("sev-medium")));
    button.resize(button.sizeHint());
    QVERIFY(hasColor(button.grab().toImage(), m_theme.color(ThemeColor::Text)));
    button.setProperty("primary", true);
    const QImage image = button.grab().toImage();
    QVERIFY(hasColor(image, m_theme.color(ThemeColor::AccentFill)));
    QVERIFY(hasColor(image, m_theme.color(ThemeColor::OnAccent)));
    QVERIFY(!hasColor(image, m_theme.color(ThemeColor::Text)));
}

void TestGlyphs::itIsSharpOnADenseScreen()
{
    // The same glyph on a screen twice as dense has as many more pixels as there are, not the same ones doubled.
    const auto paintAt = [](double ratio) {
        QImage image(QSize(16, 16) * ratio, QImage::Format_ARGB32_Premultiplied);
        image.setDevicePixelRatio(ratio);
        image.fill(Qt::transparent);
        QPainter painter(&image);
        paintGlyph(&painter, QStringLiteral("sev-critical"), QRectF(0, 0, 16, 16), Qt::black);
        painter.end();
        image.setDevicePixelRatio(1);
        return image;
    };
    const QImage dense = paintAt(2);
    QCOMPARE(dense, CourierStyle::of(nullptr)
                        ->glyphs()
                        .pixmap(QStringLiteral("sev-critical"), {32, 32}, Qt::black)
                        .toImage()
                        .convertToFormat(QImage::Format_ARGB32_Premultiplied));
    QVERIFY(dense != paintAt(1).scaled(32, 32));
    QCOMPARE(glyphIcon(QStringLiteral("check")).pixmap(QSize(16, 16), 2.0).size(), QSize(32, 32));
}

void TestGlyphs::anUnknownNamePaintsNothing()
{
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("no glyph named")));
    const Glyphs glyphs;
    QCOMPARE(paintedPixels(glyphs.pixmap(QStringLiteral("no-such-glyph"), {16, 16}, Qt::black).toImage()), 0);
    QVERIFY(!Glyphs::exists(QStringLiteral("no-such-glyph")));
}

void TestGlyphs::theProgramIconHasEverySize()
{
    const QIcon icon = programIcon();
    for (const int size : {16, 22, 32, 48, 64, 128, 256}) {
        const QImage image = icon.pixmap(size).toImage();
        QCOMPARE(image.size(), QSize(size, size));
        QVERIFY(paintedPixels(image) > size * size * 2 / 3);
    }
}

QTEST_MAIN(TestGlyphs)
#include "tst_glyphs.moc"
