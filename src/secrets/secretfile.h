// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "domain/error.h"
#include "domain/secrets.h"

#include <QJsonObject>
#include <QString>

#include <functional>
#include <optional>

namespace courier {

/// The private file of secrets, "secrets.json" in the data directory: for its owner alone from its first byte, replaced
/// whole at each change, shared by all processes of the directory. Keeps nothing open and nothing in memory; for any
/// thread that may wait for a disk.
class SecretFile
{
public:
    explicit SecretFile(const QString &directory);

    QString path() const { return m_path; }
    /// The operator agreed that new secrets go into it.
    Result<bool> isChosen() const;
    /// Makes it where it isn't there and \a chosen is true; removes it once it isn't chosen and holds nothing.
    Result<void> choose(bool chosen);

    /// Nothing where it doesn't hold them.
    Result<std::optional<DestinationSecrets>> read(SecretsId id) const;
    Result<void> write(SecretsId id, const DestinationSecrets &secrets);
    /// Gives whether it was there.
    Result<bool> remove(SecretsId id);

private:
    struct Contents
    {
        bool chosen = false;
        QJsonObject secrets; ///< by id
    };
    Result<Contents> load() const;
    Result<void> change(const std::function<bool(Contents &)> &edit);
    Result<void> save(const Contents &contents) const;

    QString m_directory;
    QString m_path;
};

} // namespace courier
