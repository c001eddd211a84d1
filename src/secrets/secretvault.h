// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "domain/error.h"
#include "domain/ids.h"
#include "domain/secrets.h"

#include <QFuture>
#include <QObject>
#include <QPromise>
#include <QThreadPool>
#include <QTimer>

#include <chrono>
#include <functional>
#include <memory>

namespace courier {

class KeyRing;
class SecretFile;
struct KeyRingAnswer;

/// How things stand with the place where secrets are kept.
enum class VaultState : quint8 {
    NotNeeded, ///< nothing was asked of it yet
    Service,   ///< the desktop's key ring answers
    Locked,    ///< the key ring is locked, or doesn't answer
    NoService, ///< there is no key ring here, and nobody agreed to a private file
    File       ///< secrets are kept in the private file
};

/// Where secrets are kept: the desktop's key ring or, once the operator agreed, a private file in the data directory.
/// Nothing in here waits; each answer comes within the time limit, whatever the key ring does. Lives on the main
/// thread.
class SecretVault : public QObject
{
    Q_OBJECT

public:
    struct Limits
    {
        std::chrono::milliseconds answer{10'000}; ///< a key ring that takes longer counts as locked
        std::chrono::milliseconds look{5'000};    ///< how often it is looked whether it was unlocked meanwhile
    };
    /// \a directory is the data directory, \a key its store's: two data directories never meet in one key ring.
    SecretVault(const QString &directory, StoreKey key);
    SecretVault(const QString &directory, StoreKey key, Limits limits);
    /// What nobody answered yet is cancelled.
    ~SecretVault() override;

    VaultState state() const { return m_state; }
    /// What the operator reads of the state: "The key ring is locked. ..."; empty where all is well.
    QString stateSentence() const;

    /// Busy where the key ring is locked or there is none, NotFound where these secrets aren't there (any more).
    QFuture<Result<DestinationSecrets>> read(SecretsId id);
    /// Keeps them under a new id.
    QFuture<Result<SecretsId>> write(const DestinationSecrets &secrets);
    /// Done where they aren't there, too.
    QFuture<Result<void>> remove(SecretsId id);

    /// The operator agreed: from now on, in every process, what is written goes to the private file.
    QFuture<Result<void>> allowPrivateFile();
    /// The operator wants the key ring: what is written goes there. What the file holds can still be read.
    QFuture<Result<void>> useKeyRing();
    bool isPrivateFileAllowed() const;
    QString privateFilePath() const;

Q_SIGNALS:
    void stateChanged(courier::VaultState state);
    /// What could not be read may be readable now: the key ring was unlocked, or has come up.
    void becameAvailable();

private:
    template<typename T>
    using Promise = std::shared_ptr<QPromise<Result<T>>>;

    void readFromKeyRing(SecretsId id, const Promise<DestinationSecrets> &promise);
    void writeToKeyRing(const DestinationSecrets &secrets, const Promise<SecretsId> &promise);
    void removeFromKeyRing(SecretsId id, const Promise<void> &promise);
    QFuture<Result<void>> choose(bool file);
    /// Makes \a work on the files' thread, and \a then with its result on this one.
    template<typename Work, typename Then>
    void onDisk(Work work, Then then);
    QString keyOf(SecretsId id) const;
    Error errorOf(const KeyRingAnswer &answer);
    void setState(VaultState state);
    void setChosen(bool chosen);
    void look();

    StoreKey m_key;
    std::unique_ptr<SecretFile> m_file; ///< used on m_disk's thread
    std::unique_ptr<KeyRing> m_ring;
    QTimer m_lookTimer;
    VaultState m_state = VaultState::NotNeeded;
    bool m_chosen = false; ///< the private file, as last seen
    QThreadPool m_disk;    ///< one thread; its work is over before all above goes
};

} // namespace courier
