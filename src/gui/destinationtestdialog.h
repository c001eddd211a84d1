// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "domain/destination.h"

#include <QDialog>

#include <memory>

namespace courier {

class Desk;

namespace Ui {
class DestinationTestDialog;
}

/// Send Test Alert for a destination that is there: the wizard's second step by itself. Deletes itself when it is
/// closed. GUI thread.
class DestinationTestDialog : public QDialog
{
    Q_OBJECT

public:
    /// \a desk outlives the dialog, \a destination is stored.
    DestinationTestDialog(Desk &desk, const Destination &destination, QWidget *parent = nullptr);
    ~DestinationTestDialog() override;

public Q_SLOTS:
    /// Shows it, and sends the test at once: whoever opened it has just asked for that.
    void open() override;

private:
    void updatePrimary();

    std::unique_ptr<Ui::DestinationTestDialog> ui;
};

} // namespace courier
