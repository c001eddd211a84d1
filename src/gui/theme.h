// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "gui/colors.h"

#include <QObject>

#include <memory>
#include <optional>

class QWidget;

namespace courier {

class DesktopAppearance;

/// Which look is in force, and who is told when it changes. Owned by the application, handed to CourierStyle. A change
/// sets the application's palette, so every widget repaints at once; icons and delegates take their colours when they
/// paint. GUI thread.
class Theme : public QObject
{
    Q_OBJECT

public:
    /// What the operator chose under View > Appearance. System follows the desktop.
    enum class Appearance { System, Light, Dark };
    Q_ENUM(Appearance)

    explicit Theme(QObject *parent = nullptr);
    ~Theme() override;

    Appearance appearance() const { return m_appearance; }
    /// Shows at once. System asks the desktop in the background and follows its changes; until it has answered, the
    /// palette the program was started with decides.
    void setAppearance(Appearance appearance);
    /// Sets the application's palette (and that of tool tips) to the look in force. Call once after the style is set.
    void apply();

    bool isDark() const { return m_isDark; }
    const ColorTable &colors() const { return ColorTable::of(m_isDark); }
    QColor color(ThemeColor which) const { return colors().color(which); }
    QColor severityColor(Severity severity) const { return colors().severityColor(severity); }
    QColor statusColor(AlertStatus status) const { return colors().statusColor(status); }
    QColor statusColor(DeliveryState state) const { return colors().statusColor(state); }

    /// The colours \a widget (or the application, for null) is painted with: those of the Theme in its CourierStyle,
    /// else the table that fits its palette. For paint code that was handed no Theme.
    static const ColorTable &of(const QWidget *widget = nullptr);

Q_SIGNALS:
    /// Light became dark or the reverse. The application's palette is set; Qt hands it to the widgets in the next turn
    /// of the event loop, before it paints.
    void changed();

private:
    void follow(std::optional<bool> desktopIsDark);
    void setDark(bool isDark);

    Appearance m_appearance = Appearance::System;
    bool m_startedDark; ///< by the palette at the start
    bool m_isDark;
    std::unique_ptr<DesktopAppearance> m_desktop; ///< only while following it
};

} // namespace courier
