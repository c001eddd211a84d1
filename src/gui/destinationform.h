// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "domain/destination.h"

#include <QHash>
#include <QWidget>

#include <functional>
#include <memory>

class QCheckBox;

namespace courier {

class FieldMessage;

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

    /// The settings as they stand, over those of the last setValue(); spaces around name and address are left out.
    Destination value() const;
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
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void prepareChoices();
    void prepareMessages();
    void connectFields();
    void checkField(DestinationField field);
    void recheck(DestinationField field);
    void showIssues(DestinationField field, const QList<FieldIssue> &issues);
    void focusField(DestinationField field, int row);
    void onEdited();
    void updateWords();

    std::unique_ptr<Ui::DestinationForm> ui;
    Checker m_checker;
    Destination m_base;
    QHash<DestinationField, FieldMessage *> m_messages;
    QList<std::pair<Severity, QCheckBox *>> m_severities;
    QList<std::pair<AlertType, QCheckBox *>> m_types;
    QList<QWidget *> m_advancedFields;
    bool m_advancedShown = false;
    bool m_quiet = false; ///< values are being set, not edited
};

} // namespace courier
