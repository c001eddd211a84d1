// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "gui/signingfields.h"

#include "delivery/signature.h"
#include "domain/clock.h"
#include "gui/copysecret.h"
#include "gui/fieldmessage.h"
#include "gui/securitywords.h"
#include "models/words.h"
#include "ui_signingfields.h"

namespace courier {

SigningFields::SigningFields(QWidget *parent)
    : SecurityPart(parent)
    , ui(std::make_unique<Ui::SigningFields>())
{
    ui->setupUi(this);
    for (const SigningScheme one : {SigningScheme::None, SigningScheme::StandardHmac, SigningScheme::StandardEd25519,
                                    SigningScheme::GitHub, SigningScheme::Custom}) {
        ui->scheme->addItem(displayName(one), static_cast<int>(one));
    }
    ui->secret->setKind(SecretKind::SigningSecret);
    ui->overlap->setRange(0, maxOverlapHours);
    ui->secretButtons->flow();
    connectFields();
    showScheme();
}

SigningFields::~SigningFields() = default;

void SigningFields::connectFields()
{
    connect(ui->scheme, &QComboBox::currentIndexChanged, this, &SigningFields::onScheme);
    connect(ui->secret, &SecretField::edited, this, [this] {
        showSecret();
        Q_EMIT changed(SecurityField::SigningSecret);
    });
    connect(ui->secret, &SecretField::left, this, [this] { Q_EMIT left(SecurityField::SigningSecret); });
    connect(ui->secret, &SecretField::failed, ui->secretMessage, &FieldMessage::showError);
    connect(ui->generate, &QPushButton::clicked, this, &SigningFields::generate);
    connect(ui->copy, &QPushButton::clicked, this, &SigningFields::copy);
    connect(ui->prefix, &QLineEdit::textChanged, this, [this] { Q_EMIT changed(SecurityField::SigningHeader); });
    connect(ui->overlap, &QSpinBox::valueChanged, this, [this] { Q_EMIT changed(SecurityField::SigningOverlap); });
    connect(ui->endBefore, &QCheckBox::toggled, this, [this] { Q_EMIT edited(); });
}

void SigningFields::addTo(FormFields &fields)
{
    fields.add(idOf(SecurityField::Signing), ui->scheme, ui->schemeMessage);
    fields.addLine(idOf(SecurityField::SigningHeader), ui->header, ui->headerMessage);
    fields.add(idOf(SecurityField::SigningSecret), ui->secret, ui->secretMessage);
    fields.add(idOf(SecurityField::SigningOverlap), ui->overlap, ui->overlapMessage);
}

void SigningFields::setReader(const SecretReader &reader)
{
    ui->secret->setReader(reader);
}

void SigningFields::setValue(const Destination &destination)
{
    m_base = destination.security.signing;
    m_stored = destination.secrets.kinds;
    ui->scheme->setCurrentIndex(ui->scheme->findData(static_cast<int>(m_base.scheme)));
    ui->header->setText(QString::fromUtf8(m_base.header));
    ui->prefix->setText(QString::fromUtf8(m_base.prefix));
    ui->overlap->setValue(m_base.overlapHours);
    m_isStoredOffered = fitsStored();
    ui->secret->setStored(m_isStoredOffered);
    ui->endBefore->setChecked(false);
    showScheme();
}

void SigningFields::write(DestinationSecurity &security) const
{
    Signing written = scheme() == m_base.scheme ? m_base : Signing{};
    written.scheme = scheme();
    if (written.scheme == SigningScheme::Custom) {
        written.header = ui->header->text().trimmed().toUtf8();
        written.prefix = ui->prefix->text().toUtf8();
    }
    if (isStandardWebhooks(written.scheme)) {
        written.overlapHours = ui->overlap->value();
    }
    security.signing = written;
}

void SigningFields::addChanges(SecretChanges &changes) const
{
    if (scheme() == SigningScheme::None) {
        return;
    }
    addChange(changes, SecretKind::SigningSecret, *ui->secret);
    if (ui->endBefore->isVisibleTo(this) && ui->endBefore->isChecked()) {
        changes.values.insert(SecretKind::PreviousSigningSecret, {});
    }
}

void SigningFields::addKinds(SecretKinds &kinds) const
{
    if (ui->secret->isThere()) {
        kinds.set(SecretKind::SigningSecret);
    }
}

QList<SecurityIssue> SigningFields::issues() const
{
    QList<SecurityIssue> issues;
    const QByteArray secret = ui->secret->entered();
    if (scheme() == SigningScheme::None || secret.isEmpty()) {
        return issues;
    }
    addFault(issues, SecretKind::SigningSecret, *ui->secret);
    if (const Result<void> fine = checkSigningSecret(scheme(), secret); !fine && issues.isEmpty()) {
        issues.append({SecurityField::SigningSecret, true, fine.error().message});
    }
    return issues;
}

SigningScheme SigningFields::scheme() const
{
    return static_cast<SigningScheme>(ui->scheme->currentData().toInt());
}

bool SigningFields::fitsStored() const
{
    const bool isSameForm =
        scheme() == m_base.scheme || (!isStandardWebhooks(scheme()) && !isStandardWebhooks(m_base.scheme));
    return isSameForm && m_stored.contains(SecretKind::SigningSecret);
}

void SigningFields::onScheme()
{
    if (const bool fits = fitsStored(); fits != m_isStoredOffered) {
        m_isStoredOffered = fits;
        ui->secret->setStored(fits);
    }
    showScheme();
    Q_EMIT changed(SecurityField::SigningSecret);
    Q_EMIT edited();
}

void SigningFields::generate()
{
    ui->secret->enter(newSigningSecret(scheme()));
    ui->copy->setFocus();
}

// What the receiver needs: of a pair of keys that is the public one.
void SigningFields::copy()
{
    ui->secret->withSecret([this](const QByteArray &secret) {
        if (scheme() != SigningScheme::StandardEd25519) {
            copySecret(secret);
        } else if (const Result<QByteArray> key = signingPublicKey(secret)) {
            copyText(QString::fromLatin1(*key));
        } else {
            ui->secretMessage->showError(key.error().message);
        }
    });
}

void SigningFields::showScheme()
{
    const bool isSigned = scheme() != SigningScheme::None;
    setRowShown({ui->secretLabel, ui->secretField}, isSigned);
    setRowShown({ui->headerLabel, ui->headerField}, scheme() == SigningScheme::Custom);
    setRowShown({ui->overlapLabel, ui->overlapField}, isStandardWebhooks(scheme()));
    ui->schemeMessage->setHint(hintOf(scheme()));
    ui->schemeMessage->clear();
    const bool isPair = scheme() == SigningScheme::StandardEd25519;
    ui->copy->setText(isPair ? tr("Copy Public Key") : tr("Copy"));
    ui->copy->setAccessibleName(isPair ? tr("Copy public key") : tr("Copy signing secret"));
    showSecret();
    showBefore();
}

void SigningFields::showSecret()
{
    const bool isKept = ui->secret->isKept();
    const QByteArray secret = ui->secret->entered();
    const bool isPair = scheme() == SigningScheme::StandardEd25519;
    ui->generate->setVisible(!isKept);
    ui->copy->setEnabled(isKept || !secret.isEmpty());
    const Result<QByteArray> key = isPair ? signingPublicKey(secret) : QByteArray();
    if (isPair && key && !secret.isEmpty()) {
        ui->secretMessage->setHint(tr("The receiver checks with %1").arg(QString::fromLatin1(*key)));
    } else if (isPair) {
        ui->secretMessage->setHint(
            tr("The private key, whsk_…, stays here. The receiver gets the public one, whpk_…."));
    } else if (scheme() == SigningScheme::StandardHmac) {
        ui->secretMessage->setHint(tr("whsec_… and 24 to 64 bytes in base64. The receiver needs it, too."));
    } else {
        ui->secretMessage->setHint(tr("The receiver needs it, too."));
    }
}

void SigningFields::showBefore()
{
    const qint64 now = SystemClock().nowUtc();
    const qint64 until = previousSecretSignsUntil(m_base);
    const bool signsStill =
        scheme() == m_base.scheme && m_stored.contains(SecretKind::PreviousSigningSecret) && until > now;
    ui->endBefore->setVisible(signsStill);
    ui->endBefore->setText(
        tr("Stop signing with the secret before (it does until %1)").arg(words::clockTime(until, now)));
}

} // namespace courier
