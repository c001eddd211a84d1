// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "app/commands/securityoptions.h"

#include "app/commands/texttable.h"
#include "app/commands/tlsoptions.h"
#include "delivery/signature.h"

#include <QUrl>

#include <array>

namespace courier::commands {
namespace {

/// One of the first \a count values whose keyword is \a word.
template<typename Scheme>
std::optional<Scheme> schemeFrom(const QString &word, int count)
{
    for (int number = 0; number < count; ++number) {
        const auto scheme = static_cast<Scheme>(number);
        if (courier::keyword(scheme) == word.toLower()) {
            return scheme;
        }
    }
    return std::nullopt;
}

bool isFreeForm(SigningScheme scheme)
{
    return scheme == SigningScheme::GitHub || scheme == SigningScheme::Custom;
}

Ending readScheme(const Call &call, Signing &signing)
{
    if (!call.isSet(QStringLiteral("signing"))) {
        return {};
    }
    const auto scheme = schemeFrom<SigningScheme>(call.value(QStringLiteral("signing")), 5);
    if (!scheme) {
        return misused(Text::tr("--signing takes none, standard, standard-ed25519, github or custom."));
    }
    if (*scheme != signing.scheme) {
        const int overlap = signing.overlapHours;
        signing = Signing();
        signing.scheme = *scheme;
        signing.overlapHours = overlap;
    }
    return {};
}

Ending readOverlap(const Call &call, Signing &signing)
{
    const QString option = QStringLiteral("signing-overlap");
    if (!call.isSet(option)) {
        return {};
    }
    bool isNumber = false;
    signing.overlapHours = call.value(option).toInt(&isNumber);
    if (!isNumber) {
        return misused(Text::tr("--signing-overlap takes a whole number of hours, 0 to %1.").arg(maxOverlapHours));
    }
    return {};
}

Ending readSigning(const Call &call, Signing &signing)
{
    if (const Ending read = readScheme(call, signing).and_then([&] { return readOverlap(call, signing); }); !read) {
        return read;
    }
    for (const auto &[option, target] : {std::pair(QStringLiteral("signing-header"), &signing.header),
                                         std::pair(QStringLiteral("signing-prefix"), &signing.prefix)}) {
        if (call.isSet(option) && signing.scheme != SigningScheme::Custom) {
            return misused(Text::tr("--%1 goes with --signing custom.").arg(option));
        }
        *target = call.isSet(option) ? call.value(option).toUtf8() : *target;
    }
    return {};
}

/// A new secret where one is asked for. The receiver of an Ed25519 signature needs the public key only.
Ending makeSecret(const Call &call, SigningScheme scheme, SecretChanges &changes, QList<ToldOnce> &told)
{
    if (!call.isSet(QStringLiteral("generate-secret"))) {
        return {};
    }
    if (scheme == SigningScheme::None) {
        return misused(Text::tr("--generate-secret goes with --signing."));
    }
    if (changes.values.contains(SecretKind::SigningSecret)) {
        return misused(Text::tr("Either --generate-secret or --secret-from signing, not both."));
    }
    const QByteArray secret = newSigningSecret(scheme);
    changes.values.insert(SecretKind::SigningSecret, secret);
    if (scheme == SigningScheme::StandardEd25519) {
        told.append({"signingPublicKey", Text::tr("The receiver checks with the public key %1"),
                     QString::fromLatin1(signingPublicKey(secret).value_or(QByteArray()))});
    } else {
        told.append({"signingSecret", Text::tr("The receiver checks with the secret %1 (it is shown this once)"),
                     QString::fromLatin1(secret)});
    }
    return {};
}

Ending checkSigningSecrets(SigningScheme before, SigningScheme scheme, const SecretChanges &changes)
{
    const QByteArray secret = changes.values.value(SecretKind::SigningSecret);
    if (scheme != SigningScheme::None && !secret.isEmpty()) {
        if (const auto fine = checkSigningSecret(scheme, secret); !fine) {
            return refused(fine.error());
        }
    }
    const bool needsAnother = before != scheme && !(isFreeForm(before) && isFreeForm(scheme));
    if (scheme != SigningScheme::None && needsAnother && secret.isEmpty()) {
        return refused(Text::tr("Another way to sign needs a secret of its own: --generate-secret makes one, "
                                "--secret-from signing=FILE takes one."));
    }
    return {};
}

Ending readAuthentication(const Call &call, Authentication &authentication)
{
    if (call.isSet(QStringLiteral("auth"))) {
        const auto scheme = schemeFrom<AuthScheme>(call.value(QStringLiteral("auth")), 4);
        if (!scheme) {
            return misused(Text::tr("--auth takes none, basic, bearer or oauth2."));
        }
        if (*scheme != authentication.scheme) {
            authentication = Authentication{*scheme, {}, {}, {}, {}};
        }
    }
    struct Part
    {
        QString option;
        AuthScheme scheme;
        QString *target;
    };
    const std::array<Part, 4> parts{{{QStringLiteral("user"), AuthScheme::Basic, &authentication.user},
                                     {QStringLiteral("token-url"), AuthScheme::OAuth2, &authentication.tokenUrl},
                                     {QStringLiteral("client-id"), AuthScheme::OAuth2, &authentication.clientId},
                                     {QStringLiteral("scope"), AuthScheme::OAuth2, &authentication.scope}}};
    for (const Part &part : parts) {
        if (!call.isSet(part.option)) {
            continue;
        }
        if (authentication.scheme != part.scheme) {
            return misused(Text::tr("--%1 goes with --auth %2.").arg(part.option, courier::keyword(part.scheme)));
        }
        *part.target = call.value(part.option).trimmed();
    }
    return {};
}

Ending readProxy(const Call &call, ProxySettings &proxy)
{
    if (!call.isSet(QStringLiteral("proxy"))) {
        return {};
    }
    const QString word = call.value(QStringLiteral("proxy")).trimmed();
    const QUrl url(word, QUrl::StrictMode);
    const auto kind = schemeFrom<ProxyKind>(url.scheme().isEmpty() ? word : url.scheme(), 4);
    const bool isOwn = kind == ProxyKind::Http || kind == ProxyKind::Socks5;
    if (!kind || isOwn == url.scheme().isEmpty()) {
        return misused(Text::tr("--proxy takes system, none, http://[USER@]HOST:PORT or socks5://[USER@]HOST:PORT."));
    }
    if (!isOwn) {
        proxy = ProxySettings{*kind, {}, 0, {}};
        return {};
    }
    if (!url.password().isEmpty()) {
        return misused(Text::tr("What is typed here others can read: give the proxy's password by --secret-from "
                                "proxy-password=FILE."));
    }
    const bool isMore = !url.isValid() || url.hasQuery() || url.hasFragment() || url.path().size() > 1;
    if (isMore || url.host().isEmpty() || url.port() < 1) {
        return misused(Text::tr("--proxy takes a host and a port, as in %1://proxy.example.com:3128.")
                           .arg(courier::keyword(*kind)));
    }
    proxy = ProxySettings{*kind, url.host(), url.port(), url.userName()};
    return {};
}

/// What a secret is good for.
QString useOf(SecretKind kind)
{
    switch (kind) {
    case SecretKind::SigningSecret:
    case SecretKind::PreviousSigningSecret:
        return QStringLiteral("--signing");
    case SecretKind::Password:
        return QStringLiteral("--auth basic");
    case SecretKind::Token:
        return QStringLiteral("--auth bearer");
    case SecretKind::ClientSecret:
        return QStringLiteral("--auth oauth2");
    case SecretKind::PrivateKey:
        return QStringLiteral("--client-certificate");
    case SecretKind::ProxyPassword:
        break;
    }
    return QStringLiteral("--proxy http://USER@HOST:PORT");
}

/// None too many, none missing.
Ending checkKinds(const Destination &destination, const SecretChanges &changes)
{
    const SecretKinds used = secretsInUse(destination, {changes.values, {}}).kinds();
    const SecretKinds required = requiredSecrets(destination);
    for (const SecretKind kind : allSecretKinds()) {
        const QByteArray given = changes.values.value(kind);
        if (!given.isEmpty() && !used.contains(kind)) {
            return misused(Text::tr("--secret-from %1 goes with %2.").arg(courier::keyword(kind), useOf(kind)));
        }
        const bool isKept = destination.secrets.kinds.contains(kind) && !changes.values.contains(kind);
        if (required.contains(kind) && given.isEmpty() && !isKept) {
            return refused(Text::tr("%1 needs %2: --secret-from %3=FILE.")
                               .arg(useOf(kind), inWords(kind), courier::keyword(kind)));
        }
    }
    return {};
}

} // namespace

QList<OptionSpec> securityOptions()
{
    return QList<OptionSpec>{
               {QStringLiteral("signing"), QStringLiteral("WORD"),
                Text::tr("How its requests are signed: none, standard (Standard Webhooks, HMAC), standard-ed25519, "
                         "github (X-Hub-Signature-256) or custom."),
                Completes::Signing},
               {QStringLiteral("signing-header"), QStringLiteral("NAME"),
                Text::tr("The header that holds the signature; with --signing custom.")},
               {QStringLiteral("signing-prefix"), QStringLiteral("TEXT"),
                Text::tr("What stands before the signature, such as sha256=; with --signing custom.")},
               {QStringLiteral("signing-overlap"), QStringLiteral("HOURS"),
                Text::tr("How long a secret that is replaced signs beside the new one, 0 to 720; without it, 24.")},
               {QStringLiteral("generate-secret"),
                {},
                Text::tr("Make a new signing secret, and print it (of standard-ed25519: the public key) this once.")},
               {QStringLiteral("auth"), QStringLiteral("WORD"),
                Text::tr("How it logs in: none, basic, bearer or oauth2 (client credentials)."), Completes::Auth},
               {QStringLiteral("user"), QStringLiteral("NAME"), Text::tr("The user; with --auth basic.")},
               {QStringLiteral("token-url"), QStringLiteral("URL"),
                Text::tr("Where access tokens are got; with --auth oauth2.")},
               {QStringLiteral("client-id"), QStringLiteral("ID"), Text::tr("The client; with --auth oauth2.")},
               {QStringLiteral("scope"), QStringLiteral("TEXT"),
                Text::tr("The scope asked for; with --auth oauth2.")}} +
           tlsOptions() +
           QList<OptionSpec>{{QStringLiteral("proxy"), QStringLiteral("PROXY"),
                              Text::tr("system, none, http://[USER@]HOST:PORT or socks5://[USER@]HOST:PORT.")}};
}

Ending readSecurity(Run &run, Destination &destination, GivenSecrets &given, QList<ToldOnce> &told)
{
    const Call &call = run.call();
    DestinationSecurity &security = destination.security;
    const SigningScheme before = security.signing.scheme;
    return readSigning(call, security.signing)
        .and_then([&] { return makeSecret(call, security.signing.scheme, given.changes, told); })
        .and_then([&] { return checkSigningSecrets(before, security.signing.scheme, given.changes); })
        .and_then([&] { return readAuthentication(call, security.authentication); })
        .and_then([&] { return readTls(call, destination, given, told); })
        .and_then([&] { return readProxy(call, security.proxy); })
        .and_then([&] { return checkKinds(destination, given.changes); });
}

} // namespace courier::commands
