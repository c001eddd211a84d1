// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QByteArray>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QString>
#include <QStringList>
#include <QTemporaryDir>

namespace courier::test {

/// A certificate and its key, as files and as bytes.
struct Identity
{
    QString certificateFile;
    QString keyFile;
    QByteArray certificatePem;
    QByteArray keyPem;

    QSslCertificate certificate() const { return QSslCertificate(certificatePem); }
    QByteArray sha256() const { return certificate().digest(QCryptographicHash::Sha256); }
};

/// Makes certificates with the openssl command line tool, in a folder of its own. Each call takes some 20 ms.
class CertificateMaker
{
public:
    /// A certificate authority, or a certificate that signs itself.
    Identity selfSigned(const QString &name, const QString &alternative = {});
    Identity authority(const QString &name);
    /// Signed by \a authority for \a alternative, as in "IP:127.0.0.1"; lasts \a days, which may be gone already.
    Identity issued(const Identity &authority, const QString &name, const QString &alternative, int days = 30);
    /// What \a signer says of \a identity, which \a authority issued (OCSP): that it was revoked, or that it is in
    /// order.
    QString standing(const Identity &identity, bool isRevoked, const Identity &authority, const Identity &signer);
    /// Certificate and key as a PKCS #12 file.
    QByteArray pkcs12(const Identity &identity, const QString &passphrase);

    /// Runs openssl there; aborts the test program where it fails.
    void openssl(const QStringList &arguments) const;
    QString path(const QString &file) const { return m_directory.filePath(file); }
    QByteArray read(const QString &file) const;

private:
    Identity identity(const QString &base) const;
    QString nextBase();

    QTemporaryDir m_directory;
    int m_count = 0;
};

/// What a server with \a identity is set up with.
QSslConfiguration serverConfiguration(const Identity &identity);

} // namespace courier::test
