// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "gui/colors.h"

#include <QHash>
#include <QString>

#include <algorithm>
#include <cmath>

namespace courier {

namespace {

ThemeColor colorOf(Severity severity)
{
    switch (severity) {
    case Severity::Critical:
        return ThemeColor::Critical;
    case Severity::High:
        return ThemeColor::High;
    case Severity::Medium:
        return ThemeColor::Medium;
    case Severity::Low:
        return ThemeColor::Low;
    case Severity::Info:
        break;
    }
    return ThemeColor::Info;
}

ThemeColor colorOf(AlertStatus status)
{
    switch (status) {
    case AlertStatus::Queued:
        return ThemeColor::Queued;
    case AlertStatus::Sending:
        return ThemeColor::Sending;
    case AlertStatus::Retrying:
        return ThemeColor::Retrying;
    case AlertStatus::Delivered:
        return ThemeColor::Delivered;
    case AlertStatus::Failed:
        return ThemeColor::Failed;
    case AlertStatus::Held:
        return ThemeColor::Held;
    case AlertStatus::Cancelled:
        return ThemeColor::Cancelled;
    case AlertStatus::NoDestination:
        break;
    }
    return ThemeColor::NoDestination;
}

const QHash<QString, ThemeColor> &colorsByKey()
{
    static const QHash<QString, ThemeColor> keys{
        {QStringLiteral("text"), ThemeColor::Text},
        {QStringLiteral("muted"), ThemeColor::Muted},
        {QStringLiteral("disabled"), ThemeColor::Disabled},
        {QStringLiteral("accent"), ThemeColor::Accent},
        {QStringLiteral("onaccent"), ThemeColor::OnAccent},
        {QStringLiteral("notice"), ThemeColor::Accent},
        {QStringLiteral("warning"), ThemeColor::Retrying},
        {QStringLiteral("error"), ThemeColor::Failed},
        {QStringLiteral("success"), ThemeColor::Delivered},
        {QStringLiteral("critical"), ThemeColor::Critical},
        {QStringLiteral("high"), ThemeColor::High},
        {QStringLiteral("medium"), ThemeColor::Medium},
        {QStringLiteral("low"), ThemeColor::Low},
        {QStringLiteral("info"), ThemeColor::Info},
        {QStringLiteral("delivered"), ThemeColor::Delivered},
        {QStringLiteral("sending"), ThemeColor::Sending},
        {QStringLiteral("retrying"), ThemeColor::Retrying},
        {QStringLiteral("failed"), ThemeColor::Failed},
        {QStringLiteral("held"), ThemeColor::Held},
        {QStringLiteral("queued"), ThemeColor::Queued},
        {QStringLiteral("cancelled"), ThemeColor::Cancelled},
        {QStringLiteral("none"), ThemeColor::NoDestination},
        {QStringLiteral("untested"), ThemeColor::Untested},
    };
    return keys;
}

double luminance(const QColor &color)
{
    const auto linear = [](double part) {
        return part <= 0.04045 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

} // namespace

ColorTable::ColorTable(bool isDark, const Values &values)
    : m_isDark(isDark)
{
    std::transform(values.begin(), values.end(), m_colors.begin(),
                   [](QRgb value) { return QColor::fromRgb(value | 0xff000000u); });
}

const ColorTable &ColorTable::light()
{
    // In the order of ThemeColor.
    static const ColorTable table(false,
                                  {0xf5f6f8, 0xffffff, 0xf8f9fb, 0x1c2128, 0x59626e, 0x98a1ab, 0xdde1e6, 0x7f8995,
                                   0xffffff, 0xf0f3f6, 0xe4e9ee, 0xc3cad2, 0x0b62c4, 0x0b62c4, 0xffffff, 0xd6e6fa,
                                   0xffffff, 0x7a0f44, 0x8f3206, 0x8c6405, 0x0242ac, 0x606e7e, 0x0a7650, 0x0158f0,
                                   0x84610b, 0x8a0d16, 0x353c43, 0x606e7e, 0x606e7e, 0x606e7e, 0x84610b});
    return table;
}

const ColorTable &ColorTable::dark()
{
    static const ColorTable table(true, {0x17181c, 0x1e2025, 0x262930, 0xe6e8ec, 0xa6b0bd, 0x5f6772, 0x363a43, 0x6b7480,
                                         0x2a2d35, 0x343841, 0x23262d, 0x4a505b, 0x4a9fe8, 0x2a76c5, 0xffffff, 0x1f3a57,
                                         0x17181c, 0xfc5070, 0xed8c1e, 0xfef97c, 0x6eabe4, 0xbcc3cd, 0x99eadf, 0x379fee,
                                         0xebd146, 0xfc605f, 0x8a949f, 0xbcc3cd, 0x8a949f, 0x8a949f, 0xebd146});
    return table;
}

QColor ColorTable::color(const QString &key) const
{
    return color(colorsByKey().value(key, ThemeColor::Text));
}

QColor ColorTable::severityColor(Severity severity) const
{
    return color(colorOf(severity));
}

QColor ColorTable::statusColor(AlertStatus status) const
{
    return color(colorOf(status));
}

QColor ColorTable::statusColor(DeliveryState state) const
{
    return color(colorOf(static_cast<AlertStatus>(state)));
}

QPalette ColorTable::palette() const
{
    QPalette palette;
    const auto set = [&](QPalette::ColorRole role, ThemeColor which) { palette.setColor(role, color(which)); };
    set(QPalette::Window, ThemeColor::Window);
    set(QPalette::WindowText, ThemeColor::Text);
    set(QPalette::Base, ThemeColor::Base);
    set(QPalette::AlternateBase, ThemeColor::AlternateBase);
    set(QPalette::Text, ThemeColor::Text);
    set(QPalette::PlaceholderText, ThemeColor::Muted);
    set(QPalette::Button, ThemeColor::Button);
    set(QPalette::ButtonText, ThemeColor::Text);
    set(QPalette::BrightText, ThemeColor::OnAccent);
    set(QPalette::Highlight, ThemeColor::Selection);
    set(QPalette::HighlightedText, ThemeColor::Text);
    set(QPalette::Link, ThemeColor::Accent);
    set(QPalette::LinkVisited, ThemeColor::Accent);
    set(QPalette::Light, ThemeColor::ButtonHover);
    set(QPalette::Midlight, ThemeColor::Hairline);
    set(QPalette::Mid, ThemeColor::Hairline);
    set(QPalette::Dark, ThemeColor::FieldEdge);
    set(QPalette::Shadow, ThemeColor::FieldEdge);
    set(QPalette::ToolTipBase, ThemeColor::Base);
    set(QPalette::ToolTipText, ThemeColor::Text);
    for (const auto role : {QPalette::Text, QPalette::WindowText, QPalette::ButtonText, QPalette::HighlightedText}) {
        palette.setColor(QPalette::Disabled, role, color(ThemeColor::Disabled));
    }
    palette.setColor(QPalette::Disabled, QPalette::Base, color(ThemeColor::Window));
    return palette;
}

QColor ColorTable::mix(const QColor &a, const QColor &b, double part)
{
    const auto between = [part](float from, float to) { return static_cast<float>(from * (1 - part) + to * part); };
    return QColor::fromRgbF(between(a.redF(), b.redF()), between(a.greenF(), b.greenF()),
                            between(a.blueF(), b.blueF()));
}

double ColorTable::contrast(const QColor &a, const QColor &b)
{
    const auto [dark, light] = std::minmax({luminance(a), luminance(b)});
    return (light + 0.05) / (dark + 0.05);
}

} // namespace courier
