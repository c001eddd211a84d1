// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "domain/destination.h"

#include <QList>
#include <QString>

namespace courier {

/// The fields in which the security of a destination is entered, in the order of a form. What is finer than
/// DestinationField, which tells only the subject.
enum class SecurityField {
    Signing,
    SigningHeader,
    SigningSecret,
    SigningOverlap,
    Authentication,
    UserName,
    Password,
    Token,
    TokenUrl,
    ClientId,
    ClientSecret,
    Scope,
    Authority,
    PinnedCertificate,
    ClientCertificate,
    ClientKey,  ///< a file of its own
    Passphrase, ///< of the client's certificate or key; kept nowhere
    Proxy,
    ProxyHost,
    ProxyPort,
    ProxyUser,
    ProxyPassword
};

/// What is wrong with, or worth knowing about, one of them. The message is for the operator (translated).
struct SecurityIssue
{
    SecurityField field;
    bool isError; ///< false: a warning that doesn't stop anything
    QString message;
};

/// The same that checkSecurity() says, field by field.
QList<SecurityIssue> checkSecurityFields(const DestinationSecurity &security, const QList<Header> &headers);
/// The secrets that the settings call for and that aren't among \a kinds, the values of headers left out.
QList<SecurityIssue> missingSecrets(const Destination &destination, SecretKinds kinds);
/// Where a secret is entered.
SecurityField fieldOf(SecretKind kind);
/// What the value of a secret header that nobody entered is asked for with.
QString missingHeaderSentence(const Header &header);

} // namespace courier
