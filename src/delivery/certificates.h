// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "domain/error.h"

#include <QByteArray>
#include <QList>
#include <QSslCertificate>
#include <QSslKey>

// Certificates and keys from text and files. Pure, for any thread.
namespace courier {

/// A client certificate with its chain, and its private key apart: that is secret.
struct ClientCertificate
{
    QByteArray certificatePem; ///< its own first, then its issuers
    QByteArray keyPem;         ///< without a passphrase
};

/// All certificates of a PEM text; Error::Kind::Invalid where there is none or one can't be read.
Result<QList<QSslCertificate>> certificatesFromPem(const QByteArray &pem);
/// The same from a file, in PEM or DER, as PEM.
Result<QByteArray> importAuthority(const QByteArray &bytes);
/// A private key of RSA, EC or DSA; Invalid where there is none, or its passphrase is missing or wrong.
Result<QSslKey> privateKeyFromPem(const QByteArray &pem, const QByteArray &passphrase = {});
/// The two as TlsSettings and DestinationSecrets keep them: one PEM text that holds both, or two. Invalid where they
/// don't belong together.
Result<ClientCertificate> importPem(const QByteArray &certificates, const QByteArray &key,
                                    const QByteArray &passphrase = {});
/// The same of a PKCS #12 file (.p12, .pfx).
Result<ClientCertificate> importPkcs12(const QByteArray &bytes, const QByteArray &passphrase);
/// What an operator knows a certificate by.
struct CertificateFacts
{
    QString subject;      ///< its common name, else another of its names
    QString issuer;       ///< likewise
    qint64 expiresAt = 0; ///< ms since 1970 UTC
};
/// Of all certificates of a PEM text, in its order; Invalid as above.
Result<QList<CertificateFacts>> certificateFacts(const QByteArray &pem);
/// "AB:CD:...", as browsers and openssl show it.
QString fingerprint(const QByteArray &digest);
/// The reverse, with or without colons, spaces and "SHA256 Fingerprint="; Invalid where there aren't 64 digits.
Result<QByteArray> sha256FromFingerprint(const QString &text);

} // namespace courier
