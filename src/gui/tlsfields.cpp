// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "gui/tlsfields.h"

#include "delivery/certificates.h"
#include "gui/fieldmessage.h"
#include "gui/pemwords.h"
#include "ui_tlsfields.h"

namespace courier {
namespace {

// In two halves, so that a line can be broken there.
QString brokenFingerprint(const QByteArray &sha256)
{
    return QStringLiteral("%1 %2").arg(fingerprint(sha256.left(16)), fingerprint(sha256.mid(16)));
}

} // namespace

TlsFields::TlsFields(QWidget *parent)
    : SecurityPart(parent)
    , ui(std::make_unique<Ui::TlsFields>())
{
    ui->setupUi(this);
    connect(ui->authority, &FileField::edited, this, [this] { Q_EMIT changed(SecurityField::Authority); });
    connect(ui->authority, &FileField::taken, this, &TlsFields::onAuthority);
    connect(ui->pin, &QLineEdit::textChanged, this, &TlsFields::showSeen);
    connect(ui->pinSeen, &QPushButton::clicked, this, [this] {
        ui->pin->setText(fingerprint(m_seen));
        ui->pin->setCursorPosition(0);
        ui->pin->setFocus();
    });
    showAuthority();
    showSeen();
}

TlsFields::~TlsFields() = default;

void TlsFields::setSeenCertificate(const QByteArray &sha256)
{
    m_seen = sha256;
    showSeen();
}

void TlsFields::addTo(FormFields &fields)
{
    fields.add(idOf(SecurityField::Authority), ui->authority, ui->authorityMessage);
    fields.addLine(idOf(SecurityField::PinnedCertificate), ui->pin, ui->pinMessage);
}

void TlsFields::setValue(const Destination &destination)
{
    m_base = destination.security.tls;
    m_authority.clear();
    m_authorityFault.clear();
    ui->authority->setStored(!m_base.authorityPem.isEmpty());
    ui->pin->setText(fingerprint(m_base.pinnedSha256));
    ui->pin->setCursorPosition(0);
    showAuthority();
}

void TlsFields::write(DestinationSecurity &security) const
{
    security.tls.authorityPem = ui->authority->isKept() ? m_base.authorityPem : m_authority;
    security.tls.pinnedSha256 = sha256FromFingerprint(ui->pin->text()).value_or(QByteArray());
}

QList<SecurityIssue> TlsFields::issues() const
{
    QList<SecurityIssue> issues;
    if (!m_authorityFault.isEmpty()) {
        issues.append({SecurityField::Authority, true, m_authorityFault});
    }
    if (!ui->pin->text().trimmed().isEmpty()) {
        if (const Result<QByteArray> pin = sha256FromFingerprint(ui->pin->text()); !pin) {
            issues.append({SecurityField::PinnedCertificate, true, pin.error().message});
        }
    }
    return issues;
}

void TlsFields::take()
{
    ui->authority->take();
}

void TlsFields::onAuthority()
{
    m_authority.clear();
    m_authorityFault = ui->authority->fault();
    if (!ui->authority->bytes().isEmpty()) {
        const Result<QByteArray> pem = importAuthority(ui->authority->bytes());
        m_authority = pem.value_or(QByteArray());
        m_authorityFault = pem ? QString() : pem.error().message;
    }
    showAuthority();
    Q_EMIT left(SecurityField::Authority);
    Q_EMIT edited();
}

void TlsFields::showAuthority()
{
    const QByteArray pem = ui->authority->isKept() ? m_base.authorityPem : m_authority;
    ui->authorityMessage->setHint(pem.isEmpty() ? tr("A PEM or DER file, for a receiver whose certificate your own "
                                                     "authority signed.")
                                                : tr("Only %1 is trusted.").arg(pemWords(pem)));
}

void TlsFields::showSeen()
{
    const Result<QByteArray> pin = sha256FromFingerprint(ui->pin->text());
    const bool isOffered = !m_seen.isEmpty() && pin.value_or(QByteArray()) != m_seen;
    ui->pinSeen->setVisible(isOffered);
    ui->pinMessage->setHint(isOffered ? tr("The receiver showed %1").arg(brokenFingerprint(m_seen))
                                      : tr("Its SHA-256. Then this certificate alone is taken, whoever signed it."));
}

} // namespace courier
