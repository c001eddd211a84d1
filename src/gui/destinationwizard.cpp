// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "gui/destinationwizard.h"

#include "ui_destinationwizard.h"

#include "gui/destinationwords.h"
#include "gui/dialogfit.h"
#include "gui/stepper.h"
#include "store/whendone.h"

namespace courier {
namespace {

constexpr int dialogWidth = 728;

} // namespace

DestinationWizard::DestinationWizard(Desk &desk, QWidget *parent)
    : QDialog(parent)
    , m_desk(desk)
    , ui(std::make_unique<Ui::DestinationWizard>())
    , m_stepper(new Stepper)
{
    setUp();
    setWindowTitle(tr("Add Destination"));
    showForm();
}

DestinationWizard::DestinationWizard(Desk &desk, const Destination &destination, QWidget *parent)
    : QDialog(parent)
    , m_desk(desk)
    , ui(std::make_unique<Ui::DestinationWizard>())
    , m_stepper(new Stepper)
    , m_destination(destination)
    , m_isEdit(true)
{
    setUp();
    setWindowTitle(tr("Edit Destination"));
    ui->form->setValue(destination);
    showForm();
}

DestinationWizard::~DestinationWizard() = default;

void DestinationWizard::setUp()
{
    ui->setupUi(this);
    setAttribute(Qt::WA_DeleteOnClose);
    m_fit = new DialogFit(this, ui->scroll, dialogWidth);
    m_stepper->setSteps({tr("Configure"), tr("Test")});
    ui->header->setRightWidget(m_stepper);
    ui->problem->hide();
    for (QPushButton *button : {ui->back, ui->sendTest, ui->cancel, ui->store, ui->finish, ui->test->sendButton()}) {
        button->setAutoDefault(false);
    }
    ui->form->setChecker([this](Destination destination) {
        destination.id = m_destination.id; // its own name is not taken, once it is stored
        return m_desk.check(destination);
    });
    connect(ui->form, &DestinationForm::edited, this,
            [this] { ui->summary->setText(routeSentence(ui->form->value())); });
    connect(ui->store, &QPushButton::clicked, this,
            [this] { store(m_isEdit ? AfterStoring::Close : AfterStoring::Test); });
    connect(ui->sendTest, &QPushButton::clicked, this, [this] { store(AfterStoring::Test); });
    connect(ui->cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(ui->back, &QPushButton::clicked, this, &DestinationWizard::showForm);
    connect(ui->finish, &QPushButton::clicked, this, &DestinationWizard::finish);
    connect(ui->test, &TestStep::stateChanged, this, &DestinationWizard::updateButtons);
}

bool DestinationWizard::isTesting() const
{
    return ui->test->isVisibleTo(this);
}

void DestinationWizard::showForm()
{
    ui->test->hide();
    ui->form->show();
    ui->summaryRow->show();
    m_stepper->setCurrent(0);
    m_stepper->setVisible(!m_isEdit);
    ui->header->setTitle(tr("Where alerts go"));
    ui->header->setSentence(m_isEdit ? tr("What changes here holds from the next attempt on.")
                                     : tr("Step 1 of 2. The address, and which alerts it gets."));
    ui->summary->setText(routeSentence(ui->form->value()));
    updateButtons();
    ui->form->setFocus();
    m_fit->fit();
}

void DestinationWizard::showTest()
{
    ui->form->hide();
    ui->summaryRow->hide();
    ui->problem->hide();
    ui->test->show();
    m_stepper->setCurrent(1);
    m_stepper->show();
    ui->header->setTitle(tr("Test %1").arg(m_destination.name));
    ui->header->setSentence(m_isEdit ? tr("The changes are stored; a test shows that alerts arrive.")
                                     : tr("Step 2 of 2. The destination is added; a test shows that alerts arrive."));
    ui->test->begin(m_desk, m_destination);
    updateButtons();
    m_fit->fit();
}

// The primary button is the one that leads on: until a test succeeds that is the test, then the end.
void DestinationWizard::updateButtons()
{
    const bool testing = isTesting();
    const bool stored = m_destination.id != DestinationId{};
    ui->back->setVisible(testing);
    ui->finish->setVisible(testing);
    ui->cancel->setVisible(!testing);
    ui->store->setVisible(!testing);
    ui->sendTest->setVisible(!testing && m_isEdit);
    ui->store->setText(stored ? tr("Update Destination") : tr("Add Destination"));
    if (!testing) {
        ui->note->clear();
        ui->store->setDefault(true);
        return;
    }
    const TestStep::State state = ui->test->state();
    const bool passed = state == TestStep::State::Passed;
    ui->note->setText(passed                             ? QString()
                      : state == TestStep::State::Failed ? tr("Finishing now marks it “Last test failed”.")
                                                         : tr("Finishing now marks it “Not tested”."));
    ui->back->setEnabled(state != TestStep::State::Running);
    ui->test->setSendPrimary(!passed);
    setPrimary(ui->finish, passed);
    QPushButton *next = passed ? ui->finish : ui->test->sendButton();
    next->setDefault(true);
    next->setFocus();
    m_fit->fit();
}

void DestinationWizard::store(AfterStoring then)
{
    ui->problem->hide();
    if (!ui->form->validate()) {
        return;
    }
    Destination destination = ui->form->value();
    destination.id = m_destination.id;
    ui->store->setEnabled(false);
    const bool isNew = destination.id == DestinationId{};
    const auto done = isNew ? m_desk.addDestination(destination) : m_desk.updateDestination(destination);
    whenDone(this, done, [this, then](const Result<Destination> &stored) { onStored(stored, then); });
}

void DestinationWizard::onStored(const Result<Destination> &stored, AfterStoring then)
{
    ui->store->setEnabled(true);
    if (!stored) {
        if (stored.error().kind == Error::Kind::Conflict) {
            ui->form->showFault(DestinationField::Name, stored.error().message);
        } else {
            ui->problem->setNotice(Strip::Kind::Failure, stored.error().message);
            ui->problem->show();
        }
        return;
    }
    m_destination = *stored;
    if (then == AfterStoring::Test) {
        showTest();
    } else {
        finish();
    }
}

void DestinationWizard::finish()
{
    Q_EMIT finishedWith(m_destination.id);
    accept();
}

void DestinationWizard::reject()
{
    if (isTesting()) {
        finish();
    } else if (m_destination.id != DestinationId{} && !m_isEdit) {
        finish(); // back from the test: it is stored already
    } else {
        QDialog::reject();
    }
}

} // namespace courier
