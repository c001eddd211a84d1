// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "gui/clientcertificatefields.h"

#include "gui/fieldmessage.h"
#include "gui/pemwords.h"
#include "ui_clientcertificatefields.h"

#include <QSignalBlocker>

namespace courier {
namespace {

constexpr char derSequence = 0x30; ///< what all of ASN.1's files begin with

} // namespace

ClientCertificateFields::ClientCertificateFields(QWidget *parent)
    : SecurityPart(parent)
    , ui(std::make_unique<Ui::ClientCertificateFields>())
{
    ui->setupUi(this);
    connectFields();
    showState();
}

ClientCertificateFields::~ClientCertificateFields() = default;

void ClientCertificateFields::connectFields()
{
    const auto reimport = [this] {
        import();
        onImported();
    };
    connect(ui->certificate, &FileField::edited, this, [this] { Q_EMIT changed(SecurityField::ClientCertificate); });
    connect(ui->key, &FileField::edited, this, [this] { Q_EMIT changed(SecurityField::ClientKey); });
    connect(ui->certificate, &FileField::taken, this, [this, reimport] {
        clearPassphrase();
        reimport();
    });
    connect(ui->key, &FileField::taken, this, reimport);
    connect(ui->passphrase, &QLineEdit::editingFinished, this, &ClientCertificateFields::takePassphrase);
    connect(ui->passphrase, &QLineEdit::textChanged, this, [this] {
        if (!ui->passphrase->isModified()) { // by an assistive program: it is whole at once, and is not left
            takePassphrase();
        }
    });
}

void ClientCertificateFields::addTo(FormFields &fields)
{
    fields.add(idOf(SecurityField::ClientCertificate), ui->certificate, ui->certificateMessage);
    fields.add(idOf(SecurityField::ClientKey), ui->key, ui->keyMessage);
    fields.add(idOf(SecurityField::Passphrase), ui->passphrase, ui->passphraseMessage);
}

void ClientCertificateFields::setValue(const Destination &destination)
{
    m_base = destination.security.tls.certificatePem;
    m_isKeyStored = destination.secrets.kinds.contains(SecretKind::PrivateKey);
    ui->certificate->setStored(!m_base.isEmpty());
    ui->key->setStored(false);
    clearPassphrase();
    import();
    showState();
}

void ClientCertificateFields::write(DestinationSecurity &security) const
{
    if (ui->certificate->isKept()) {
        security.tls.certificatePem = m_base;
    } else {
        security.tls.certificatePem = m_imported ? m_imported->certificatePem : QByteArray();
    }
}

void ClientCertificateFields::addChanges(SecretChanges &changes) const
{
    if (m_imported) {
        changes.values.insert(SecretKind::PrivateKey, m_imported->keyPem);
    }
}

void ClientCertificateFields::addKinds(SecretKinds &kinds) const
{
    if (m_imported || (ui->certificate->isKept() && m_isKeyStored)) {
        kinds.set(SecretKind::PrivateKey);
    }
}

QList<SecurityIssue> ClientCertificateFields::issues() const
{
    return m_fault ? QList<SecurityIssue>{{m_fault->field, true, m_fault->message}} : QList<SecurityIssue>{};
}

void ClientCertificateFields::take()
{
    ui->certificate->take();
    ui->key->take();
    takePassphrase();
}

void ClientCertificateFields::takePassphrase()
{
    if (ui->passphrase->text() != m_passphrase) {
        import();
        onImported();
    }
}

void ClientCertificateFields::clearPassphrase()
{
    const QSignalBlocker quiet(ui->passphrase);
    ui->passphrase->clear();
}

void ClientCertificateFields::import()
{
    m_imported.reset();
    m_fault.reset();
    m_wantsPassphrase = false;
    m_passphrase = ui->passphrase->text();
    const QByteArray &bytes = ui->certificate->bytes();
    if (!ui->certificate->fault().isEmpty()) {
        setFault(SecurityField::ClientCertificate, ui->certificate->fault());
    }
    if (bytes.isEmpty()) {
        return;
    }
    if (isPem() && !ui->key->fault().isEmpty()) {
        setFault(SecurityField::ClientKey, ui->key->fault());
        return;
    }
    if (isPem() && keyPem().isEmpty()) {
        setFault(SecurityField::ClientKey, tr("Choose the file that holds the certificate's private key."));
        return;
    }
    if (!isPem() && !bytes.startsWith(derSequence)) {
        setFault(SecurityField::ClientCertificate, tr("This is neither a PKCS #12 file nor one in PEM."));
        return;
    }
    const QByteArray passphrase = m_passphrase.toUtf8();
    const Result<ClientCertificate> read =
        isPem() ? importPem(bytes, keyPem(), passphrase) : importPkcs12(bytes, passphrase);
    m_wantsPassphrase = isPem() ? keyPem().contains("ENCRYPTED") : !read || !passphrase.isEmpty();
    if (read) {
        m_imported = *read;
    } else if (m_wantsPassphrase && passphrase.isEmpty()) {
        setFault(SecurityField::Passphrase, tr("Enter the passphrase that opens the file."));
    } else {
        setFault(m_wantsPassphrase ? SecurityField::Passphrase : SecurityField::ClientCertificate,
                 read.error().message);
    }
}

void ClientCertificateFields::onImported()
{
    showState();
    for (const SecurityField field :
         {SecurityField::ClientCertificate, SecurityField::ClientKey, SecurityField::Passphrase}) {
        Q_EMIT left(field);
    }
    Q_EMIT edited();
}

void ClientCertificateFields::setFault(SecurityField field, const QString &message)
{
    m_fault = Fault{field, message};
}

bool ClientCertificateFields::isPem() const
{
    return ui->certificate->bytes().contains("-----BEGIN ");
}

QByteArray ClientCertificateFields::keyPem() const
{
    const QByteArray &own = ui->certificate->bytes();
    return own.contains("PRIVATE KEY-----") ? own : ui->key->bytes();
}

void ClientCertificateFields::showState()
{
    const bool hasOwnKey = ui->certificate->bytes().contains("PRIVATE KEY-----");
    setRowShown({ui->keyLabel, ui->keyField}, isPem() && !hasOwnKey);
    setRowShown({ui->passphraseLabel, ui->passphraseField}, m_wantsPassphrase);
    const QByteArray pem = m_imported ? m_imported->certificatePem : m_base;
    const bool isThere = m_imported || ui->certificate->isKept();
    ui->certificateMessage->setHint(
        isThere && !pem.isEmpty()
            ? pemWords(pem)
            : tr("A PKCS #12 file (.p12, .pfx), or one in PEM. Its key is kept with the secrets."));
}

} // namespace courier
