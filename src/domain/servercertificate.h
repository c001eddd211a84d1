// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QByteArray>
#include <QString>

namespace courier {

/// The certificate that a receiver showed over TLS (RFC 5280), in what an operator knows it by. A plain value.
struct ServerCertificate
{
    QByteArray sha256;    ///< of its DER form, 32 bytes; empty: none was seen yet
    QString subject;      ///< whom it is for: its common name, else another of its names; may be empty
    QString issuer;       ///< likewise, of who issued it
    qint64 expiresAt = 0; ///< its last moment (notAfter), ms since 1970 UTC

    bool isSeen() const { return !sha256.isEmpty(); }
    bool isSelfIssued() const { return !subject.isEmpty() && subject == issuer; }
    bool operator==(const ServerCertificate &) const = default;
};

enum class CertificateStanding : quint8 {
    Good,     ///< or none was seen
    Expiring, ///< it has at most certificateWarningDays left
    Expired
};

constexpr int certificateWarningDays = 14;

/// \a now is ms since 1970 UTC.
CertificateStanding standing(const ServerCertificate &certificate, qint64 now);
/// When its standing is next another one, ms since 1970 UTC; 0: never.
qint64 standingChangesAt(const ServerCertificate &certificate, qint64 now);

} // namespace courier
