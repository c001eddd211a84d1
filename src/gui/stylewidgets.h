// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "gui/colors.h"

class QStyleOptionButton;
class QWidget;

namespace courier {

// What CourierStyle asks about a widget it paints; each takes null for no.

/// Whether \a button is painted as the primary one: by its property, or as the default button of a message box.
bool isPrimaryButton(const QStyleOptionButton &button, const QWidget *widget);
/// A field of several lines that can be written in.
bool isEditor(const QWidget *widget);
/// A list whose entries are painted by the style, as that of a combo box or a file dialog.
bool isPlainList(const QWidget *widget);
/// The ground \a part (a scroll bar, a header) of a scroll area stands on: that of what scrolls.
QColor groundOf(const QWidget *part, const ColorTable &colors);

} // namespace courier
