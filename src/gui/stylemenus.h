// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "gui/glyphs.h"
#include "gui/stylepaint.h"

class QStyleOptionMenuItem;

namespace courier {

/// Paints the entries of menus and of the menu bar for CourierStyle.
struct MenuPainter
{
    QPainter *painter;
    const ColorTable &colors;
    const Glyphs &glyphs;
    int wordFlags; ///< of QPainter::drawText, for mnemonics

    void paintItem(const QStyleOptionMenuItem &item) const;
    void paintBarItem(const QStyleOptionMenuItem &item) const;

private:
    void paintMark(const QStyleOptionMenuItem &item, const QRect &place) const;
};

} // namespace courier
