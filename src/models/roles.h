// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <Qt>

namespace courier {

/// What a model says about a cell beside Qt's own roles. The window's delegates read them; the words of a cell stay in
/// Qt::DisplayRole, what a screen reader says in Qt::AccessibleTextRole, tool tips (plain text) in Qt::ToolTipRole.
enum ItemRole {
    GlyphRole = Qt::UserRole + 1, ///< QString: name of the glyph before the words, see models/marks.h
    ColorKeyRole,                 ///< QString: key of the glyph's colour, see models/marks.h
    PillRole,     ///< bool: true sets the cell on a pill of its colour; false keeps the glyph in line with such cells
    MutedRole,    ///< bool: secondary text
    BoldRole,     ///< bool
    MonoRole,     ///< bool: the fixed-width font
    CountRole,    ///< QString: stands at the right of a navigation row
    IdRole,       ///< qint64: number() of the id of what the row shows
    HeadingRole,  ///< bool: a heading of the navigation, not an entry
    IndentRole,   ///< int: pixels the cell begins further right
    SortRole,     ///< what the column sorts by
    NoteRole,     ///< QString: stands after the words as secondary text; the accessible text says it, too
    KindRole,     ///< int: what kind of row it is, in the model's own words
    FirstFreeRole ///< models that need more begin here
};

} // namespace courier
