// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "desk/destinationwriter.h"

#include "delivery/signature.h"
#include "domain/securityfields.h"
#include "store/whendone.h"

#include <QLoggingCategory>
#include <QSet>

#include <algorithm>

namespace courier {
namespace {

Q_LOGGING_CATEGORY(lcSecrets, "courier.secrets")

/// The headers of \a destination that are secret, by lower-case name.
QSet<QByteArray> secretHeaders(const Destination &destination)
{
    QSet<QByteArray> names;
    for (const Header &header : destination.headers) {
        if (header.secret) {
            names.insert(header.name.toLower());
        }
    }
    return names;
}

/// The secrets after an edit, before what the settings no longer call for is left out.
DestinationSecrets changed(const DestinationSecrets &old, const SecretChanges &changes)
{
    DestinationSecrets secrets = old;
    secrets.values.insert(changes.values);
    secrets.headers.insert(changes.headers);
    return secrets;
}

/// Whether the secret that signed so far goes on signing beside the new one.
bool rotates(const Signing &before, const Signing &after, const DestinationSecrets &old, const SecretChanges &changes)
{
    const QByteArray secret = changes.values.value(SecretKind::SigningSecret);
    const QByteArray secretBefore = old.value(SecretKind::SigningSecret);
    return isStandardWebhooks(after.scheme) && before.scheme == after.scheme && after.overlapHours > 0 &&
           !secret.isEmpty() && !secretBefore.isEmpty() && secret != secretBefore &&
           !changes.values.contains(SecretKind::PreviousSigningSecret);
}

/// What is wrong with what was entered; empty where nothing is.
QString faultOf(const SecretChanges &changes)
{
    for (auto one = changes.values.begin(); one != changes.values.end(); ++one) {
        if (const QString fault = secretFault(one.key(), one.value()); !fault.isEmpty()) {
            return fault;
        }
    }
    for (auto one = changes.headers.begin(); one != changes.headers.end(); ++one) {
        const QList<FieldIssue> issues = checkHeader({one.key(), one.value()}, -1);
        if (!issues.isEmpty()) {
            return issues.constFirst().message;
        }
    }
    return {};
}

/// What is wrong with a secret to sign with that is new, or has to sign in another way; empty where nothing is.
QString signingFault(const std::optional<Destination> &before, const Destination &after, const SecretChanges &changes,
                     const DestinationSecrets &secrets)
{
    const SigningScheme scheme = after.security.signing.scheme;
    const QByteArray secret = secrets.value(SecretKind::SigningSecret);
    const bool isKnown =
        before && before->security.signing.scheme == scheme && !changes.values.contains(SecretKind::SigningSecret);
    if (isKnown || secret.isEmpty()) {
        return {};
    }
    const Result<void> fine = checkSigningSecret(scheme, secret);
    return fine ? QString() : fine.error().message;
}

/// What the settings call for and nobody gave; empty where nothing is missing.
QString missing(const Destination &destination, const DestinationSecrets &secrets)
{
    if (const auto issues = missingSecrets(destination, secrets.kinds()); !issues.isEmpty()) {
        return issues.constFirst().message;
    }
    const auto isMissing = [&secrets](const Header &header) {
        return header.secret && !secrets.headers.contains(header.name.toLower());
    };
    const auto header = std::find_if(destination.headers.begin(), destination.headers.end(), isMissing);
    return header == destination.headers.end() ? QString() : missingHeaderSentence(*header);
}

} // namespace

/// One call on its way. `before` is nothing for a new destination.
struct DestinationWriter::Edit
{
    std::optional<Destination> before;
    Destination after;
    SecretChanges changes;
    StoredSecrets from; ///< what is changed, and gone afterwards where it is an edit
    QPromise<Result<Destination>> promise;

