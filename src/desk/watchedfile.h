// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "domain/error.h"

#include <QByteArray>
#include <QList>
#include <QString>

namespace courier {

/// A file of alerts that grows, or all files of a folder whose names match a pattern, to be followed. A value.
struct WatchedFile
{
    qint64 id = 0;          ///< never used again for another one: the place it was read to is kept under it
    QString path;           ///< of the file, or of the folder where there is a pattern; absolute
    QString pattern;        ///< "*.json"; empty: a file
    QString formatId;       ///< empty: found by the first record
    bool fromStart = false; ///< else only what comes after it was added
    bool enabled = true;
    bool operator==(const WatchedFile &) const = default;
};

/// The key of the store's settings that holds the list of them.
QString sourcesKey();
QByteArray toJson(const QList<WatchedFile> &files);
/// Invalid, with the field and the entry's number, where it is not such a list.
Result<QList<WatchedFile>> watchedFilesFromJson(const QByteArray &json);
/// An id that none of \a files has, nor one that was removed before \a nowUtc (ms since 1970).
qint64 newWatchId(const QList<WatchedFile> &files, qint64 nowUtc);
/// What is wrong with it, for the operator (translated); empty where nothing is. That there is no such file yet is
/// fine.
QString watchFault(const WatchedFile &file);

} // namespace courier
