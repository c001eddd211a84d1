// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QFont>

class QWidget;

namespace courier {

/// Sizes are relative to the desktop's font, so that a bigger one makes everything bigger.
enum class TextRole {
    Body,        ///< as it is
    Strong,      ///< semibold
    Heading,     ///< the question of a dialog: +1 pt, semibold
    Title,       ///< +5 pt, semibold
    Small,       ///< secondary lines, headers, status bar: -1 pt
    SmallStrong, ///< headings of the navigation: -1 pt, semibold
    Mono         ///< bodies and addresses: fixed width, -0.5 pt
};

/// \a base changed to \a role.
QFont fontFor(TextRole role, const QFont &base);
/// The application's font changed to \a role.
QFont fontFor(TextRole role);
/// By the word in a form's dynamic property `textRole`: "title", "heading", "strong", "small", "smallStrong", "mono".
TextRole textRoleFromWord(const QString &word);

/// Gives \a widget the font of \a role; \a muted sets its words in secondary text, whatever the theme becomes.
/// Forms say the same by the dynamic properties `textRole` (string) and `muted` (bool), which CourierStyle reads when
/// it polishes a widget.
void setTextRole(QWidget *widget, TextRole role, bool muted = false);

} // namespace courier