    void end(const Result<Destination> &result)
    {
        promise.addResult(result);
        promise.finish();
    }
    void fail(const Error &error) { end(tl::unexpected(error)); }
};

DestinationWriter::DestinationWriter(Store &store, SecretVault &vault, const Clock &clock)
    : m_store(store)
    , m_vault(vault)
    , m_clock(clock)
{
}

QFuture<Result<Destination>> DestinationWriter::add(const Destination &destination, const SecretChanges &changes,
                                                    const StoredSecrets &from)
{
    const auto edit = std::make_shared<Edit>();
    edit->after = destination;
    edit->after.secrets = {};
    edit->changes = changes;
    edit->from = from;
    if (!from.exist() && changes.isEmpty() && missing(destination, {}).isEmpty()) {
        return m_store.addDestination(edit->after);
    }
    return begin(edit);
}

QFuture<Result<Destination>> DestinationWriter::update(const Destination &before, const Destination &after,
                                                       const SecretChanges &changes)
{
    const auto edit = std::make_shared<Edit>();
    edit->before = before;
    edit->after = after;
    edit->after.secrets = before.secrets;
    edit->changes = changes;
    edit->from = before.secrets;
    const bool sameUse = secretHeaders(before) == secretHeaders(after) && before.security == after.security;
    const bool nothingKept = !before.secrets.exist() && missing(after, {}).isEmpty();
    if (changes.isEmpty() && (nothingKept || (sameUse && before.secrets.exist()))) {
        return m_store.updateDestination(edit->after);
    }
    return begin(edit);
}

QFuture<Result<Destination>> DestinationWriter::moveSecrets(const Destination &destination)
{
    const auto edit = std::make_shared<Edit>();
    edit->before = destination;
    edit->after = destination;
    edit->from = destination.secrets;
    return begin(edit);
}

QFuture<Result<qint64>> DestinationWriter::remove(const Destination &destination)
{
    const QFuture<Result<qint64>> done = m_store.deleteDestination(destination.id);
    whenDone(this, done, [this, id = destination.secrets.id](const Result<qint64> &result) {
        if (result) {
            drop(id);
        }
    });
    return done;
}

QFuture<Result<Destination>> DestinationWriter::begin(const EditPtr &edit)
{
    edit->promise.start();
    const QFuture<Result<Destination>> future = edit->promise.future();
    if (!edit->from.exist()) {
        change(edit, {});
        return future;
    }
    whenDone(this, m_vault.read(edit->from.id), [this, edit](const Result<DestinationSecrets> &old) {
        // What is lost can be entered anew; what can't be read right now must not be written over.
        const bool isLost = !old && old.error().kind == Error::Kind::NotFound && !edit->changes.isEmpty();
        if (!old && !isLost) {
            edit->fail(old.error());
        } else {
            change(edit, old.value_or(DestinationSecrets{}));
        }
    });
    return future;
}

void DestinationWriter::change(const EditPtr &edit, const DestinationSecrets &old)
{
    DestinationSecrets secrets = changed(old, edit->changes);
    if (edit->before && rotates(edit->before->security.signing, edit->after.security.signing, old, edit->changes)) {
        secrets.values.insert(SecretKind::PreviousSigningSecret, old.value(SecretKind::SigningSecret));
        edit->after.security.signing.rotatedAt = m_clock.nowUtc();
    }
    secrets = secretsInUse(edit->after, secrets);
    if (!secrets.values.contains(SecretKind::PreviousSigningSecret)) {
        edit->after.security.signing.rotatedAt = 0;
    }
    for (const QString &fault : {faultOf(edit->changes), missing(edit->after, secrets),
                                 signingFault(edit->before, edit->after, edit->changes, secrets)}) {
        if (!fault.isEmpty()) {
            edit->fail({Error::Kind::Invalid, fault, {}});
            return;
        }
    }
    edit->after.secrets = {{}, secrets.kinds()};
    if (secrets.isEmpty()) {
        store(edit);
        return;
    }
    whenDone(this, m_vault.write(secrets), [this, edit](const Result<SecretsId> &written) {
        if (!written) {
            edit->fail(written.error());
            return;
        }
        edit->after.secrets.id = *written;
        store(edit);
    });
}

// The commit decides: whichever secrets the destination doesn't name afterwards are let go.
void DestinationWriter::store(const EditPtr &edit)
{
    const auto stored = edit->before ? m_store.updateDestination(edit->after) : m_store.addDestination(edit->after);
    whenDone(this, stored, [this, edit](const Result<Destination> &result) {
        if (!result) {
            drop(edit->after.secrets.id);
        } else if (edit->before) {
            drop(edit->from.id);
        }
        edit->end(result);
    });
}

void DestinationWriter::drop(SecretsId id)
{
    if (id == SecretsId{}) {
        return;
    }
    ++m_dropping;
    whenDone(this, m_vault.remove(id), [this](const Result<void> &removed) {
        if (--m_dropping == 0) {
            Q_EMIT settled();
        }
        if (!removed) {
            qCWarning(lcSecrets, "Secrets that are no longer used could not be removed: %s",
                      qUtf8Printable(removed.error().detail));
        }
    });
}

} // namespace courier
