// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "gui/mnemonickeys.h"

#include <QCoreApplication>
#include <QKeyEvent>
#include <QWidget>

namespace courier {

MnemonicKeys::MnemonicKeys(QObject *parent)
    : QObject(parent)
{
    if (QCoreApplication *app = QCoreApplication::instance()) {
        app->installEventFilter(this);
    }
}

bool MnemonicKeys::eventFilter(QObject *watched, QEvent *event)
{
    const QEvent::Type type = event->type();
    const bool isKey = type == QEvent::KeyPress || type == QEvent::KeyRelease;
    if (!isKey && !(m_shown && type == QEvent::WindowDeactivate)) {
        return false;
    }
    auto *widget = qobject_cast<QWidget *>(watched);
    if (!widget || (isKey && static_cast<QKeyEvent *>(event)->key() != Qt::Key_Alt)) {
        return false;
    }
    setShown(type == QEvent::KeyPress, widget->window());
    return false;
}

void MnemonicKeys::setShown(bool shown, QWidget *window)
{
    if (shown == m_shown) {
        return;
    }
    m_shown = shown;
    window->update();
    for (QWidget *child : window->findChildren<QWidget *>()) {
        child->update();
    }
}

} // namespace courier
