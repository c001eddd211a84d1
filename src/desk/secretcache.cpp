// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "desk/secretcache.h"

#include "store/whendone.h"

#include <QLoggingCategory>

#include <algorithm>

namespace courier {
namespace {

Q_LOGGING_CATEGORY(lcSecretCache, "courier.secrets")

} // namespace

SecretCache::SecretCache(SecretVault &vault)
    : m_vault(vault)
{
    connect(&vault, &SecretVault::becameAvailable, this, &SecretCache::look);
}

void SecretCache::start()
{
    m_started = true;
    look();
}

void SecretCache::setDestinations(const QList<Destination> &destinations)
{
    m_destinations.clear();
    for (const Destination &one : destinations) {
        if (one.secrets.exist() && !one.isDeleted()) {
            m_destinations.append(one);
        }
    }
    const auto isGone = [this](DestinationId id) {
        return std::none_of(m_destinations.begin(), m_destinations.end(),
                            [id](const Destination &one) { return one.id == id; });
    };
    m_loaded.removeIf([&](const auto &one) { return isGone(one.key()); });
    if (m_waiting.removeIf([&](const auto &one) { return isGone(one.key()); }) > 0) {
        Q_EMIT waitingChanged();
    }
    look();
}

void SecretCache::look()
{
    if (!m_started) {
        return;
    }
    for (const Destination &one : std::as_const(m_destinations)) {
        if (m_loaded.value(one.id) != one.secrets.id && m_asked.value(one.id) != one.secrets.id) {
            read(one);
        }
    }
}

void SecretCache::read(const Destination &destination)
{
    const SecretsId id = destination.secrets.id;
    m_asked.insert(destination.id, id);
    whenDone(this, m_vault.read(id), [this, destination, id](const Result<DestinationSecrets> &secrets) {
        if (m_asked.value(destination.id) != id) {
            return; // it names others by now
        }
        m_asked.remove(destination.id);
        if (!secrets) {
            setWaiting(destination, reasonOf(secrets.error()));
            if (secrets.error().kind == Error::Kind::NotFound) { // for good: each delivery fails and says so
                Q_EMIT loaded(destination.id, id, std::make_shared<const DestinationSecrets>());
            }
            return;
        }
        m_loaded.insert(destination.id, id);
        setWaiting(destination, {});
        Q_EMIT loaded(destination.id, id, std::make_shared<const DestinationSecrets>(*secrets));
    });
}

void SecretCache::setWaiting(const Destination &destination, const QString &reason)
{
    if (m_waiting.value(destination.id) == reason) {
        return;
    }
    if (reason.isEmpty()) {
        qCInfo(lcSecretCache, "%s has its secrets and goes on.", qUtf8Printable(destination.name));
        m_waiting.remove(destination.id);
    } else {
        qCWarning(lcSecretCache, "Nothing is sent to %s: %s", qUtf8Printable(destination.name), qUtf8Printable(reason));
        m_waiting.insert(destination.id, reason);
    }
    Q_EMIT waitingChanged();
}

QString SecretCache::reasonOf(const Error &error) const
{
    if (error.kind == Error::Kind::Busy && m_vault.state() == VaultState::Locked) {
        return tr("Waiting for the key ring to be unlocked.");
    }
    if (error.kind == Error::Kind::Busy) {
        return tr("Waiting for the key ring that holds its secrets: there is none here.");
    }
    return error.message;
}

} // namespace courier
