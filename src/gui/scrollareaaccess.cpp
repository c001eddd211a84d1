// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "gui/scrollareaaccess.h"

#include <QAccessibleWidget>
#include <QWidget>

namespace courier {
namespace {

/// The widget's children by what they are, each question checked against the children there are.
QAccessibleInterface *makeInterface(const QString &className, QObject *object)
{
    const bool isScrollArea =
        className == QLatin1String("QScrollArea") || className == QLatin1String("QAbstractScrollArea");
    auto *widget = isScrollArea ? qobject_cast<QWidget *>(object) : nullptr;
    return widget ? new QAccessibleWidget(widget, QAccessible::Client) : nullptr;
}

} // namespace

void installScrollAreaAccess()
{
    QAccessible::installFactory(makeInterface);
}

} // namespace courier
