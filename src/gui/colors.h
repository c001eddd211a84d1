// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "domain/delivery.h"
#include "domain/severity.h"

#include <QColor>
#include <QPalette>

#include <array>

namespace courier {

/// Every colour of the window, by what it is for. QPalette holds some of them too (see ColorTable::palette()).
enum class ThemeColor : quint8 {
    Window,        ///< chrome: menus, tool bar, sidebar, status bar, bodies of dialogs
    Base,          ///< content: tables, details, cards, headers of dialogs
    AlternateBase, ///< every other row
    Text,
    Muted,     ///< secondary text
    Disabled,  ///< text and glyphs of what can't be used now
    Hairline,  ///< parts two areas
    FieldEdge, ///< edge of fields and check boxes, 3:1 and more
    Button,    ///< fill of a push button
    ButtonHover,
    ButtonPressed,
    ButtonEdge,
    Accent,     ///< links, focus, marks of the chosen
    AccentFill, ///< fill of the primary button, OnAccent stands on it
    OnAccent,
    Selection, ///< chosen rows and the chosen part of a segmented toggle
    OnPill,    ///< words and glyph on the pill of Critical
    Critical,
    High,
    Medium,
    Low,
    Info,
    Delivered,
    Sending,
    Retrying,
    Failed,
    Held,
    Queued,
    Cancelled,
    NoDestination,
    Untested
};
constexpr size_t themeColorCount = static_cast<size_t>(ThemeColor::Untested) + 1;

/// One look, light or dark: an immutable table of colours. A plain value; thread-safe.
class ColorTable
{
public:
    static const ColorTable &light();
    static const ColorTable &dark();
    static const ColorTable &of(bool isDark) { return isDark ? dark() : light(); }

    bool isDark() const { return m_isDark; }
    QColor color(ThemeColor which) const { return m_colors[static_cast<size_t>(which)]; }
    /// By the key models use (models/marks.h); Text where the key is unknown.
    QColor color(const QString &key) const;
    QColor severityColor(Severity severity) const;
    QColor statusColor(AlertStatus status) const;
    QColor statusColor(DeliveryState state) const;
    /// The same as a palette, with the disabled group.
    QPalette palette() const;

    /// \a part of \a b in \a a, from 0 (all a) to 1 (all b); opaque.
    static QColor mix(const QColor &a, const QColor &b, double part);
    /// Contrast of two opaque colours as WCAG 2 defines it, 1 to 21.
    static double contrast(const QColor &a, const QColor &b);

private:
    using Values = std::array<QRgb, themeColorCount>;
    ColorTable(bool isDark, const Values &values);

    bool m_isDark;
    std::array<QColor, themeColorCount> m_colors;
};

} // namespace courier
