// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "store/certificatewrites.h"

#include <QUrl>

#include <algorithm>

namespace courier::certificatewrites {
namespace {

constexpr int httpsPort = 443;

/// What shows a certificate: host and port.
std::pair<QString, int> receiverOf(const QString &address)
{
    const QUrl url(address);
    return url.scheme() == QLatin1String("https") ? std::pair(url.host(), url.port(httpsPort))
                                                  : std::pair(QString(), 0);
}

void set(WriteSession &session, DestinationId id, const ServerCertificate &certificate)
{
    session
        .prepared(QStringLiteral("UPDATE destination SET certificate_sha256 = ?, certificate_subject = ?, "
                                 "certificate_issuer = ?, certificate_expires_at = ? WHERE id = ?"))
        .run(certificate.sha256, certificate.subject, certificate.issuer, certificate.expiresAt, id);
    session.noteDestination(id);
}

} // namespace

void note(WriteSession &session, const Attempt &attempt)
{
    if (!attempt.certificate.isSeen()) {
        return; // over a connection that was open already, or not over TLS
    }
    const Destination *destination = session.destination(attempt.destinationId);
    if (!destination || destination->certificate.sha256 == attempt.certificate.sha256) {
        return;
    }
    const auto receiver = receiverOf(destination->url);
    for (const Destination &one : QList(session.destinations())) {
        if (one.id == attempt.destinationId || receiverOf(one.url) == receiver) {
            set(session, one.id, attempt.certificate);
        }
    }
}

void adopt(WriteSession &session, const Destination &destination, const QString &addressBefore)
{
    const auto receiver = receiverOf(destination.url);
    if (receiver == receiverOf(addressBefore)) {
        return;
    }
    const QList<Destination> all = session.destinations();
    const auto known = std::find_if(all.begin(), all.end(), [&](const Destination &one) {
        return one.id != destination.id && one.certificate.isSeen() && receiverOf(one.url) == receiver;
    });
    set(session, destination.id, known == all.end() ? ServerCertificate() : known->certificate);
}

} // namespace courier::certificatewrites
