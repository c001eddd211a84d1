// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "gui/busyticker.h"
#include "gui/colors.h"
#include "gui/glyphs.h"
#include "gui/mnemonickeys.h"

#include <QPointer>
#include <QProxyStyle>

namespace courier {

class Theme;

/// How every control looks: Fusion with our shapes, sizes and colours. Owned by the application
/// (QApplication::setStyle), which must have been handed a Theme that lives as long. GUI thread.
///
/// Dynamic properties it reads, set in a form or by setProperty() (then call update()):
/// - QPushButton `primary` (bool): the one button that does what the page is for
/// - QPushButton `flatButton` (bool): no frame until the pointer is over it
/// - QPushButton `alignLeft` (bool): words at the left edge, as an opener has them
/// - QPushButton `compact` (bool): 28 high and narrow, for rows
/// - QPushButton `segment` ("first", "middle", "last", "only"): part of a segmented toggle, see SegmentedButtons
/// - fields `fault` ("error", "warning"): marks the field; see setFault()
/// - any widget `textRole`, `muted`: see gui/fonts.h
/// - item views `navigation` (bool): rows are painted by NavDelegate alone, see gui/viewsetup.h
class CourierStyle final : public QProxyStyle
{
    Q_OBJECT

public:
    explicit CourierStyle(const Theme &theme);
    ~CourierStyle() override;

    /// The style \a widget (the application, for null) is painted with; null where that is another.
    static const CourierStyle *of(const QWidget *widget);
    /// Sets the style and the palette of the application.
    static void install(Theme &theme);

    const ColorTable &colors() const;
    const Glyphs &glyphs() const { return m_glyphs; }

    using QProxyStyle::polish;
    void polish(QWidget *widget) override;
    QPalette standardPalette() const override;
    int styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget,
                  QStyleHintReturn *returnData) const override;
    QIcon standardIcon(StandardPixmap which, const QStyleOption *option, const QWidget *widget) const override;
    QPixmap standardPixmap(StandardPixmap which, const QStyleOption *option, const QWidget *widget) const override;

    int pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const override;
    QSize sizeFromContents(ContentsType type, const QStyleOption *option, const QSize &contents,
                           const QWidget *widget) const override;
    QRect subElementRect(SubElement element, const QStyleOption *option, const QWidget *widget) const override;
    QRect subControlRect(ComplexControl control, const QStyleOptionComplex *option, SubControl part,
                         const QWidget *widget) const override;

    void drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                       const QWidget *widget) const override;
    void drawControl(ControlElement element, const QStyleOption *option, QPainter *painter,
                     const QWidget *widget) const override;
    void drawComplexControl(ComplexControl control, const QStyleOptionComplex *option, QPainter *painter,
                            const QWidget *widget) const override;

private:
    const QPointer<const Theme> m_theme;
    Glyphs m_glyphs;
    MnemonicKeys m_mnemonics;
    mutable BusyTicker m_busy;
};

/// Marks \a field ("error", "warning", or an empty word for none) and repaints it.
void setFault(QWidget *field, const QString &fault);

} // namespace courier
