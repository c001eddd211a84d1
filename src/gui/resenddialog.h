// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "desk/desk.h"
#include "gui/questiondialog.h"

namespace courier {

/// Asks before many failed deliveries are resent: how many, where to, found by what. Counts in the background; until
/// then there is nothing to agree to. GUI thread.
class ResendDialog : public QuestionDialog
{
    Q_OBJECT

public:
    /// \a search is what the operator typed, for the question; empty where all are meant. \a desk outlives the dialog.
    ResendDialog(Desk &desk, const AlertFilter &filter, const QString &search, QWidget *parent = nullptr);

Q_SIGNALS:
    void confirmed(const courier::AlertFilter &filter);

private:
    void showPlan(const ResendPlan &plan);
    void showNothing();
    void addCount(int row, DestinationId id, qint64 count);
    void addMore(int row, const QList<std::pair<DestinationId, qint64>> &more);
    QString whichWords() const;

    Desk &m_desk;
    AlertFilter m_filter;
    QString m_search;
};

} // namespace courier
