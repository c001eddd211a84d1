// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "app/commands/secretoptions.h"

#include "app/commands/texttable.h"
#include "desk/destinationwriter.h"

#include <QFile>

#include <algorithm>
#include <cstdio>

namespace courier::commands {
namespace {

constexpr const char *headerPrefix = "header:";
constexpr const char *passphraseWord = "passphrase";

/// What an option says: "token=FILE", "header:X-Api-Key=-".
struct SecretSource
{
    std::optional<SecretKind> kind;
    QByteArray header;         ///< where kind is nothing
    bool isPassphrase = false; ///< likewise
};

tl::unexpected<Failure> unknownKind(const QString &word)
{
    QStringList words;
    for (const SecretKind kind : allSecretKinds()) {
        words.append(courier::keyword(kind));
    }
    return misused(Text::tr("There is no secret “%1”. It is one of %2, %3 or header:NAME.")
                       .arg(printable(word), words.join(Text::tr(", ")), QLatin1String(passphraseWord)));
}

tl::expected<SecretSource, Failure> parse(const QString &word)
{
    SecretSource source{secretKindFromKeyword(word), {}, word == QLatin1String(passphraseWord)};
    if (!source.kind && word.startsWith(QLatin1String(headerPrefix))) {
        source.header = word.mid(static_cast<int>(qstrlen(headerPrefix))).trimmed().toUtf8();
    }
    if (!source.kind && source.header.isEmpty() && !source.isPassphrase) {
        return unknownKind(word);
    }
    return source;
}

tl::expected<QByteArray, Failure> readFile(const QString &place)
{
    QFile file(place);
    const bool isStdin = place == QLatin1String("-");
    if (!(isStdin ? file.open(stdin, QIODevice::ReadOnly) : file.open(QIODevice::ReadOnly))) {
        return refused(Text::tr("%1 can't be read: %2").arg(printable(place), file.errorString()));
    }
    const QByteArray bytes = file.read(maxSecretSize + 3);
    if (bytes.size() > maxSecretSize + 2) {
        return refused(Text::tr("A secret has at most %1 KiB.").arg(maxSecretSize / 1024));
    }
    return bytes;
}

tl::expected<QByteArray, Failure> readPlace(Run &run, const QString &word, const QString &place)
{
    if (place.startsWith(QLatin1String("env:"))) {
        const QByteArray name = place.mid(4).toLocal8Bit();
        if (!qEnvironmentVariableIsSet(name.constData())) {
            return refused(Text::tr("There is no environment variable %1.").arg(printable(place.mid(4))));
        }
        return qgetenv(name.constData());
    }
    if (place == QLatin1String("ask")) {
        if (!run.out().canAsk()) {
            return refused(Text::tr("--secret-from %1=ask needs a terminal.").arg(printable(word)));
        }
        return run.out().askSecret(Text::tr("%1:").arg(printable(word)));
    }
    return readFile(place);
}

/// A file ends with a line break that is no part of the secret; a key in PEM has it anyway.
QByteArray withoutLineEnd(QByteArray bytes)
{
    if (bytes.endsWith('\n')) {
        bytes.chop(bytes.endsWith("\r\n") ? 2 : 1);
    }
    return bytes;
}

void markHeader(Destination &destination, const QByteArray &name)
{
    const auto same = std::find_if(destination.headers.begin(), destination.headers.end(), [&](const Header &header) {
        return header.name.compare(name, Qt::CaseInsensitive) == 0;
    });
    if (same == destination.headers.end()) {
        destination.headers.append({name, {}, true});
    } else {
        *same = {same->name, {}, true};
    }
}

Ending readOne(Run &run, const QString &text, Destination &destination, GivenSecrets &given)
{
    const qsizetype equals = text.indexOf(u'=');
    if (equals < 1 || equals + 1 == text.size()) {
        return misused(Text::tr("--secret-from takes KIND=FILE, KIND=-, KIND=ask or KIND=env:NAME."));
    }
    const auto source = parse(text.left(equals).trimmed());
    if (!source) {
        return tl::unexpected(source.error());
    }
    const auto bytes = readPlace(run, text.left(equals), text.mid(equals + 1));
    if (!bytes) {
        return tl::unexpected(bytes.error());
    }
    const QByteArray value = withoutLineEnd(*bytes);
    if (value.isEmpty()) {
        return refused(Text::tr("The secret “%1” is empty.").arg(printable(text.left(equals))));
    }
    if (source->kind) {
        given.changes.values.insert(*source->kind, value);
    } else if (source->isPassphrase) {
        given.passphrase = value;
    } else {
        markHeader(destination, source->header);
        given.changes.headers.insert(source->header.toLower(), value);
    }
    return {};
}

bool agrees(Run &run)
{
    const QString question =
        Text::tr("The desktop has no secret service. Keep secrets in a private file that only you can read?");
    return run.out().canAsk() && run.out().ask(question) && run.wait(run.vault().allowPrivateFile()).has_value();
}

} // namespace

OptionSpec secretFromOption()
{
    return {QStringLiteral("secret-from"), QStringLiteral("KIND=FILE"),
            Text::tr("Take a secret from FILE, from - (standard input), from ask (the terminal) or from env:NAME. KIND "
                     "is signing, password, token, client-secret, private-key, passphrase (of that key; not kept), "
                     "proxy-password or header:NAME. May be given more than once."),
            Completes::File};
}

OptionSpec clearSecretOption()
{
    return {QStringLiteral("clear-secret"), QStringLiteral("KIND"),
            Text::tr("Forget a secret; may be given more than once.")};
}

Ending takeSecrets(Run &run, Destination &destination, GivenSecrets &given)
{
    for (const QString &word : run.call().values(QStringLiteral("clear-secret"))) {
        const auto kind = secretKindFromKeyword(word);
        if (!kind) {
            return unknownKind(word);
        }
        given.changes.values.insert(*kind, {});
    }
    const QStringList sources = run.call().values(QStringLiteral("secret-from"));
    const auto fromStdin = [](const QString &source) { return source.endsWith(QLatin1String("=-")); };
    if (std::count_if(sources.begin(), sources.end(), fromStdin) > 1) {
        return misused(Text::tr("Only one secret can come from standard input."));
    }
    for (const QString &source : sources) {
        if (const Ending read = readOne(run, source, destination, given); !read) {
            return read;
        }
    }
    return {};
}

tl::expected<Destination, Failure> storeDestination(Run &run, const std::optional<Destination> &before,
                                                    const Destination &destination, const SecretChanges &changes)
{
    const auto store = [&] {
        return before ? run.wait(run.writer().update(*before, destination, changes))
                      : run.wait(run.writer().add(destination, changes));
    };
    auto stored = store();
    const VaultState state = run.vault().state();
    if (stored || (state != VaultState::NoService && state != VaultState::Locked)) {
        return stored;
    }
    if (state == VaultState::NoService && agrees(run)) {
        return store();
    }
    return refused(stored.error().sentence + u' ' +
                   Text::tr("To keep them in a file that only you can read: alert-courier config secrets file"));
}

QString secretWords(const Destination &destination)
{
    QStringList words;
    for (const SecretKind kind : allSecretKinds()) {
        if (destination.secrets.kinds.contains(kind)) {
            words.append(inWords(kind));
        }
    }
    for (const Header &header : destination.headers) {
        if (header.secret) {
            words.append(Text::tr("the value of %1").arg(QString::fromUtf8(header.name)));
        }
    }
    return words.isEmpty() ? Text::tr("None") : words.join(Text::tr(", "));
}

QStringList secretKeywords(const Destination &destination)
{
    QStringList words;
    for (const SecretKind kind : allSecretKinds()) {
        if (destination.secrets.kinds.contains(kind)) {
            words.append(courier::keyword(kind));
        }
    }
    for (const Header &header : destination.headers) {
        if (header.secret) {
            words.append(QLatin1String(headerPrefix) + QString::fromUtf8(header.name));
        }
    }
    return words;
}

} // namespace courier::commands
