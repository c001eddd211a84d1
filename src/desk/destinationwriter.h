// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "domain/clock.h"
#include "domain/destination.h"
#include "secrets/secretvault.h"
#include "store/store.h"

#include <QFuture>
#include <QObject>
#include <QPromise>

#include <memory>

namespace courier {

/// Writes destinations: their settings to the store and their secrets to the vault, so that both change at once or
/// neither does. Where no secret is concerned the vault is left alone. Lives on the main thread.
class DestinationWriter : public QObject
{
    Q_OBJECT

public:
    /// All three outlive the writer.
    DestinationWriter(Store &store, SecretVault &vault, const Clock &clock);

    /// \a from: what is kept already and the new one gets too, as changed by \a changes; of a copy.
    QFuture<Result<Destination>> add(const Destination &destination, const SecretChanges &changes,
                                     const StoredSecrets &from = {});
    /// \a before is the destination as the store has it. A signing secret that is replaced goes on signing beside the
    /// new one for as long as the settings say.
    QFuture<Result<Destination>> update(const Destination &before, const Destination &after,
                                        const SecretChanges &changes);
    QFuture<Result<qint64>> remove(const Destination &destination);
    /// Writes its secrets anew, to the place that is in force now.
    QFuture<Result<Destination>> moveSecrets(const Destination &destination);

    /// False while secrets that nobody names any more are still being let go.
    bool isSettled() const { return m_dropping == 0; }

Q_SIGNALS:
    void settled();

private:
    struct Edit;
    using EditPtr = std::shared_ptr<Edit>;

    QFuture<Result<Destination>> begin(const EditPtr &edit);
    void change(const EditPtr &edit, const DestinationSecrets &old);
    void store(const EditPtr &edit);
    void drop(SecretsId id);

    Store &m_store;
    SecretVault &m_vault;
    const Clock &m_clock;
    int m_dropping = 0;
};

} // namespace courier
