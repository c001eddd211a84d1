// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "gui/stylewidgets.h"

#include <QAbstractScrollArea>
#include <QListView>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QStyleOption>
#include <QTextEdit>

namespace courier {

bool isPrimaryButton(const QStyleOptionButton &button, const QWidget *widget)
{
    if (!widget) {
        return false;
    }
    if (widget->property("primary").toBool()) {
        return true;
    }
    return button.features.testFlag(QStyleOptionButton::DefaultButton) &&
           qobject_cast<const QMessageBox *>(widget->window());
}

bool isEditor(const QWidget *widget)
{
    if (const auto *plain = qobject_cast<const QPlainTextEdit *>(widget)) {
        return !plain->isReadOnly();
    }
    const auto *rich = qobject_cast<const QTextEdit *>(widget);
    return rich && !rich->isReadOnly();
}

bool isPlainList(const QWidget *widget)
{
    const auto *list = qobject_cast<const QListView *>(widget);
    return list && list->viewMode() == QListView::ListMode;
}

QColor groundOf(const QWidget *part, const ColorTable &colors)
{
    for (const QWidget *parent = part ? part->parentWidget() : nullptr; parent; parent = parent->parentWidget()) {
        if (const auto *area = qobject_cast<const QAbstractScrollArea *>(parent)) {
            return area->viewport()->palette().color(area->viewport()->backgroundRole());
        }
    }
    return colors.color(ThemeColor::Base);
}

} // namespace courier
