// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "domain/destination.h"
#include "secrets/secretvault.h"

#include <QHash>
#include <QList>
#include <QObject>

#include <memory>

namespace courier {

/// The secrets of the destinations in force, in the memory of the process that sends. Reads from the vault what a
/// destination names and isn't here yet, and again once the vault can answer; until then the destination waits. Lives
/// on the main thread.
class SecretCache : public QObject
{
    Q_OBJECT

public:
    explicit SecretCache(SecretVault &vault); ///< \a vault outlives the cache

    /// Nothing is asked of the vault before.
    void start();
    /// Those in force; what none of them names is forgotten.
    void setDestinations(const QList<Destination> &destinations);
    /// Why it waits, for the operator: "Waiting for the key ring to be unlocked."; empty where it doesn't.
    QString waitReason(DestinationId id) const { return m_waiting.value(id); }

Q_SIGNALS:
    void loaded(courier::DestinationId destination, courier::SecretsId id,
                const std::shared_ptr<const courier::DestinationSecrets> &secrets);
    void waitingChanged();

private:
    void look();
    void read(const Destination &destination);
    void setWaiting(const Destination &destination, const QString &reason);
    QString reasonOf(const Error &error) const;

    SecretVault &m_vault;
    QList<Destination> m_destinations; ///< those that have secrets
    QHash<DestinationId, SecretsId> m_loaded;
    QHash<DestinationId, SecretsId> m_asked; ///< their answer is still to come
    QHash<DestinationId, QString> m_waiting;
    bool m_started = false;
};

} // namespace courier
