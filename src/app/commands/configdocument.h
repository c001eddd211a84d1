// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "app/commands/jsonobject.h"
#include "domain/destination.h"
#include "domain/error.h"

#include <QHash>
#include <QJsonObject>
#include <QList>
#include <QStringList>

#include <optional>

// Destinations and settings as one JSON document: what `config export` writes and `config import` reads. Addresses and
// the values of headers are secrets too; where they were left out they are null.
namespace courier::commands {

using Settings = QList<std::pair<QString, QString>>;

/// Settings that belong to how a desk is set up, and not to one moment of it.
bool isExported(const QString &setting);
bool isSecret(const QString &setting);

/// The secrets of destinations, where a document is to hold them.
using AllSecrets = QHash<DestinationId, DestinationSecrets>;

JsonObject configDocument(const QList<Destination> &destinations, const Settings &settings,
                          const std::optional<AllSecrets> &secrets);

/// A destination of a document.
struct ImportedDestination
{
    Destination destination;
    SecretChanges secrets; ///< those that the document holds
    QStringList missing;   ///< secrets that the document leaves out: "address", "header X-Env" (translated)
    QString fault;         ///< what can't be read in it; empty where all can
};

struct ConfigDocument
{
    QList<ImportedDestination> destinations;
    Settings settings;
    QStringList faults; ///< about the rest
};

/// Invalid where it is no such document at all. What a destination doesn't say it takes from the one of its name in
/// \a existing, or else from the defaults.
Result<ConfigDocument> readConfig(const QByteArray &json, const QList<Destination> &existing);

} // namespace courier::commands
