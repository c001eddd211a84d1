// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "models/certificatewords.h"

#include "models/words.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QStringList>

namespace courier {
namespace {

struct Say
{
    Q_DECLARE_TR_FUNCTIONS(Certificate)
};

// As days are counted on a calendar: what ends tomorrow has one day, at whatever hour.
qint64 daysLeft(const ServerCertificate &certificate, qint64 now)
{
    const QDate today = QDateTime::fromMSecsSinceEpoch(now).date();
    return today.daysTo(QDateTime::fromMSecsSinceEpoch(certificate.expiresAt).date());
}

QString validity(const ServerCertificate &certificate, qint64 now)
{
    const QString day = words::day(certificate.expiresAt);
    switch (standing(certificate, now)) {
    case CertificateStanding::Expired:
        return Say::tr("expired on %1").arg(day);
    case CertificateStanding::Expiring: {
        const qint64 days = daysLeft(certificate, now);
        return days == 0   ? Say::tr("valid until %1 (today)").arg(day)
               : days == 1 ? Say::tr("valid until %1 (1 more day)").arg(day)
                           : Say::tr("valid until %1 (%2 more days)").arg(day, words::count(days));
    }
    case CertificateStanding::Good:
        break;
    }
    return Say::tr("valid until %1").arg(day);
}

QString expiry(const ServerCertificate &certificate, qint64 now)
{
    const QString day = words::day(certificate.expiresAt);
    const qint64 days = daysLeft(certificate, now);
    return days == 0   ? Say::tr("The receiver's certificate expires today.")
           : days == 1 ? Say::tr("The receiver's certificate expires tomorrow, on %1.").arg(day)
                       : Say::tr("The receiver's certificate expires in %1 days, on %2.").arg(words::count(days), day);
}

} // namespace

QString certificateWords(const ServerCertificate &certificate, qint64 now)
{
    if (!certificate.isSeen()) {
        return {};
    }
    QStringList parts{certificate.subject.isEmpty() ? Say::tr("for nobody named") : certificate.subject};
    if (certificate.isSelfIssued()) {
        parts.append(Say::tr("self-signed"));
    } else if (!certificate.issuer.isEmpty()) {
        parts.append(Say::tr("issued by %1").arg(certificate.issuer));
    }
    parts.append(validity(certificate, now));
    return parts.join(Say::tr(", "));
}

QString certificateNote(const ServerCertificate &certificate, qint64 now)
{
    switch (standing(certificate, now)) {
    case CertificateStanding::Expired:
        return Say::tr("Certificate expired");
    case CertificateStanding::Expiring: {
        const qint64 days = daysLeft(certificate, now);
        return days == 0   ? Say::tr("Certificate: today")
               : days == 1 ? Say::tr("Certificate: 1 day")
                           : Say::tr("Certificate: %1 days").arg(words::count(days));
    }
    case CertificateStanding::Good:
        break;
    }
    return {};
}

// One that is pinned is taken whatever its date says.
QString certificateWarning(const Destination &destination, qint64 now)
{
    const ServerCertificate &certificate = destination.certificate;
    const bool isPinned = destination.security.tls.pinnedSha256 == certificate.sha256;
    switch (standing(certificate, now)) {
    case CertificateStanding::Expired: {
        const QString expired =
            Say::tr("The receiver's certificate expired on %1.").arg(words::day(certificate.expiresAt));
        return isPinned ? Say::tr("%1 It is pinned, and still taken.").arg(expired)
                        : Say::tr("%1 Nothing can be delivered until the receiver has a new one.").arg(expired);
    }
    case CertificateStanding::Expiring:
        return isPinned ? Say::tr("%1 The one that follows it has to be pinned, too.").arg(expiry(certificate, now))
                        : Say::tr("%1 From then on nothing can be delivered, unless the receiver renews it.")
                              .arg(expiry(certificate, now));
    case CertificateStanding::Good:
        break;
    }
    return {};
}

} // namespace courier
