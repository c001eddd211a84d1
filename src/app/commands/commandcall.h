// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QHash>
#include <QString>
#include <QStringList>

namespace courier::commands {

/// What was typed after a command's words, read but not yet understood.
struct Call
{
    QStringList arguments;
    QHash<QString, QStringList> options; ///< by name; an option without a value has an empty list
    bool json = false;

    bool isSet(const QString &option) const { return options.contains(option); }
    /// The last one given; null where there is none.
    QString value(const QString &option) const
    {
        const QStringList all = options.value(option);
        return all.isEmpty() ? QString() : all.last();
    }
    QStringList values(const QString &option) const { return options.value(option); }
};

} // namespace courier::commands
