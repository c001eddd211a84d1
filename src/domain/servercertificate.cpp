// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "domain/servercertificate.h"

namespace courier {
namespace {

constexpr qint64 warningMs = qint64(certificateWarningDays) * 24 * 3600 * 1000;

} // namespace

CertificateStanding standing(const ServerCertificate &certificate, qint64 now)
{
    if (!certificate.isSeen() || now < certificate.expiresAt - warningMs) {
        return CertificateStanding::Good;
    }
    return now <= certificate.expiresAt ? CertificateStanding::Expiring : CertificateStanding::Expired;
}

qint64 standingChangesAt(const ServerCertificate &certificate, qint64 now)
{
    if (!certificate.isSeen()) {
        return 0;
    }
    switch (standing(certificate, now)) {
    case CertificateStanding::Good:
        return certificate.expiresAt - warningMs;
    case CertificateStanding::Expiring:
        return certificate.expiresAt + 1;
    case CertificateStanding::Expired:
        break;
    }
    return 0;
}

} // namespace courier
