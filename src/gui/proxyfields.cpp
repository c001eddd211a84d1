// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "gui/proxyfields.h"

#include "gui/fieldmessage.h"
#include "gui/securitywords.h"
#include "ui_proxyfields.h"

namespace courier {
namespace {

// What such proxies listen on unless they are told otherwise.
int usualPort(ProxyKind kind)
{
    return kind == ProxyKind::Socks5 ? 1080 : 3128;
}

} // namespace

ProxyFields::ProxyFields(QWidget *parent)
    : SecurityPart(parent)
    , ui(std::make_unique<Ui::ProxyFields>())
{
    ui->setupUi(this);
    for (const ProxyKind one : {ProxyKind::System, ProxyKind::None, ProxyKind::Http, ProxyKind::Socks5}) {
        ui->kind->addItem(displayName(one), static_cast<int>(one));
    }
    ui->password->setKind(SecretKind::ProxyPassword);
    connect(ui->password, &SecretField::edited, this, [this] { Q_EMIT changed(SecurityField::ProxyPassword); });
    connect(ui->password, &SecretField::left, this, [this] { Q_EMIT left(SecurityField::ProxyPassword); });
    connect(ui->password, &SecretField::failed, ui->passwordMessage, &FieldMessage::showError);
    connect(ui->port, &QSpinBox::valueChanged, this, [this] { Q_EMIT changed(SecurityField::ProxyPort); });
    connect(ui->user, &QLineEdit::textChanged, this, &ProxyFields::showKind);
    connect(ui->kind, &QComboBox::currentIndexChanged, this, [this] {
        if (isOwn() && ui->host->text().isEmpty()) {
            ui->port->setValue(usualPort(kind()));
        }
        showKind();
        Q_EMIT edited();
    });
    showKind();
}

ProxyFields::~ProxyFields() = default;

void ProxyFields::addTo(FormFields &fields)
{
    fields.addLine(idOf(SecurityField::ProxyHost), ui->host, ui->hostMessage);
    fields.add(idOf(SecurityField::ProxyPort), ui->port, ui->portMessage);
    fields.addLine(idOf(SecurityField::ProxyUser), ui->user, ui->userMessage);
    fields.add(idOf(SecurityField::ProxyPassword), ui->password, ui->passwordMessage);
}

void ProxyFields::setReader(const SecretReader &reader)
{
    ui->password->setReader(reader);
}

void ProxyFields::setValue(const Destination &destination)
{
    m_base = destination.security.proxy;
    ui->host->setText(m_base.host);
    ui->kind->setCurrentIndex(ui->kind->findData(static_cast<int>(m_base.kind)));
    ui->port->setValue(m_base.port > 0 ? m_base.port : usualPort(m_base.kind));
    ui->user->setText(m_base.user);
    ui->password->setStored(destination.secrets.kinds.contains(SecretKind::ProxyPassword));
    showKind();
}

void ProxyFields::write(DestinationSecurity &security) const
{
    ProxySettings written = kind() == m_base.kind ? m_base : ProxySettings{};
    written.kind = kind();
    if (isOwn()) {
        written.host = ui->host->text().trimmed();
        written.port = ui->port->value();
        written.user = ui->user->text();
    }
    security.proxy = written;
}

void ProxyFields::addChanges(SecretChanges &changes) const
{
    if (isOwn() && !ui->user->text().isEmpty()) {
        addChange(changes, SecretKind::ProxyPassword, *ui->password);
    }
}

void ProxyFields::addKinds(SecretKinds &kinds) const
{
    if (ui->password->isThere()) {
        kinds.set(SecretKind::ProxyPassword);
    }
}

QList<SecurityIssue> ProxyFields::issues() const
{
    QList<SecurityIssue> issues;
    if (isOwn()) {
        addFault(issues, SecretKind::ProxyPassword, *ui->password);
    }
    return issues;
}

ProxyKind ProxyFields::kind() const
{
    return static_cast<ProxyKind>(ui->kind->currentData().toInt());
}

bool ProxyFields::isOwn() const
{
    return kind() == ProxyKind::Http || kind() == ProxyKind::Socks5;
}

// A password without a user would never be asked for.
void ProxyFields::showKind()
{
    setRowShown({ui->hostLabel, ui->hostField, ui->userLabel, ui->userField}, isOwn());
    setRowShown({ui->passwordLabel, ui->passwordField}, isOwn() && !ui->user->text().isEmpty());
    ui->kindMessage->setHint(hintOf(kind()));
}

} // namespace courier
