// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "delivery/tlswords.h"

#include <QCoreApplication>
#include <QDateTime>

#include <algorithm>

namespace courier {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(Tls)
};

QString day(const QDateTime &moment)
{
    return moment.toUTC().toString(QStringLiteral("yyyy-MM-dd HH:mm 'UTC'"));
}

QString issuerOf(const QSslCertificate &certificate)
{
    const QStringList names =
        certificate.issuerInfo(QSslCertificate::CommonName) + certificate.issuerInfo(QSslCertificate::Organization);
    return names.isEmpty() ? Words::tr("nobody named") : names.first().simplified().left(100);
}

QString namesIn(const QSslCertificate &certificate)
{
    constexpr qsizetype mostShown = 4;
    QStringList names = certificate.subjectAlternativeNames().values();
    if (names.isEmpty()) {
        names = certificate.subjectInfo(QSslCertificate::CommonName);
    }
    names.sort();
    const bool isCut = names.size() > mostShown;
    QString shown = names.mid(0, mostShown).join(QLatin1String(", ")).left(300);
    return isCut ? Words::tr("%1 and others").arg(shown) : shown;
}

QString wrongHost(const QSslCertificate &certificate, const QString &host)
{
    const QString names = namesIn(certificate);
    return names.isEmpty() ? Words::tr("it names no host, so it isn't for %1").arg(host)
                           : Words::tr("it is for %1, not for %2").arg(names, host);
}

QString reasonFor(const QSslError &error, const QSslCertificate &peer, const QString &host)
{
    const QSslCertificate certificate = error.certificate().isNull() ? peer : error.certificate();
    switch (error.error()) {
    case QSslError::CertificateExpired:
        return Words::tr("it expired on %1").arg(day(certificate.expiryDate()));
    case QSslError::CertificateNotYetValid:
        return Words::tr("it is valid only from %1").arg(day(certificate.effectiveDate()));
    case QSslError::CertificateRevoked:
        return Words::tr("it was revoked");
    case QSslError::HostNameMismatch:
        return wrongHost(peer, host);
    case QSslError::SelfSignedCertificate:
        return Words::tr("it is self-signed");
    case QSslError::SelfSignedCertificateInChain:
    case QSslError::UnableToGetIssuerCertificate:
    case QSslError::UnableToGetLocalIssuerCertificate:
    case QSslError::UnableToVerifyFirstCertificate:
    case QSslError::CertificateUntrusted:
        return Words::tr("its issuer (%1) is not one that is trusted here").arg(issuerOf(certificate));
    default:
        return error.errorString().simplified();
    }
}

// What the library adds to one fault comes after it.
int weight(QSslError::SslError error)
{
    switch (error) {
    case QSslError::CertificateRevoked:
        return 0;
    case QSslError::CertificateExpired:
    case QSslError::CertificateNotYetValid:
        return 1;
    case QSslError::SelfSignedCertificate:
        return 2;
    case QSslError::HostNameMismatch:
        return 4;
    default:
        return 3;
    }
}

bool says(const QString &detail, const char *words)
{
    return detail.contains(QLatin1String(words), Qt::CaseInsensitive);
}

} // namespace

QList<QSslError> gravestOf(QList<QSslError> errors)
{
    const auto isOfNoUse = [](const QSslError &error) {
        return error.error() >= QSslError::OcspNoResponseFound && error.error() <= QSslError::OcspStatusUnknown;
    };
    errors.removeIf(isOfNoUse);
    return errors;
}

QStringList tlsReasons(const QList<QSslError> &errors, const QSslCertificate &certificate, const QString &host)
{
    QList<QSslError> sorted = errors;
    std::stable_sort(sorted.begin(), sorted.end(), [](const QSslError &left, const QSslError &right) {
        return weight(left.error()) < weight(right.error());
    });
    const bool isSelfSigned = std::any_of(sorted.begin(), sorted.end(), [](const QSslError &error) {
        return error.error() == QSslError::SelfSignedCertificate;
    });
    QStringList reasons;
    for (const QSslError &error : std::as_const(sorted)) {
        // The library says the same of a self-signed one in several ways.
        if (isSelfSigned && weight(error.error()) == 3 && error.certificate() == certificate) {
            continue;
        }
        const QString reason = reasonFor(error, certificate, host);
        if (!reasons.contains(reason)) {
            reasons.append(reason);
        }
    }
    return reasons;
}

QString handshakeReason(const QString &detail)
{
    if (says(detail, "protocol version") || says(detail, "unsupported protocol") || says(detail, "wrong ssl version")) {
        return Words::tr("the receiver speaks only versions of TLS before 1.2, which are not safe.");
    }
    if (says(detail, "certificate required")) {
        return Words::tr("the receiver asks for a client certificate.");
    }
    if (says(detail, "unknown ca") || says(detail, "bad certificate") || says(detail, "certificate unknown") ||
        says(detail, "certificate expired") || says(detail, "certificate revoked")) {
        return Words::tr("the receiver refused our client certificate (%1).").arg(detail.section(QLatin1Char(':'), -1));
    }
    if (says(detail, "wrong version number") || says(detail, "packet length too long") ||
        says(detail, "http request")) {
        return Words::tr("the receiver doesn't speak TLS at this port.");
    }
    return detail.simplified();
}

bool isTlsAlert(const QString &detail)
{
    return says(detail, "alert");
}

} // namespace courier
