// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "domain/destination.h"
#include "gui/secretfield.h"

#include <QWidget>

#include <functional>
#include <memory>

class QCheckBox;

namespace courier {

class FormFields;
struct FormIssue;

namespace Ui {
class DestinationForm;
}

/// The settings of a destination as fields: the everyday ones, and under Advanced the rest. Each field is checked when
/// it is left, all of them by validate(). GUI thread.
class DestinationForm : public QWidget
{
    Q_OBJECT

public:
    using Checker = std::function<QList<FieldIssue>(const Destination &)>;

    explicit DestinationForm(QWidget *parent = nullptr);
    ~DestinationForm() override;

    /// What is wrong with the settings; courier::check() at first.
    void setChecker(Checker checker) { m_checker = std::move(checker); }

    /// Reads the secrets of the destination of the last setValue(), for an operator who asks to see one.
    void setSecretReader(const SecretReader &reader);
    /// The SHA-256 of the certificate that the receiver showed last; empty: none was seen.
    void setSeenCertificate(const QByteArray &sha256);

    /// The settings as they stand, over those of the last setValue(); spaces around name and address are left out.
    Destination value() const;
    /// What was entered of its secrets since.
    SecretChanges secretChanges() const;
    void setValue(const Destination &destination);

    /// Checks every field, says under each what is wrong, and takes the focus to the first fault. True where nothing
    /// stands in the way of storing it; warnings don't.
    bool validate();
    /// Says under \a field what the store had against it, and takes the focus there.
    void showFault(DestinationField field, const QString &message);
    void setAdvancedShown(bool shown);
    bool isAdvancedShown() const { return m_advancedShown; }

Q_SIGNALS:
    void edited(); ///< value() differs from before

protected:
    void showEvent(QShowEvent *event) override;

private:
    void prepareChoices();
    void prepareFields();
    void connectFields();
    void connectHeaders();
    QList<FormIssue> issues() const;
    void checkField(int field);
    void recheck(int field);
    void showIssues(int field, const QList<FormIssue> &issues);
    void focusField(int field, int row);
    void onEdited();
    void updateWords();

    std::unique_ptr<Ui::DestinationForm> ui;
    Checker m_checker;
    Destination m_base;
    FormFields *m_fields; ///< child
    QList<std::pair<Severity, QCheckBox *>> m_severities;
    QList<std::pair<AlertType, QCheckBox *>> m_types;
    QList<QWidget *> m_advancedFields;
    bool m_advancedShown = false;
    bool m_quiet = false; ///< values are being set, not edited
};

} // namespace courier
