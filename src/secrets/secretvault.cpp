// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "secrets/secretvault.h"

#include "secrets/keyring.h"
#include "secrets/secretfile.h"
#include "secrets/vaultpromise.h"

#include <QFile>
#include <QJsonDocument>
#include <QLoggingCategory>
#include <QRandomGenerator>

#include <utility>

namespace courier {
namespace {

Q_LOGGING_CATEGORY(lcVault, "courier.secrets")

SecretsId newId()
{
    const quint64 number = QRandomGenerator::system()->generate64() >> 1U;
    return SecretsId{static_cast<qint64>(number == 0 ? 1 : number)};
}

Result<DestinationSecrets> parsed(const QByteArray &json)
{
    const QJsonDocument document = QJsonDocument::fromJson(json);
    if (!document.isObject()) {
        return failure(Error::Kind::Damaged,
                       SecretVault::tr("What the key ring holds for this destination can't be read. Enter its secrets "
                                       "again."));
    }
    return secretsFromJson(document.object());
}

} // namespace

SecretVault::SecretVault(const QString &directory, StoreKey key)
    : SecretVault(directory, key, Limits())
{
}

SecretVault::SecretVault(const QString &directory, StoreKey key, Limits limits)
    : m_key(key)
    , m_file(std::make_unique<SecretFile>(directory))
    , m_ring(std::make_unique<KeyRing>(limits.answer))
{
    m_disk.setMaxThreadCount(1);
    m_lookTimer.setInterval(limits.look);
    connect(&m_lookTimer, &QTimer::timeout, this, &SecretVault::look);
    connect(m_ring.get(), &KeyRing::answeredLate, this, &SecretVault::becameAvailable);
    setChosen(m_file->isChosen().value_or(false));
}

SecretVault::~SecretVault()
{
    m_disk.waitForDone();
}

QString SecretVault::stateSentence() const
{
    switch (m_state) {
    case VaultState::Locked:
        return tr("The key ring is locked or doesn't answer. Unlock it, and this goes on by itself.");
    case VaultState::NoService:
        return tr("There is no key ring here that could keep secrets.");
    case VaultState::NotNeeded:
    case VaultState::Service:
    case VaultState::File:
        break;
    }
    return {};
}

QFuture<Result<DestinationSecrets>> SecretVault::read(SecretsId id)
{
    const auto promise = begun<DestinationSecrets>();
    if (!QFile::exists(m_file->path())) {
        readFromKeyRing(id, promise);
        return promise->future();
    }
    onDisk([id](SecretFile &file) { return file.read(id); },
           [this, id, promise](const Result<std::optional<DestinationSecrets>> &read) {
               if (!read) {
                   fail(promise, read.error());
               } else if (*read) {
                   end(promise, Result<DestinationSecrets>(**read));
               } else {
                   readFromKeyRing(id, promise);
               }
           });
    return promise->future();
}

void SecretVault::readFromKeyRing(SecretsId id, const Promise<DestinationSecrets> &promise)
{
    m_ring->read(keyOf(id), [this, promise](const KeyRingAnswer &answer) {
        if (answer.kind != KeyRingAnswer::Kind::Done) {
            fail(promise, errorOf(answer));
            return;
        }
        setState(VaultState::Service);
        end(promise, parsed(answer.value));
    });
}

QFuture<Result<SecretsId>> SecretVault::write(const DestinationSecrets &secrets)
{
    const auto promise = begun<SecretsId>();
    const SecretsId id = newId();
    onDisk(
        [id, secrets](SecretFile &file) {
            return file.isChosen().and_then([&](bool chosen) -> Result<bool> {
                const Result<void> written = chosen ? file.write(id, secrets) : Result<void>();
                return written.map([chosen] { return chosen; });
            });
        },
        [this, id, secrets, promise](const Result<bool> &written) {
            if (!written) {
                fail(promise, written.error());
                return;
            }
            setChosen(*written);
            if (*written) {
                end(promise, Result<SecretsId>(id));
            } else {
                writeToKeyRing(secrets, promise);
            }
        });
    return promise->future();
}

void SecretVault::writeToKeyRing(const DestinationSecrets &secrets, const Promise<SecretsId> &promise)
{
    const SecretsId id = newId();
    const QByteArray json = QJsonDocument(toJson(secrets)).toJson(QJsonDocument::Compact);
    m_ring->write(keyOf(id), json, [this, id, promise](const KeyRingAnswer &answer) {
        if (answer.kind != KeyRingAnswer::Kind::Done) {
            fail(promise, errorOf(answer));
            return;
        }
        setState(VaultState::Service);
        end(promise, Result<SecretsId>(id));
    });
}

QFuture<Result<void>> SecretVault::remove(SecretsId id)
{
    const auto promise = begun<void>();
    onDisk([id](SecretFile &file) { return file.remove(id); },
           [this, id, promise](const Result<bool> &removed) {
               if (!removed) {
                   fail(promise, removed.error());
               } else if (*removed) {
                   end(promise, Result<void>());
               } else {
                   removeFromKeyRing(id, promise);
               }
           });
    return promise->future();
}

void SecretVault::removeFromKeyRing(SecretsId id, const Promise<void> &promise)
{
    m_ring->remove(keyOf(id), [this, promise](const KeyRingAnswer &answer) {
        using Kind = KeyRingAnswer::Kind;
        if (answer.kind == Kind::Done || answer.kind == Kind::NotThere) {
            end(promise, Result<void>());
        } else {
            fail(promise, errorOf(answer));
        }
    });
}

QFuture<Result<void>> SecretVault::allowPrivateFile()
{
    return choose(true);
}

QFuture<Result<void>> SecretVault::useKeyRing()
{
    return choose(false);
}

QFuture<Result<void>> SecretVault::choose(bool chosen)
{
    const auto promise = begun<void>();
    onDisk([chosen](SecretFile &file) { return file.choose(chosen); },
           [this, chosen, promise](const Result<void> &done) {
               if (done) {
                   qCInfo(lcVault, "Secrets are kept in %s from now on.", chosen ? "the private file" : "the key ring");
                   setChosen(chosen);
               }
               end(promise, done);
           });
    return promise->future();
}

bool SecretVault::isPrivateFileAllowed() const
{
    return m_chosen;
}

QString SecretVault::privateFilePath() const
{
    return m_file->path();
}

template<typename Work, typename Then>
void SecretVault::onDisk(Work work, Then then)
{
    m_disk.start([this, work = std::move(work), then = std::move(then)] {
        auto result = work(*m_file);
        QMetaObject::invokeMethod(this, [then, result = std::move(result)] { then(result); }, Qt::QueuedConnection);
    });
}

QString SecretVault::keyOf(SecretsId id) const
{
    return QStringLiteral("%1/%2")
        .arg(static_cast<quint64>(m_key), 16, 16, QLatin1Char('0'))
        .arg(static_cast<qint64>(id), 16, 16, QLatin1Char('0'));
}

// What the operator reads of the key ring's refusal; the state changes with it.
Error SecretVault::errorOf(const KeyRingAnswer &answer)
{
    switch (answer.kind) {
    case KeyRingAnswer::Kind::Locked:
        setState(VaultState::Locked);
        return {Error::Kind::Busy, tr("The key ring is locked or doesn't answer. Unlock it and try again."),
                answer.detail};
    case KeyRingAnswer::Kind::NoService:
        setState(VaultState::NoService);
        return {Error::Kind::Busy, tr("There is no key ring here that could keep secrets."), answer.detail};
    case KeyRingAnswer::Kind::NotThere:
        setState(VaultState::Service);
        return {Error::Kind::NotFound,
                tr("The secrets of this destination are not in the key ring any more. Enter them again."),
                answer.detail};
    case KeyRingAnswer::Kind::Done:
    case KeyRingAnswer::Kind::Failed:
        break;
    }
    return {Error::Kind::Io, tr("The key ring refused, and didn't say why. The log has its answer."), answer.detail};
}

// While it can't be asked, it is looked whether it can be again. Where the file is chosen, that is what counts.
void SecretVault::setState(VaultState state)
{
    const bool isWaiting = state == VaultState::Locked || state == VaultState::NoService;
    if (isWaiting && !m_lookTimer.isActive()) {
        m_lookTimer.start();
    } else if (!isWaiting) {
        m_lookTimer.stop();
    }
    const VaultState told = m_chosen ? VaultState::File : state;
    if (std::exchange(m_state, told) != told) {
        if (isWaiting) {
            qCWarning(lcVault, "%s", qUtf8Printable(stateSentence()));
        }
        Q_EMIT stateChanged(told);
    }
}

void SecretVault::setChosen(bool chosen)
{
    if (std::exchange(m_chosen, chosen) != chosen) {
        setState(chosen ? VaultState::File : VaultState::NotNeeded);
    }
}

void SecretVault::look()
{
    onDisk([](SecretFile &file) { return file.isChosen(); },
           [this](const Result<bool> &chosen) {
               const bool before = m_chosen;
               setChosen(chosen.value_or(false));
               if (m_chosen && !before) {
                   Q_EMIT becameAvailable();
                   return;
               }
               m_ring->look([this](bool isThere) {
                   if (isThere && m_lookTimer.isActive()) {
                       Q_EMIT becameAvailable();
                   }
               });
           });
}

} // namespace courier
