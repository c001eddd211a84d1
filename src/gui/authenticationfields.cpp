// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "gui/authenticationfields.h"

#include "gui/fieldmessage.h"
#include "gui/securitywords.h"
#include "ui_authenticationfields.h"

namespace courier {

AuthenticationFields::AuthenticationFields(QWidget *parent)
    : SecurityPart(parent)
    , ui(std::make_unique<Ui::AuthenticationFields>())
{
    ui->setupUi(this);
    for (const AuthScheme one : {AuthScheme::None, AuthScheme::Basic, AuthScheme::Bearer, AuthScheme::OAuth2}) {
        ui->scheme->addItem(displayName(one), static_cast<int>(one));
    }
    m_secrets = {{AuthScheme::Basic, SecretKind::Password, ui->password},
                 {AuthScheme::Bearer, SecretKind::Token, ui->token},
                 {AuthScheme::OAuth2, SecretKind::ClientSecret, ui->clientSecret}};
    for (const Secret &secret : std::as_const(m_secrets)) {
        const SecurityField field = fieldOf(secret.kind);
        secret.field->setKind(secret.kind);
        connect(secret.field, &SecretField::edited, this, [this, field] { Q_EMIT changed(field); });
        connect(secret.field, &SecretField::left, this, [this, field] { Q_EMIT left(field); });
    }
    connect(ui->scheme, &QComboBox::currentIndexChanged, this, [this] {
        showScheme();
        Q_EMIT edited();
    });
    showScheme();
}

AuthenticationFields::~AuthenticationFields() = default;

void AuthenticationFields::addTo(FormFields &fields)
{
    fields.add(idOf(SecurityField::Authentication), ui->scheme, ui->schemeMessage);
    fields.addLine(idOf(SecurityField::UserName), ui->user, ui->userMessage);
    fields.add(idOf(SecurityField::Password), ui->password, ui->passwordMessage);
    fields.add(idOf(SecurityField::Token), ui->token, ui->tokenMessage);
    fields.addLine(idOf(SecurityField::TokenUrl), ui->tokenUrl, ui->tokenUrlMessage);
    fields.addLine(idOf(SecurityField::ClientId), ui->clientId, ui->clientIdMessage);
    fields.add(idOf(SecurityField::ClientSecret), ui->clientSecret, ui->clientSecretMessage);
    fields.addLine(idOf(SecurityField::Scope), ui->scope, ui->scopeMessage);
    for (const Secret &secret : std::as_const(m_secrets)) {
        connect(secret.field, &SecretField::failed, fields.message(idOf(fieldOf(secret.kind))),
                &FieldMessage::showError);
    }
}

void AuthenticationFields::setReader(const SecretReader &reader)
{
    for (const Secret &secret : std::as_const(m_secrets)) {
        secret.field->setReader(reader);
    }
}

void AuthenticationFields::setValue(const Destination &destination)
{
    m_base = destination.security.authentication;
    ui->scheme->setCurrentIndex(ui->scheme->findData(static_cast<int>(m_base.scheme)));
    ui->user->setText(m_base.user);
    ui->tokenUrl->setText(m_base.tokenUrl);
    ui->clientId->setText(m_base.clientId);
    ui->scope->setText(m_base.scope);
    for (const Secret &secret : std::as_const(m_secrets)) {
        secret.field->setStored(destination.secrets.kinds.contains(secret.kind));
    }
    showScheme();
}

// What belongs to another scheme goes with it; what is stored and untouched stays as it is.
void AuthenticationFields::write(DestinationSecurity &security) const
{
    Authentication written = scheme() == m_base.scheme ? m_base : Authentication{};
    written.scheme = scheme();
    if (written.scheme == AuthScheme::Basic) {
        written.user = ui->user->text();
    }
    if (written.scheme == AuthScheme::OAuth2) {
        written.tokenUrl = ui->tokenUrl->text().trimmed();
        written.clientId = ui->clientId->text().trimmed();
        written.scope = ui->scope->text().trimmed();
    }
    security.authentication = written;
}

void AuthenticationFields::addChanges(SecretChanges &changes) const
{
    for (const Secret &secret : m_secrets) {
        if (secret.scheme == scheme()) {
            addChange(changes, secret.kind, *secret.field);
        }
    }
}

void AuthenticationFields::addKinds(SecretKinds &kinds) const
{
    for (const Secret &secret : m_secrets) {
        if (secret.field->isThere()) {
            kinds.set(secret.kind);
        }
    }
}

QList<SecurityIssue> AuthenticationFields::issues() const
{
    QList<SecurityIssue> issues;
    for (const Secret &secret : m_secrets) {
        if (secret.scheme == scheme()) {
            addFault(issues, secret.kind, *secret.field);
        }
    }
    return issues;
}

AuthScheme AuthenticationFields::scheme() const
{
    return static_cast<AuthScheme>(ui->scheme->currentData().toInt());
}

void AuthenticationFields::showScheme()
{
    const bool isBasic = scheme() == AuthScheme::Basic;
    const bool isOAuth = scheme() == AuthScheme::OAuth2;
    setRowShown({ui->userLabel, ui->userField, ui->passwordLabel, ui->passwordField}, isBasic);
    setRowShown({ui->tokenLabel, ui->tokenField}, scheme() == AuthScheme::Bearer);
    setRowShown({ui->tokenUrlLabel, ui->tokenUrlField, ui->clientIdLabel, ui->clientIdField, ui->clientSecretLabel,
                 ui->clientSecretField, ui->scopeLabel, ui->scopeField},
                isOAuth);
    ui->schemeMessage->setHint(hintOf(scheme()));
    ui->schemeMessage->clear();
}

} // namespace courier
