// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "app/commands/certificatelines.h"

#include "app/commands/commandspec.h"
#include "app/commands/jsonobject.h"
#include "delivery/certificates.h"
#include "models/certificatewords.h"

namespace courier::commands {

QString certificateText(const ServerCertificate &certificate, qint64 now)
{
    return certificate.isSeen()
               ? Text::tr("%1, SHA-256 %2").arg(certificateWords(certificate, now), fingerprint(certificate.sha256))
               : Text::tr("Not seen yet");
}

QByteArray certificateJson(const ServerCertificate &certificate)
{
    if (!certificate.isSeen()) {
        return QByteArrayLiteral("null");
    }
    return JsonObject()
        .add("subject", certificate.subject)
        .add("issuer", certificate.issuer)
        .addTime("expiresAt", certificate.expiresAt)
        .add("sha256", QString::fromLatin1(certificate.sha256.toHex()))
        .text();
}

} // namespace courier::commands
