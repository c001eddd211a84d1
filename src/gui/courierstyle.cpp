// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "gui/courierstyle.h"

#include "gui/fonts.h"
#include "gui/theme.h"

#include <QApplication>
#include <QDialogButtonBox>
#include <QMenu>
#include <QVariant>
#include <QWidget>

namespace courier {

namespace {

/// Our glyph for one of Qt's own pictures, and its colour; an empty name where Fusion's may stay.
std::pair<QString, QString> glyphFor(QStyle::StandardPixmap which)
{
    switch (which) {
    case QStyle::SP_MessageBoxInformation:
        return {QStringLiteral("info"), QStringLiteral("notice")};
    case QStyle::SP_MessageBoxWarning:
        return {QStringLiteral("warning"), QStringLiteral("warning")};
    case QStyle::SP_MessageBoxCritical:
        return {QStringLiteral("error"), QStringLiteral("error")};
    case QStyle::SP_MessageBoxQuestion:
        return {QStringLiteral("question"), QStringLiteral("notice")};
    case QStyle::SP_LineEditClearButton:
        return {QStringLiteral("close"), QStringLiteral("muted")};
    case QStyle::SP_ToolBarHorizontalExtensionButton:
        return {QStringLiteral("more"), QStringLiteral("text")};
    default:
        return {};
    }
}

} // namespace

CourierStyle::CourierStyle(const Theme &theme)
    : QProxyStyle(QStringLiteral("Fusion"))
    , m_theme(&theme)
{
}

CourierStyle::~CourierStyle() = default;

const CourierStyle *CourierStyle::of(const QWidget *widget)
{
    return qobject_cast<const CourierStyle *>(widget ? widget->style() : QApplication::style());
}

void CourierStyle::install(Theme &theme)
{
    QApplication::setStyle(new CourierStyle(theme));
    theme.apply();
}

const ColorTable &CourierStyle::colors() const
{
    return m_theme ? m_theme->colors() : ColorTable::light();
}

void CourierStyle::polish(QWidget *widget)
{
    QProxyStyle::polish(widget);
    const QVariant role = widget->property("textRole");
    const QVariant muted = widget->property("muted");
    if (role.isValid() || muted.isValid()) {
        setTextRole(widget, textRoleFromWord(role.toString()), muted.toBool());
    }
}

QPalette CourierStyle::standardPalette() const
{
    return colors().palette();
}

int CourierStyle::styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget,
                            QStyleHintReturn *returnData) const
{
    switch (hint) {
    case SH_ItemView_ShowDecorationSelected:
        return 1;
    case SH_DialogButtonBox_ButtonsHaveIcons:
        return 0;
    case SH_DialogButtonLayout:
        return QDialogButtonBox::GnomeLayout;
    case SH_EtchDisabledText:
        return 0;
    case SH_UnderlineShortcut:
        return m_mnemonics.areShown() || qobject_cast<const QMenu *>(widget) ? 1 : 0;
    case SH_TabBar_Alignment:
        return Qt::AlignLeft;
    case SH_ComboBox_Popup:
        return 0;
    case SH_ToolTipLabel_Opacity:
        return 255;
    case SH_MessageBox_CenterButtons:
        return 0;
    case SH_ScrollBar_Transient:
        return 0;
    case SH_Menu_SubMenuPopupDelay:
        return 150;
    default:
        return QProxyStyle::styleHint(hint, option, widget, returnData);
    }
}

QIcon CourierStyle::standardIcon(StandardPixmap which, const QStyleOption *option, const QWidget *widget) const
{
    const auto [glyph, colorKey] = glyphFor(which);
    return glyph.isEmpty() ? QProxyStyle::standardIcon(which, option, widget) : glyphIcon(glyph, colorKey);
}

QPixmap CourierStyle::standardPixmap(StandardPixmap which, const QStyleOption *option, const QWidget *widget) const
{
    const auto [glyph, colorKey] = glyphFor(which);
    if (glyph.isEmpty()) {
        return QProxyStyle::standardPixmap(which, option, widget);
    }
    const int size = pixelMetric(PM_MessageBoxIconSize, option, widget);
    return glyphIcon(glyph, colorKey).pixmap(QSize(size, size), widget ? widget->devicePixelRatioF() : 1.0);
}

void setFault(QWidget *field, const QString &fault)
{
    field->setProperty("fault", fault);
    field->update();
}

} // namespace courier
