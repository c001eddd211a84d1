// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "gui/wheelguard.h"

#include <QAbstractSpinBox>
#include <QComboBox>
#include <QEvent>

namespace courier {

WheelGuard::WheelGuard(QWidget *form)
    : QObject(form)
{
    const QList<QWidget *> widgets = form->findChildren<QWidget *>();
    for (QWidget *one : widgets) {
        if (qobject_cast<QComboBox *>(one) || qobject_cast<QAbstractSpinBox *>(one)) {
            one->setFocusPolicy(Qt::StrongFocus); // the wheel alone gives no focus
            one->installEventFilter(this);
        }
    }
}

bool WheelGuard::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Wheel && !qobject_cast<QWidget *>(watched)->hasFocus()) {
        event->ignore(); // it goes on to what scrolls
        return true;
    }
    return QObject::eventFilter(watched, event);
}

} // namespace courier
