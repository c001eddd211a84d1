// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "desk/desk.h"

#include <QDialog>

#include <memory>

namespace courier {

namespace Ui {
class DestinationTestDialog;
}

/// Sends a test alert to a destination at once and shows how it goes. Open it with open(); it deletes itself.
class DestinationTestDialog : public QDialog
{
    Q_OBJECT

public:
    /// \a desk outlives the dialog.
    DestinationTestDialog(Desk &desk, const Destination &destination, QWidget *parent = nullptr);
    ~DestinationTestDialog() override;

private:
    std::unique_ptr<Ui::DestinationTestDialog> ui;
};

} // namespace courier
