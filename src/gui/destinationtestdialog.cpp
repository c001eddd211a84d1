// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "gui/destinationtestdialog.h"

#include "ui_destinationtestdialog.h"

#include "gui/dialogfit.h"

namespace courier {
namespace {

constexpr int dialogWidth = 728;

} // namespace

DestinationTestDialog::DestinationTestDialog(Desk &desk, const Destination &destination, QWidget *parent)
    : QDialog(parent)
    , ui(std::make_unique<Ui::DestinationTestDialog>())
{
    ui->setupUi(this);
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Send Test Alert"));
    ui->header->setTitle(tr("Test %1").arg(destination.name));
    ui->header->setSentence(tr("One attempt, kept with the destination, not among the alerts."));
    auto *fit = new DialogFit(this, ui->scroll, dialogWidth);
    connect(ui->done, &QPushButton::clicked, this, &QDialog::accept);
    connect(ui->test, &TestStep::stateChanged, this, [this, fit](TestStep::State state) {
        const bool passed = state == TestStep::State::Passed;
        ui->test->setSendPrimary(!passed);
        setPrimary(ui->done, passed);
        (passed ? ui->done : ui->test->sendButton())->setFocus();
        fit->fit();
    });
    ui->test->begin(desk, destination);
    ui->test->sendTest();
    fit->fit();
}

DestinationTestDialog::~DestinationTestDialog() = default;

} // namespace courier
