// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "domain/destination.h"

#include <QDialog>

#include <memory>
#include <optional>

namespace courier {

class Desk;
class Stepper;
struct Error;

namespace Ui {
class DestinationWizard;
}

/// Add Destination in two steps: configure, which stores it, then test. Going back changes that same destination. Also
/// Edit Destination: the same form, and the same test for who wants it. Open it by open(); it deletes itself when it is
/// closed. GUI thread.
class DestinationWizard : public QDialog
{
    Q_OBJECT

public:
    /// Add Destination. \a desk outlives the dialog.
    explicit DestinationWizard(Desk &desk, QWidget *parent = nullptr);
    /// Edit Destination. \a edited is stored.
    DestinationWizard(Desk &desk, const Destination &edited, QWidget *parent = nullptr);
    ~DestinationWizard() override;

public Q_SLOTS:
    /// In the test this is Finish Setup; in the first step nothing is stored, and one who came back from the test
    /// returns there.
    void reject() override;

Q_SIGNALS:
    /// The destination is stored, and the operator is done with it.
    void finishedWith(courier::DestinationId id);

protected:
    void closeEvent(QCloseEvent *event) override;

private:
    enum class Step { Configure, Test };
    enum class Then { Finish, Test, SendTest };

    DestinationWizard(Desk &desk, const std::optional<Destination> &edited, QWidget *parent);
    void connectButtons();
    void showStep(Step step);
    void showSeenCertificate();
    void updateHead();
    void updateFooter();
    void updateSummary();
    void updatePrimary();
    void store(Then then);
    bool isUnchanged() const; ///< the form, since it was stored
    void onStored(const Destination &destination, Then then);
    void onRefused(const Error &error);
    void goOn(Then then);
    void setBusy(bool busy);
    void finish();

    Desk &m_desk;
    std::unique_ptr<Ui::DestinationWizard> ui;
    Stepper *m_stepper; ///< child
    std::optional<Destination> m_stored;
    bool m_isEdit;
    bool m_busy = false; ///< being stored
    Step m_step = Step::Configure;
};

} // namespace courier
