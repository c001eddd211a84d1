// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "gui/colors.h"

#include <QRectF>
#include <QString>

class QPainter;
class QWidget;

namespace courier {

/// A rounded box: an invalid colour leaves out the fill or the edge. Pixels.
struct Box
{
    QColor fill;
    QColor edge;
    double radius = 6;
    double edgeWidth = 1;
};

/// Draws \a box inside \a rect, its edge wholly within.
void paintBox(QPainter *painter, const QRectF &rect, const Box &box);

/// The ring of what has the focus. \a onAccent adds the light inner ring that parts it from an accent fill.
void paintFocusRing(QPainter *painter, const QRectF &rect, const ColorTable &colors, bool onAccent = false);

/// How a field stands: enabled, focused, and its fault ("error", "warning" or empty).
struct FieldState
{
    bool enabled = true;
    bool focused = false;
    QString fault;
};

/// The frame and ground of a field one can write or choose in.
void paintField(QPainter *painter, const QRectF &rect, const ColorTable &colors, const FieldState &state);

/// The one-pixel lines at the edge of \a rect.
void paintBottomLine(QPainter *painter, const QRect &rect, const ColorTable &colors);
void paintTopLine(QPainter *painter, const QRect &rect, const ColorTable &colors);

} // namespace courier
