// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "gui/destinationtestdialog.h"

#include "desk/desk.h"
#include "gui/dialogfit.h"
#include "ui_destinationtestdialog.h"

namespace courier {

DestinationTestDialog::DestinationTestDialog(Desk &desk, const Destination &destination, QWidget *parent)
    : QDialog(parent)
    , ui(std::make_unique<Ui::DestinationTestDialog>())
{
    setAttribute(Qt::WA_DeleteOnClose);
    ui->setupUi(this);
    ui->header->setTitle(tr("Test %1").arg(destination.name));
    ui->header->setSentence(destination.paused ? tr("It is paused, but a test goes out all the same.")
                                               : tr("A test shows that alerts arrive."));
    ui->test->begin(desk, destination);
    connect(ui->done, &QPushButton::clicked, this, &QDialog::accept);
    connect(ui->test, &TestStep::stateChanged, this, &DestinationTestDialog::updatePrimary);
    updatePrimary();
    new DialogFit(this, ui->scroll, 728);
}

DestinationTestDialog::~DestinationTestDialog() = default;

void DestinationTestDialog::open()
{
    QDialog::open();
    ui->test->sendTest();
}

void DestinationTestDialog::updatePrimary()
{
    const bool isPassed = ui->test->state() == TestStep::State::Passed;
    ui->test->setSendPrimary(!isPassed);
    setPrimary(ui->done, isPassed);
    QPushButton *primary = isPassed ? ui->done : ui->test->sendButton();
    primary->setDefault(true);
    primary->setFocus();
}

} // namespace courier
