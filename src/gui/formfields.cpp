// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "gui/formfields.h"

#include "gui/fieldmessage.h"

#include <QFocusEvent>
#include <QLineEdit>

#include <algorithm>

namespace courier {
namespace {

bool leavesTheWindow(const QEvent *event)
{
    const Qt::FocusReason reason = static_cast<const QFocusEvent *>(event)->reason();
    return reason == Qt::ActiveWindowFocusReason || reason == Qt::PopupFocusReason;
}

} // namespace

FormFields::FormFields(QObject *parent)
    : QObject(parent)
{
}

void FormFields::add(int field, QWidget *widget, FieldMessage *message)
{
    m_places.insert(field, {widget, message});
    if (message) {
        message->setField(widget->focusProxy() ? widget->focusProxy() : widget);
    }
}

void FormFields::addLine(int field, QLineEdit *line, FieldMessage *message)
{
    add(field, line, message);
    m_lines.insert(line, field);
    line->installEventFilter(this);
    connect(line, &QLineEdit::textChanged, this, [this, field] { Q_EMIT changed(field); });
}

QList<int> FormFields::all() const
{
    QList<int> fields = m_places.keys();
    std::sort(fields.begin(), fields.end());
    return fields;
}

bool FormFields::isBlamed(int field) const
{
    const FieldMessage *line = message(field);
    return line && line->kind() != FieldMessage::Kind::Hint;
}

void FormFields::show(int field, const QList<FormIssue> &issues)
{
    FieldMessage *line = message(field);
    if (!line) {
        return;
    }
    const auto first =
        std::find_if(issues.begin(), issues.end(), [field](const FormIssue &issue) { return issue.field == field; });
    if (first == issues.end()) {
        line->clear();
    } else if (first->isError) {
        line->showError(first->message);
    } else {
        line->showWarning(first->message);
    }
}

bool FormFields::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::FocusOut && m_lines.contains(watched) && !leavesTheWindow(event)) {
        Q_EMIT left(m_lines.value(watched));
    }
    return QObject::eventFilter(watched, event);
}

} // namespace courier
