// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "domain/servercertificate.h"

#include <QByteArray>
#include <QString>

// How commands show a receiver's certificate.
namespace courier::commands {

/// "hooks.example.com, issued by Example CA, valid until 12 Jan 2027, SHA-256 AB:CD:..."; "Not seen yet". \a now is ms
/// since 1970 UTC.
QString certificateText(const ServerCertificate &certificate, qint64 now);
/// subject, issuer, expiresAt (RFC 3339) and sha256 (in hex); null where none was seen.
QByteArray certificateJson(const ServerCertificate &certificate);

} // namespace courier::commands
