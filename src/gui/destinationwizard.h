// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "desk/desk.h"
#include "gui/teststep.h"

#include <QDialog>

#include <memory>

namespace courier {

class DialogFit;
class Stepper;

namespace Ui {
class DestinationWizard;
}

/// Add Destination, in two steps: its settings, which are stored at the end of the first, then a test alert. Also Edit
/// Destination: the same form, and the test on request. Open it with open(); it deletes itself.
class DestinationWizard : public QDialog
{
    Q_OBJECT

public:
    /// Adds one. \a desk outlives the dialog.
    explicit DestinationWizard(Desk &desk, QWidget *parent = nullptr);
    /// Edits \a destination.
    DestinationWizard(Desk &desk, const Destination &destination, QWidget *parent = nullptr);
    ~DestinationWizard() override;

    /// Esc and the window's close button: leave the first step, finish the second.
    void reject() override;

Q_SIGNALS:
    /// The set-up is finished: the destination is stored, tested or not.
    void finishedWith(courier::DestinationId id);

private:
    enum class AfterStoring { Test, Close };
    void setUp();
    void showForm();
    void showTest();
    void updateButtons();
    void store(AfterStoring then);
    void onStored(const Result<Destination> &stored, AfterStoring then);
    void finish();
    bool isTesting() const;

    Desk &m_desk;
    std::unique_ptr<Ui::DestinationWizard> ui;
    Stepper *m_stepper; ///< in the header
    DialogFit *m_fit;   ///< child
    Destination m_destination;
    bool m_isEdit = false;
};

} // namespace courier
