// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "delivery/certificates.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QRegularExpression>

#include <algorithm>
#include <memory>

#include <openssl/pem.h>
#include <openssl/x509.h>

namespace courier {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Certificates)
};

constexpr qsizetype sha256Digits = 64;

tl::unexpected<Error> invalid(const QString &message)
{
    return failure(Error::Kind::Invalid, message);
}

QByteArray joinedPem(const QList<QSslCertificate> &certificates)
{
    QByteArray pem;
    for (const QSslCertificate &certificate : certificates) {
        pem += certificate.toPem();
    }
    return pem;
}

// Qt doesn't tell.
bool belongTogether(const QSslCertificate &certificate, const QSslKey &key)
{
    const QByteArray der = certificate.toDer();
    const auto *bytes = reinterpret_cast<const unsigned char *>(der.constData());
    const std::unique_ptr<X509, decltype(&X509_free)> x509(d2i_X509(nullptr, &bytes, static_cast<long>(der.size())),
                                                           &X509_free);
    const QByteArray pem = key.toPem();
    const std::unique_ptr<BIO, decltype(&BIO_free)> bio(BIO_new_mem_buf(pem.constData(), static_cast<int>(pem.size())),
                                                        &BIO_free);
    const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> opened(
        PEM_read_bio_PrivateKey(bio.get(), nullptr, nullptr, nullptr), &EVP_PKEY_free);
    return x509 && opened && X509_check_private_key(x509.get(), opened.get()) == 1;
}

} // namespace

Result<QList<QSslCertificate>> certificatesFromPem(const QByteArray &pem)
{
    const QList<QSslCertificate> certificates = QSslCertificate::fromData(pem, QSsl::Pem);
    const qsizetype announced = pem.count("-----BEGIN CERTIFICATE-----");
    const bool isNull = std::any_of(certificates.begin(), certificates.end(),
                                    [](const QSslCertificate &certificate) { return certificate.isNull(); });
    if (certificates.isEmpty() || certificates.size() != announced || isNull) {
        return invalid(Words::tr("There is no certificate in PEM, or one that can't be read."));
    }
    return certificates;
}

Result<QByteArray> importAuthority(const QByteArray &bytes)
{
    if (const QSslCertificate der(bytes, QSsl::Der); !bytes.contains("-----BEGIN") && !der.isNull()) {
        return der.toPem();
    }
    return certificatesFromPem(bytes).map(joinedPem);
}

Result<QSslKey> privateKeyFromPem(const QByteArray &pem, const QByteArray &passphrase)
{
    if (!pem.contains("PRIVATE KEY-----")) {
        return invalid(
            Words::tr("There is no private key in PEM: it has a line such as “-----BEGIN PRIVATE KEY-----”."));
    }
    for (const QSsl::KeyAlgorithm algorithm : {QSsl::Rsa, QSsl::Ec, QSsl::Dsa}) {
        const QSslKey key(pem, algorithm, QSsl::Pem, QSsl::PrivateKey, passphrase);
        if (!key.isNull()) {
            return key;
        }
    }
    if (pem.contains("ENCRYPTED")) {
        return invalid(Words::tr("The private key can't be opened: its passphrase is missing or wrong."));
    }
    return invalid(Words::tr("The private key can't be read: it has to be one of RSA, EC or DSA."));
}

Result<ClientCertificate> importPem(const QByteArray &certificates, const QByteArray &key, const QByteArray &passphrase)
{
    const Result<QList<QSslCertificate>> chain = certificatesFromPem(certificates);
    if (!chain) {
        return tl::unexpected(chain.error());
    }
    const Result<QSslKey> opened = privateKeyFromPem(key, passphrase);
    if (!opened) {
        return tl::unexpected(opened.error());
    }
    if (!belongTogether(chain->first(), *opened)) {
        return invalid(Words::tr("The private key doesn't belong to the certificate."));
    }
    return ClientCertificate{joinedPem(*chain), opened->toPem()};
}

Result<ClientCertificate> importPkcs12(const QByteArray &bytes, const QByteArray &passphrase)
{
    QBuffer device;
    device.setData(bytes);
    device.open(QIODevice::ReadOnly);
    QSslKey key;
    QSslCertificate certificate;
    QList<QSslCertificate> issuers;
    if (!QSslCertificate::importPkcs12(&device, &key, &certificate, &issuers, passphrase)) {
        return invalid(
            Words::tr("This PKCS #12 file can't be opened: its passphrase is wrong, it is damaged, or it was "
                      "written in an old way (then write it anew with openssl pkcs12)."));
    }
    if (key.isNull() || certificate.isNull()) {
        return invalid(Words::tr("This PKCS #12 file holds no certificate with its private key."));
    }
    issuers.removeAll(certificate);
    issuers.prepend(certificate);
    return ClientCertificate{joinedPem(issuers), key.toPem()};
}

Result<QList<CertificateFacts>> certificateFacts(const QByteArray &pem)
{
    return certificatesFromPem(pem).map([](const QList<QSslCertificate> &certificates) {
        QList<CertificateFacts> facts;
        for (const QSslCertificate &one : certificates) {
            facts.append({one.subjectDisplayName(), one.issuerDisplayName(), one.expiryDate().toMSecsSinceEpoch()});
        }
        return facts;
    });
}

QString fingerprint(const QByteArray &digest)
{
    return QString::fromLatin1(digest.toHex(':').toUpper());
}

Result<QByteArray> sha256FromFingerprint(const QString &text)
{
    QString digits = text.section(QLatin1Char('='), -1);
    static const QRegularExpression separators(QStringLiteral("[\\s:]"));
    digits.remove(separators);
    const bool isHex = std::all_of(digits.begin(), digits.end(), [](QChar c) {
        const char lower = c.toLower().toLatin1();
        return (lower >= '0' && lower <= '9') || (lower >= 'a' && lower <= 'f');
    });
    if (digits.size() != sha256Digits || !isHex) {
        return invalid(Words::tr("A certificate's SHA-256 has 64 hexadecimal digits."));
    }
    return QByteArray::fromHex(digits.toLatin1());
}

} // namespace courier
