// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "app/commands/tlsoptions.h"

#include "app/commands/texttable.h"
#include "delivery/certificates.h"

#include <QFile>

namespace courier::commands {
namespace {

constexpr qint64 longestFile = 256 * 1024; // bytes

tl::expected<QByteArray, Failure> readCertificateFile(const QString &place)
{
    QFile file(place);
    if (!file.open(QIODevice::ReadOnly)) {
        return refused(Text::tr("%1 can't be read: %2").arg(printable(place), file.errorString()));
    }
    const QByteArray bytes = file.read(longestFile + 1);
    if (bytes.size() > longestFile) {
        return refused(
            Text::tr("%1 is too long for certificates: at most %2 KiB.").arg(printable(place)).arg(longestFile / 1024));
    }
    return bytes;
}

tl::unexpected<Failure> unusable(const QString &place, const Error &error)
{
    return refused(QStringLiteral("%1: %2").arg(printable(place), error.message));
}

Ending readAuthority(const Call &call, TlsSettings &tls)
{
    const QString place = call.value(QStringLiteral("ca"));
    if (!call.isSet(QStringLiteral("ca"))) {
        return {};
    }
    tls.authorityPem.clear();
    if (place == QLatin1String("system")) {
        return {};
    }
    const auto bytes = readCertificateFile(place);
    if (!bytes) {
        return tl::unexpected(bytes.error());
    }
    const auto pem = importAuthority(*bytes);
    if (!pem) {
        return unusable(place, pem.error());
    }
    tls.authorityPem = *pem;
    return {};
}

Ending readPin(const Call &call, Destination &destination, QList<ToldOnce> &told)
{
    const QString word = call.value(QStringLiteral("pin"));
    QByteArray &pinned = destination.security.tls.pinnedSha256;
    if (!call.isSet(QStringLiteral("pin"))) {
        return {};
    }
    if (word == QLatin1String("none")) {
        pinned.clear();
        return {};
    }
    if (word == QLatin1String("seen")) {
        if (!destination.certificate.isSeen()) {
            return refused(Text::tr("No certificate of this receiver was seen yet: destination test shows it, also "
                                    "where it is refused."));
        }
        pinned = destination.certificate.sha256;
    } else if (const auto digest = sha256FromFingerprint(word)) {
        pinned = *digest;
    } else {
        return misused(Text::tr("--pin takes a certificate's SHA-256 (64 hexadecimal digits), seen or none."));
    }
    told.append({"pinnedSha256", Text::tr("Only the certificate with the SHA-256 %1 is taken."), fingerprint(pinned)});
    return {};
}

/// PEM holds the key, too, or it comes as a secret of its own; PKCS #12 holds both.
Result<ClientCertificate> open(const QByteArray &bytes, const GivenSecrets &given)
{
    if (!bytes.contains("-----BEGIN")) {
        return importPkcs12(bytes, given.passphrase);
    }
    const QByteArray key = given.changes.values.value(SecretKind::PrivateKey);
    return importPem(bytes, key.isEmpty() ? bytes : key, given.passphrase);
}

Ending readClientCertificate(const Call &call, TlsSettings &tls, GivenSecrets &given)
{
    const QString place = call.value(QStringLiteral("client-certificate"));
    const bool hasKey = !given.changes.values.value(SecretKind::PrivateKey).isEmpty();
    if (place == QLatin1String("none")) {
        tls.certificatePem.clear();
        return {};
    }
    QByteArray bytes = tls.certificatePem;
    if (call.isSet(QStringLiteral("client-certificate"))) {
        const auto read = readCertificateFile(place);
        if (!read) {
            return tl::unexpected(read.error());
        }
        bytes = *read;
    } else if (!hasKey || bytes.isEmpty()) {
        return given.passphrase.isEmpty()
                   ? Ending()
                   : misused(Text::tr("--secret-from passphrase goes with --client-certificate."));
    }
    const auto opened = open(bytes, given);
    if (!opened) {
        return place.isEmpty() ? refused(opened.error()) : unusable(place, opened.error());
    }
    tls.certificatePem = opened->certificatePem;
    given.changes.values.insert(SecretKind::PrivateKey, opened->keyPem);
    return {};
}

} // namespace

QList<OptionSpec> tlsOptions()
{
    return {
        {QStringLiteral("ca"), QStringLiteral("FILE"),
         Text::tr("Trust the certificate authorities in this file (PEM or DER) in place of the system's; system: "
                  "those again."),
         Completes::File},
        {QStringLiteral("pin"), QStringLiteral("SHA256"),
         Text::tr("Take this one certificate whatever is said of it, and no other: its SHA-256, or seen for the one "
                  "that the receiver showed last; none: as usual again.")},
        {QStringLiteral("client-certificate"), QStringLiteral("FILE"),
         Text::tr("Show this certificate: PEM, with its key or with --secret-from private-key, or PKCS #12; "
                  "--secret-from passphrase opens it. none: show none."),
         Completes::File}};
}

Ending readTls(const Call &call, Destination &destination, GivenSecrets &given, QList<ToldOnce> &told)
{
    TlsSettings &tls = destination.security.tls;
    return readAuthority(call, tls).and_then([&] { return readPin(call, destination, told); }).and_then([&] {
        return readClientCertificate(call, tls, given);
    });
}

} // namespace courier::commands
