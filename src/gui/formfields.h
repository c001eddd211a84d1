// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "domain/securityfields.h"

#include <QHash>
#include <QList>
#include <QObject>

class QLineEdit;
class QWidget;

namespace courier {

class FieldMessage;

/// A field of the form by a number, in the order of the form.
constexpr int idOf(DestinationField field)
{
    return static_cast<int>(field);
}
constexpr int idOf(SecurityField field)
{
    constexpr int behindAllOthers = 100;
    return behindAllOthers + static_cast<int>(field);
}

/// What is wrong with, or worth knowing about, one field.
struct FormIssue
{
    int field; ///< see idOf()
    bool isError;
    QString message;
    int row = -1; ///< of the headers: which one
};

/// Which widget a destination's settings are entered in, and the line under it that says what is wrong. GUI thread.
class FormFields : public QObject
{
    Q_OBJECT

public:
    explicit FormFields(QObject *parent);

    /// \a widget takes the focus and is marked; neither is owned.
    void add(int field, QWidget *widget, FieldMessage *message);
    /// Likewise, and tells when it is written in and left.
    void addLine(int field, QLineEdit *line, FieldMessage *message);

    /// In the order of the form.
    QList<int> all() const;
    /// Null where the form has no such field.
    QWidget *widget(int field) const { return m_places.value(field).widget; }
    /// Null where nothing can be wrong with it.
    FieldMessage *message(int field) const { return m_places.value(field).message; }
    /// A message other than its hint stands under it.
    bool isBlamed(int field) const;
    /// Says the first of \a issues that is of \a field; its hint where there is none.
    void show(int field, const QList<FormIssue> &issues);

Q_SIGNALS:
    void changed(int field);
    void left(int field); ///< for another one of the same window

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    struct Place
    {
        QWidget *widget = nullptr;
        FieldMessage *message = nullptr;
    };

    QHash<int, Place> m_places;
    QHash<QObject *, int> m_lines;
};

} // namespace courier
