// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "gui/destinationwizard.h"

#include "desk/desk.h"
#include "gui/destinationwords.h"
#include "gui/dialogfit.h"
#include "gui/privatefilequestion.h"
#include "gui/stepper.h"
#include "store/whendone.h"
#include "ui_destinationwizard.h"

#include <QCloseEvent>

namespace courier {
namespace {

constexpr int dialogWidth = 728;

bool isSame(const Destination &a, const Destination &b)
{
    return a.name == b.name && a.url == b.url && a.severities == b.severities && a.types == b.types &&
           a.headers == b.headers && a.timeoutSeconds == b.timeoutSeconds && a.schedule == b.schedule &&
           a.maxRetries == b.maxRetries && a.ratePerSecond == b.ratePerSecond && a.resolutions == b.resolutions &&
           a.security == b.security;
}

} // namespace

DestinationWizard::DestinationWizard(Desk &desk, QWidget *parent)
    : DestinationWizard(desk, std::nullopt, parent)
{
}

DestinationWizard::DestinationWizard(Desk &desk, const Destination &edited, QWidget *parent)
    : DestinationWizard(desk, std::optional(edited), parent)
{
}

DestinationWizard::DestinationWizard(Desk &desk, const std::optional<Destination> &edited, QWidget *parent)
    : QDialog(parent)
    , m_desk(desk)
    , ui(std::make_unique<Ui::DestinationWizard>())
    , m_stepper(new Stepper(this))
    , m_stored(edited)
    , m_isEdit(edited.has_value())
{
    setAttribute(Qt::WA_DeleteOnClose);
    ui->setupUi(this);
    m_stepper->setSteps({tr("Configure"), tr("Test")});
    m_stepper->setVisible(!m_isEdit);
    ui->header->setRightWidget(m_stepper);
    ui->problem->hide();
    ui->form->setChecker([this](const Destination &destination) { return m_desk.check(destination); });
    ui->form->setSecretReader(
        [this](const auto &answer) { whenDone(this, m_desk.secrets().read(m_stored->secrets.id), answer); });
    ui->form->setValue(edited.value_or(Destination()));
    showSeenCertificate();
    setWindowTitle(m_isEdit ? tr("Edit Destination") : tr("Add Destination"));
    connectButtons();
    showStep(Step::Configure);
    new DialogFit(this, ui->scroll, dialogWidth);
}

DestinationWizard::~DestinationWizard() = default;

void DestinationWizard::connectButtons()
{
    connect(ui->store, &QPushButton::clicked, this, [this] { store(m_isEdit ? Then::Finish : Then::Test); });
    connect(ui->sendTest, &QPushButton::clicked, this, [this] { store(Then::SendTest); });
    connect(ui->cancel, &QPushButton::clicked, this, &DestinationWizard::reject);
    connect(ui->back, &QPushButton::clicked, this, [this] { showStep(Step::Configure); });
    connect(ui->finish, &QPushButton::clicked, this, &DestinationWizard::finish);
    connect(ui->form, &DestinationForm::edited, this, [this] {
        updateSummary();
        updateFooter();
    });
    connect(&m_desk, &Desk::destinationsChanged, this, &DestinationWizard::showSeenCertificate);
    connect(ui->test, &TestStep::stateChanged, this, [this] {
        updateFooter();
        updatePrimary();
    });
}

void DestinationWizard::reject()
{
    if (m_step == Step::Test) {
        finish();
    } else if (m_stored && !m_isEdit) {
        ui->form->setValue(*m_stored);
        showStep(Step::Test);
    } else {
        QDialog::reject();
    }
}

void DestinationWizard::closeEvent(QCloseEvent *event)
{
    if (m_stored && !m_isEdit) {
        event->accept();
        finish();
        return;
    }
    QDialog::closeEvent(event);
}

void DestinationWizard::showStep(Step step)
{
    m_step = step;
    const bool isTest = step == Step::Test;
    ui->problem->hide();
    ui->form->setVisible(!isTest);
    ui->summaryRow->setVisible(!isTest);
    ui->test->setVisible(isTest);
    m_stepper->setCurrent(isTest ? 1 : 0);
    if (isTest) {
        ui->test->begin(m_desk, *m_stored);
    }
    updateHead();
    updateSummary();
    updateFooter();
    updatePrimary();
    if (!isTest) {
        ui->form->setFocus();
    }
}

// A test may show it first, after the form was filled in.
void DestinationWizard::showSeenCertificate()
{
    const auto stored = m_stored ? m_desk.destination(m_stored->id) : std::nullopt;
    ui->form->setSeenCertificate(stored ? stored->certificate.sha256 : QByteArray());
}

void DestinationWizard::updateHead()
{
    if (m_step == Step::Test) {
        ui->header->setTitle(tr("Test %1").arg(m_stored->name));
        ui->header->setSentence(m_isEdit
                                    ? tr("The settings are stored; a test shows that alerts arrive.")
                                    : tr("Step 2 of 2. The destination is added; a test shows that alerts arrive."));
        return;
    }
    ui->header->setTitle(m_isEdit ? tr("Edit %1").arg(m_stored->name) : tr("Where alerts go"));
    ui->header->setSentence(m_isEdit ? tr("What you change counts from the next attempt on.")
                                     : tr("Step 1 of 2. The address, and which alerts it gets."));
}

void DestinationWizard::updateFooter()
{
    const bool isTest = m_step == Step::Test;
    ui->back->setVisible(isTest);
    ui->finish->setVisible(isTest);
    ui->cancel->setVisible(!isTest);
    ui->store->setVisible(!isTest);
    ui->store->setText(m_stored ? tr("Update Destination") : tr("Add Destination"));
    ui->sendTest->setVisible(!isTest && m_isEdit);
    if (!isTest) {
        const bool isChanged = m_isEdit && !isUnchanged();
        ui->note->setText(isChanged ? tr("A test stores the changes first.") : QString());
    } else if (ui->test->state() == TestStep::State::Failed) {
        ui->note->setText(tr("Finishing now marks it “Last test failed”."));
    } else if (ui->test->state() == TestStep::State::NotTested && m_stored->testState == TestState::NotTested) {
        ui->note->setText(tr("Finishing now marks it “Not tested”."));
    } else {
        ui->note->setText({});
    }
}

void DestinationWizard::updateSummary()
{
    ui->summary->setText(routeSentence(ui->form->value()));
}

// The focus goes with the primary button, so that Return does what comes next.
void DestinationWizard::updatePrimary()
{
    if (m_step == Step::Configure) {
        ui->test->setSendPrimary(false);
        setPrimary(ui->finish, false);
        setPrimary(ui->store, true);
        return;
    }
    const bool isPassed = ui->test->state() == TestStep::State::Passed;
    setPrimary(ui->store, false);
    ui->test->setSendPrimary(!isPassed);
    setPrimary(ui->finish, isPassed);
    QPushButton *primary = isPassed ? ui->finish : ui->test->sendButton();
    primary->setDefault(true);
    if (ui->test->state() != TestStep::State::Running) {
        primary->setFocus();
    }
}

void DestinationWizard::store(Then then)
{
    if (m_busy || !ui->form->validate()) {
        return;
    }
    if (m_stored && isUnchanged()) {
        goOn(then);
        return;
    }
    const Destination value = ui->form->value();
    const SecretChanges changes = ui->form->secretChanges();
    ui->problem->hide();
    setBusy(true);
    const QFuture<Result<Destination>> stored =
        m_stored ? m_desk.updateDestination(value, changes) : m_desk.addDestination(value, changes);
    whenDone(this, stored, [this, then](const Result<Destination> &result) {
        setBusy(false);
        if (result) {
            onStored(*result, then);
        } else if (wantsPrivateFile(m_desk, result.error())) {
            askForPrivateFile(
                this, m_desk, [this, then] { store(then); },
                [this, first = result.error()](const std::optional<Error> &error) {
                    onRefused(error.value_or(first));
                });
        } else {
            onRefused(result.error());
        }
    });
}

bool DestinationWizard::isUnchanged() const
{
    return isSame(ui->form->value(), *m_stored) && ui->form->secretChanges().isEmpty();
}

void DestinationWizard::onStored(const Destination &destination, Then then)
{
    m_stored = destination;
    ui->form->setValue(destination);
    goOn(then);
}

void DestinationWizard::onRefused(const Error &error)
{
    if (error.kind == Error::Kind::Conflict) {
        ui->form->showFault(DestinationField::Name, error.message);
        return;
    }
    ui->problem->setNotice(Strip::Kind::Failure,
                           m_stored ? tr("The destination could not be changed.")
                                    : tr("The destination could not be added."),
                           error.message);
    ui->problem->show();
}

void DestinationWizard::goOn(Then then)
{
    if (then == Then::Finish) {
        finish();
        return;
    }
    showStep(Step::Test);
    if (then == Then::SendTest) {
        ui->test->sendTest();
    }
}

void DestinationWizard::setBusy(bool busy)
{
    m_busy = busy;
    ui->form->setEnabled(!busy);
    ui->store->setEnabled(!busy);
    ui->sendTest->setEnabled(!busy);
    ui->cancel->setEnabled(!busy);
}

void DestinationWizard::finish()
{
    const DestinationId id = m_stored->id;
    accept();
    Q_EMIT finishedWith(id);
}

} // namespace courier
