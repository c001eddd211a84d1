// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QList>
#include <QSslCertificate>
#include <QSslError>
#include <QString>
#include <QStringList>

namespace courier {

/// Those of \a errors that stand in the way. What a receiver shows of its certificate's standing (stapled OCSP, RFC
/// 6066, 8) may be missing or of no use, as with most; where it says that the certificate was revoked, that stands.
QList<QSslError> gravestOf(QList<QSslError> errors);

/// What is wrong with a receiver's certificate, in words, each once and the gravest first: "it expired on ...".
/// \a host is whom we wanted to reach.
QStringList tlsReasons(const QList<QSslError> &errors, const QSslCertificate &certificate, const QString &host);

/// What the TLS library said of a handshake that failed, in the operator's words where they are known; else as it said.
QString handshakeReason(const QString &detail);
/// The receiver ended the connection by an alert of TLS: it can't have read the request.
bool isTlsAlert(const QString &detail);

} // namespace courier
