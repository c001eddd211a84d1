// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "app/hands.h"

#include <QApplication>
#include <QKeyEvent>
#include <QLabel>
#include <QMouseEvent>

namespace courier::hands {

QWidget *find(QWidget *root, QAccessible::Role role, const QString &name)
{
    if (!root) {
        return nullptr;
    }
    const QList<QWidget *> widgets = root->findChildren<QWidget *>();
    for (QWidget *widget : widgets) {
        if (!widget->isVisible()) {
            continue;
        }
        QAccessibleInterface *interface = QAccessible::queryAccessibleInterface(widget);
        if (interface && interface->role() == role && interface->text(QAccessible::Name) == name) {
            return widget;
        }
    }
    return nullptr;
}

QWidget *button(QWidget *root, const QString &name)
{
    return find(root, QAccessible::Button, name);
}

QWidget *field(QWidget *root, const QString &name)
{
    return find(root, QAccessible::EditableText, name);
}

QWidget *window(const QString &title)
{
    const QWidgetList windows = QApplication::topLevelWidgets();
    for (QWidget *one : windows) {
        if (one->isVisible() && one->windowTitle() == title) {
            return one;
        }
    }
    return nullptr;
}

bool says(QWidget *root, const QString &beginning)
{
    if (!root) {
        return false;
    }
    const QList<QLabel *> labels = root->findChildren<QLabel *>();
    return std::any_of(labels.begin(), labels.end(),
                       [&](const QLabel *label) { return label->isVisible() && label->text().startsWith(beginning); });
}

void click(QWidget *control)
{
    const QPointF at = QRectF(control->rect()).center();
    const QPointF global = control->mapToGlobal(at);
    QMouseEvent down(QEvent::MouseButtonPress, at, global, Qt::LeftButton, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(control, &down);
    QMouseEvent up(QEvent::MouseButtonRelease, at, global, Qt::LeftButton, Qt::NoButton, Qt::NoModifier);
    QApplication::sendEvent(control, &up);
}

void press(QWidget *control, int key, Qt::KeyboardModifiers modifiers)
{
    const QString text = modifiers == Qt::NoModifier && key < 0x80 ? QString(QChar(key)) : QString();
    QKeyEvent down(QEvent::KeyPress, key, modifiers, text);
    QApplication::sendEvent(control, &down);
    QKeyEvent up(QEvent::KeyRelease, key, modifiers, text);
    QApplication::sendEvent(control, &up);
}

void type(QWidget *field, const QString &text)
{
    field->setFocus(Qt::OtherFocusReason);
    press(field, Qt::Key_A, Qt::ControlModifier);
    press(field, Qt::Key_Delete);
    for (const QChar c : text) {
        QKeyEvent down(QEvent::KeyPress, Qt::Key_unknown, Qt::NoModifier, QString(c));
        QApplication::sendEvent(field, &down);
    }
}

} // namespace courier::hands
