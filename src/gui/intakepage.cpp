// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "gui/intakepage.h"

#include "desk/intakeservice.h"
#include "gui/fieldmessage.h"
#include "gui/intakeexamples.h"
#include "intake/intaketoken.h"
#include "ui_intakepage.h"

#include <QClipboard>
#include <QGuiApplication>

namespace courier {
namespace {

QString flag(bool on)
{
    return on ? QStringLiteral("1") : QStringLiteral("0");
}

Strip::Kind kindOf(IntakeStatus::State state)
{
    switch (state) {
    case IntakeStatus::State::Listening:
        return Strip::Kind::Success;
    case IntakeStatus::State::PortTaken:
    case IntakeStatus::State::Failed:
        return Strip::Kind::Failure;
    case IntakeStatus::State::Off:
    case IntakeStatus::State::Elsewhere:
        break;
    }
    return Strip::Kind::Info;
}

} // namespace

IntakePage::IntakePage(QWidget *parent)
    : QWidget(parent)
    , ui(std::make_unique<Ui::IntakePage>())
{
    ui->setupUi(this);
    ui->addressMessage->setField(ui->address);
    ui->openMessage->setField(ui->open);
    ui->tokenMessage->setField(ui->token);
    for (const IntakeExample &example : intakeExamples()) {
        ui->example->addItem(example.title);
    }
    connect(ui->newToken, &QPushButton::clicked, this, &IntakePage::makeToken);
    connect(ui->copyToken, &QPushButton::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(ui->token->text()); });
    connect(ui->copyExample, &QPushButton::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(ui->snippet->toPlainText() + QLatin1Char('\n')); });
    connect(ui->example, &QComboBox::currentIndexChanged, this, &IntakePage::showExample);
    connect(ui->address, &QLineEdit::editingFinished, this, &IntakePage::checkAddress);
    // Typed, or put there by an assistive program.
    connect(ui->address, &QLineEdit::textChanged, this, &IntakePage::showExample);
    connect(ui->open, &QCheckBox::toggled, this, [this] {
        checkAddress();
        ui->tokenMessage->clear();
        showExample();
    });
    connect(ui->enabled, &QCheckBox::toggled, this, &IntakePage::edited);
    connect(ui->open, &QCheckBox::toggled, this, &IntakePage::edited);
    connect(ui->address, &QLineEdit::textChanged, this, &IntakePage::edited);
    setValue({});
    showState();
}

IntakePage::~IntakePage() = default;

void IntakePage::follow(IntakeService &service)
{
    m_service = &service;
    connect(m_service, &IntakeService::statusChanged, this, &IntakePage::showState);
    showState();
}

void IntakePage::setValue(const IntakeSettings &settings)
{
    m_stored = settings;
    m_newToken.clear();
    ui->enabled->setChecked(settings.enabled);
    ui->address->setText(settings.address);
    ui->open->setChecked(settings.open);
    ui->addressMessage->clear();
    showToken();
    showExample();
}

bool IntakePage::validate()
{
    if (!checkAddress()) {
        ui->address->setFocus();
        return false;
    }
    if (!checkToken()) {
        ui->newToken->setFocus();
        return false;
    }
    return true;
}

IntakePage::Changes IntakePage::changes() const
{
    Changes changes;
    const auto put = [&changes](const QString &key, const QString &value, const QString &stored) {
        if (value != stored) {
            changes.append({key, value});
        }
    };
    put(IntakeSettings::enabledKey(), flag(ui->enabled->isChecked()), flag(m_stored.enabled));
    put(IntakeSettings::addressKey(), ui->address->text().trimmed(), m_stored.address);
    put(IntakeSettings::openKey(), flag(ui->open->isChecked()), flag(m_stored.open));
    if (!m_newToken.isEmpty()) {
        changes.append({IntakeSettings::tokenKey(), IntakeToken::hash(m_newToken)});
    }
    return changes;
}

bool IntakePage::checkAddress()
{
    const Result<IntakeAddress> address = IntakeAddress::parse(ui->address->text().trimmed());
    if (!address) {
        ui->addressMessage->showError(address.error().message);
        return false;
    }
    if (address->port == 0) {
        ui->addressMessage->showError(tr("Give a port from 1 to 65535."));
        return false;
    }
    if (!address->isLoopback() && !ui->open->isChecked()) {
        ui->addressMessage->showError(
            tr("Other machines reach %1: tick “Other machines may send”, or use 127.0.0.1.").arg(address->host));
        return false;
    }
    if (address->isLoopback() && ui->open->isChecked()) {
        ui->addressMessage->showWarning(tr("Only this computer reaches %1. 0.0.0.0:%2 is every address it has.")
                                            .arg(address->host)
                                            .arg(address->port));
        return true;
    }
    ui->addressMessage->clear();
    return true;
}

bool IntakePage::checkToken()
{
    if (ui->open->isChecked() && m_stored.tokenHash.isEmpty() && m_newToken.isEmpty()) {
        ui->tokenMessage->showError(tr("Other machines need a token. Press New Token, and copy it."));
        return false;
    }
    return true;
}

void IntakePage::makeToken()
{
    m_newToken = IntakeToken::make();
    showToken();
    showExample();
    ui->token->setFocus();
    ui->token->selectAll();
    Q_EMIT edited();
}

void IntakePage::showToken()
{
    const bool isNew = !m_newToken.isEmpty();
    ui->token->setText(m_newToken);
    ui->token->setPlaceholderText(m_stored.tokenHash.isEmpty() ? tr("None yet") : tr("One is in force"));
    ui->token->setEnabled(isNew);
    ui->copyToken->setVisible(isNew);
    ui->newToken->setVisible(!isNew);
    ui->tokenMessage->setHint(
        isNew ? tr("Copy it now: it is shown only here, and only its hash is kept. It counts "
                   "from Save on, and the old one no longer does.")
              : tr("What other machines prove themselves with. It is shown once, when it is made."));
    ui->tokenMessage->clear();
}

void IntakePage::showExample()
{
    const Result<IntakeAddress> address = IntakeAddress::parse(ui->address->text().trimmed());
    const QList<IntakeExample> examples = intakeExamples();
    const IntakeExample &example = examples.at(std::max(0, ui->example->currentIndex()));
    const QString token = m_newToken.isEmpty() ? QStringLiteral("TOKEN") : m_newToken;
    ui->snippet->setPlainText(address ? example.text(*address, ui->open->isChecked() ? token : QString()) : QString());
}

void IntakePage::showState()
{
    if (!m_service) {
        ui->state->hide();
        return;
    }
    const IntakeStatus &status = m_service->status();
    ui->state->setNotice(kindOf(status.state), status.words, status.reason);
    ui->state->show();
}

} // namespace courier
