// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "desk/desk.h"

#include <QDialog>

#include <memory>

namespace courier {

namespace Ui {
class ResendDialog;
}

/// Asks before many failed deliveries are resent: how many, where to, found by what. Counts in the background. Open it
/// with open(); it deletes itself.
class ResendDialog : public QDialog
{
    Q_OBJECT

public:
    /// \a search is what the operator typed, for the question; empty where all are meant. \a desk outlives the dialog.
    ResendDialog(Desk &desk, const AlertFilter &filter, const QString &search, QWidget *parent = nullptr);
    ~ResendDialog() override;

Q_SIGNALS:
    void confirmed(const courier::AlertFilter &filter);

private:
    void showPlan(const ResendPlan &plan);
    void addCount(int row, DestinationId id, qint64 count);
    QString whatWords(const ResendPlan &plan) const;

    Desk &m_desk;
    AlertFilter m_filter;
    QString m_search;
    std::unique_ptr<Ui::ResendDialog> ui;
};

} // namespace courier
