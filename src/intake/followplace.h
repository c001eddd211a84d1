// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "intake/openfile.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

#include <memory>
#include <optional>

namespace courier {

/// How far a file was read, and how to know it again: by its inode, and by what stands at its beginning and before the
/// place (a file that was truncated and written anew has the inode, but not those). A value.
struct FollowPlace
{
    FileIdentity file;
    qint64 offset = 0; ///< what is before belongs to lines that were given
    qint64 lines = 0;  ///< how many those are; -1 where it isn't known
    QByteArray mark;   ///< markOf() what is before
    // A place at the very beginning has no mark: then this tells which rotated files are older.
    FileIdentity previous; ///< the file that was read before this one
    qint64 since = 0;      ///< when that was written last, ns since 1970

    bool isNull() const { return file.inode == 0; }
    QByteArray toBytes() const;
    static std::optional<FollowPlace> fromBytes(const QByteArray &bytes);
    bool operator==(const FollowPlace &) const = default;
};

/// As many bytes of a file's beginning, and as many before a place, make its mark.
constexpr qint64 markBytes = 512;

QByteArray markOf(QByteArrayView head, QByteArrayView before);
/// Whether \a file is the one that \a place is in: it is long enough, and bears its mark.
bool isMarked(const OpenFile &file, const FollowPlace &place);

// Rotated files: those in a file's folder whose names are its name, a dot or dash, and numbers or a date. Compressed
// ones are not among them.

/// \a name is a rotated file of \a current: eve.json.1 or eve.json-20260301 of eve.json.
bool isRotatedName(QStringView name, QStringView current);
/// The file of \a place under whatever name it has in the folder of \a path by now, or a copy of it that a rotation
/// made before it truncated the file. Null where there is none.
std::unique_ptr<OpenFile> findAgain(const QString &path, const FollowPlace &place);
/// The oldest rotated file of \a path that came after the place's previous one, and isn't the place's own: where the
/// place is at the beginning of a file, what a rotation copied from there before it was read. Null where there is none.
std::unique_ptr<OpenFile> unreadGeneration(const QString &path, const FollowPlace &place);
/// When the youngest of the rotated files was written last, ns since 1970; 0 where there is none.
qint64 youngestGeneration(const QString &path);
/// The file at \a path, or a rotated one, that was written next after \a current; null where there is none.
std::unique_ptr<OpenFile> nextGeneration(const QString &path, const OpenFile &current);

} // namespace courier
