// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "domain/securityfields.h"
#include "gui/formfields.h"
#include "gui/secretfield.h"

#include <QWidget>

namespace courier {

/// One subject of a destination's security as fields: how it signs, logs in, trusts, is reached. GUI thread.
class SecurityPart : public QWidget
{
    Q_OBJECT

public:
    using QWidget::QWidget;

    /// Tells the form where its fields are. Once.
    virtual void addTo(FormFields &fields) = 0;
    virtual void setReader(const SecretReader &reader) = 0;
    virtual void setValue(const Destination &destination) = 0;
    /// Writes its settings over those in \a security.
    virtual void write(DestinationSecurity &security) const = 0;
    /// Adds what was entered of its secrets.
    virtual void addChanges(SecretChanges &changes) const = 0;
    /// Which secrets there will be.
    virtual void addKinds(SecretKinds &kinds) const = 0;
    /// What is wrong that the settings themselves don't show: a file that can't be read, a key that is none.
    virtual QList<SecurityIssue> issues() const = 0;
    /// Reads what was entered and not read yet; before the others are asked.
    virtual void take() {}

Q_SIGNALS:
    void edited();
    void left(courier::SecurityField field);    ///< it is to be checked
    void changed(courier::SecurityField field); ///< it is to be checked where it is blamed
};

/// Shows or hides a row of a form.
inline void setRowShown(std::initializer_list<QWidget *> row, bool shown)
{
    for (QWidget *one : row) {
        one->setVisible(shown);
    }
}

/// What was entered in \a field, and whether it is a secret of \a kind at all.
void addChange(SecretChanges &changes, SecretKind kind, const SecretField &field);
void addFault(QList<SecurityIssue> &issues, SecretKind kind, const SecretField &field);

} // namespace courier
