// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

// What is wrong with the fields, and where it is said. The rest is in destinationform.cpp.

#include "gui/destinationform.h"

#include "gui/formfields.h"
#include "ui_destinationform.h"

#include <algorithm>

namespace courier {
namespace {

bool isAdvanced(int field)
{
    return field >= idOf(DestinationField::Headers);
}

} // namespace

// Those that the settings show, and those that only the fields know; in the order of the form. Of the security the
// fields tell more than the subject that went wrong.
QList<FormIssue> DestinationForm::issues() const
{
    const Destination destination = value();
    QList<FormIssue> issues;
    for (const FieldIssue &issue : m_checker(destination) + ui->headers->secretIssues()) {
        if (m_fields->widget(idOf(issue.field))) {
            issues.append({idOf(issue.field), issue.isError, issue.message, issue.row});
        }
    }
    for (const SecurityIssue &issue : ui->security->issues() +
                                          checkSecurityFields(destination.security, destination.headers) +
                                          missingSecrets(destination, ui->security->kinds())) {
        issues.append({idOf(issue.field), issue.isError, issue.message});
    }
    std::stable_sort(issues.begin(), issues.end(), [](const FormIssue &a, const FormIssue &b) {
        return a.isError != b.isError ? a.isError : a.field < b.field;
    });
    return issues;
}

bool DestinationForm::validate()
{
    ui->headers->takeHeaders();
    ui->security->take();
    const QList<FormIssue> all = issues();
    for (const int field : m_fields->all()) {
        showIssues(field, all);
    }
    const bool isHidden = std::any_of(all.begin(), all.end(),
                                      [](const FormIssue &issue) { return issue.isError && isAdvanced(issue.field); });
    if (isHidden) {
        setAdvancedShown(true);
    }
    const auto fault = std::find_if(all.begin(), all.end(), [](const FormIssue &issue) { return issue.isError; });
    if (fault == all.end()) {
        return true;
    }
    focusField(fault->field, fault->row);
    return false;
}

void DestinationForm::showFault(DestinationField field, const QString &message)
{
    showIssues(idOf(field), {{idOf(field), true, message}});
    focusField(idOf(field), -1);
}

void DestinationForm::checkField(int field)
{
    showIssues(field, issues());
}

// While it is being written, a field is not blamed anew; but what was wrong with it goes as soon as it is right. A
// check box is done with by its click.
void DestinationForm::recheck(int field)
{
    if (m_quiet) {
        return;
    }
    const bool isChoice = field == idOf(DestinationField::Severities) || field == idOf(DestinationField::Types);
    if (isChoice || m_fields->isBlamed(field)) {
        checkField(field);
    }
    onEdited();
}

void DestinationForm::showIssues(int field, const QList<FormIssue> &issues)
{
    if (field == idOf(DestinationField::Headers)) {
        const auto first = std::find_if(issues.begin(), issues.end(),
                                        [field](const FormIssue &issue) { return issue.field == field; });
        ui->headers->markFault(first == issues.end() ? -1 : first->row);
    }
    m_fields->show(field, issues);
}

void DestinationForm::focusField(int field, int row)
{
    if (isAdvanced(field)) {
        setAdvancedShown(true);
    }
    m_fields->widget(field)->setFocus();
    if (field == idOf(DestinationField::Headers)) {
        ui->headers->setCurrentCell(std::max(row, 0), 0);
    }
}

} // namespace courier
