// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QAccessible>
#include <QString>
#include <QWidget>

namespace courier {

/// Works the window as a person would, by real events on real controls, found by their accessible role and name.
namespace hands {

/// The visible control below \a root with this role and name; null where there is none.
QWidget *find(QWidget *root, QAccessible::Role role, const QString &name);
QWidget *button(QWidget *root, const QString &name);
QWidget *field(QWidget *root, const QString &name);
/// A visible window (dialog) with this title; null where there is none.
QWidget *window(const QString &title);
/// True where a visible label below \a root holds a text that begins so.
bool says(QWidget *root, const QString &beginning);

void click(QWidget *control);
/// Puts \a text in the place of what the field holds, key by key.
void type(QWidget *field, const QString &text);
void press(QWidget *control, int key, Qt::KeyboardModifiers modifiers = Qt::NoModifier);

} // namespace hands

} // namespace courier
