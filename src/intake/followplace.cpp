// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "intake/followplace.h"

#include <QCryptographicHash>
#include <QDataStream>
#include <QDir>
#include <QFileInfo>
#include <QIODevice>

#include <algorithm>

namespace courier {

namespace {

constexpr quint8 formatVersion = 1;

/// A file, and where it stands in the row of those that bore the same name.
struct Generation
{
    QString path;
    OpenFile::About about;
    int number = 0; ///< of eve.json.3; 0 of the current one and of those with dates
};

bool isOlder(const Generation &a, const Generation &b)
{
    return a.about.modified != b.about.modified ? a.about.modified < b.about.modified : a.number > b.number;
}

/// All files in the folder of \a path whose name begins like its own.
QList<Generation> namesakes(const QString &path, bool rotatedOnly)
{
    const QFileInfo info(path);
    const QString name = info.fileName();
    QList<Generation> list;
    for (const QString &entry : info.dir().entryList(QDir::Files | QDir::Hidden | QDir::System)) {
        const bool wanted = entry == name || (rotatedOnly ? isRotatedName(entry, name) : entry.startsWith(name));
        const QString file = entry == name ? path : info.dir().filePath(entry);
        if (const auto about = wanted ? aboutFile(file) : std::nullopt) {
            const bool numbered = entry.size() > name.size() && entry[name.size()] == QLatin1Char('.');
            list.append({file, *about, numbered ? QStringView(entry).sliced(name.size() + 1).toInt() : 0});
        }
    }
    std::sort(list.begin(), list.end(), isOlder);
    return list;
}

} // namespace

QByteArray FollowPlace::toBytes() const
{
    QByteArray bytes;
    QDataStream stream(&bytes, QIODevice::WriteOnly);
    stream.setVersion(QDataStream::Qt_6_4);
    stream << formatVersion << file.device << file.inode << offset << lines << mark << previous.device << previous.inode
           << since;
    return bytes;
}

std::optional<FollowPlace> FollowPlace::fromBytes(const QByteArray &bytes)
{
    QDataStream stream(bytes);
    stream.setVersion(QDataStream::Qt_6_4);
    quint8 version = 0;
    FollowPlace place;
    stream >> version >> place.file.device >> place.file.inode >> place.offset >> place.lines >> place.mark >>
        place.previous.device >> place.previous.inode >> place.since;
    const bool good = stream.status() == QDataStream::Ok && version == formatVersion && place.offset >= 0;
    return good ? std::optional(place) : std::nullopt;
}

QByteArray markOf(QByteArrayView head, QByteArrayView before)
{
    QCryptographicHash hash(QCryptographicHash::Sha256);
    hash.addData(head);
    hash.addData(before);
    return hash.result().left(16);
}

bool isMarked(const OpenFile &file, const FollowPlace &place)
{
    if (file.about().size < place.offset) {
        return false;
    }
    const qint64 size = std::min(place.offset, markBytes);
    const auto head = file.readAt(0, size);
    const auto before = file.readAt(place.offset - size, size);
    return head && before && markOf(*head, *before) == place.mark;
}

bool isRotatedName(QStringView name, QStringView current)
{
    if (name.size() < current.size() + 2 || !name.startsWith(current)) {
        return false;
    }
    const QStringView rest = name.sliced(current.size());
    const QStringView allowed(u"0123456789-_.T");
    return (rest.front() == QLatin1Char('.') || rest.front() == QLatin1Char('-')) && rest[1].isDigit() &&
           std::all_of(rest.begin() + 1, rest.end(), [allowed](QChar c) { return allowed.contains(c); });
}

std::unique_ptr<OpenFile> findAgain(const QString &path, const FollowPlace &place)
{
    for (const Generation &one : namesakes(path, false)) {
        auto file = one.about.identity == place.file ? OpenFile::open(one.path) : nullptr;
        if (file && file->identity() == place.file && isMarked(*file, place)) {
            return file;
        }
    }
    if (place.offset == 0) {
        return nullptr; // any file is marked like that
    }
    QList<Generation> copies = namesakes(path, true);
    std::reverse(copies.begin(), copies.end());
    for (const Generation &one : copies) {
        auto file = OpenFile::open(one.path);
        if (file && isMarked(*file, place)) {
            return file;
        }
    }
    return nullptr;
}

std::unique_ptr<OpenFile> unreadGeneration(const QString &path, const FollowPlace &place)
{
    for (const Generation &one : namesakes(path, true)) {
        const bool isUnread = one.path != path && one.about.modified > place.since &&
                              one.about.identity != place.previous && one.about.identity != place.file;
        if (auto file = isUnread ? OpenFile::open(one.path) : nullptr) {
            return file;
        }
    }
    return nullptr;
}

qint64 youngestGeneration(const QString &path)
{
    qint64 youngest = 0;
    for (const Generation &one : namesakes(path, true)) {
        youngest = one.path == path ? youngest : std::max(youngest, one.about.modified);
    }
    return youngest;
}

std::unique_ptr<OpenFile> nextGeneration(const QString &path, const OpenFile &current)
{
    const QList<Generation> all = namesakes(path, true);
    Generation now{{}, current.about(), 0};
    for (const Generation &one : all) {
        now.number = one.about.identity == now.about.identity ? one.number : now.number;
    }
    for (const Generation &one : all) {
        const bool isBetween = one.path != path && one.about.identity != now.about.identity && !isOlder(one, now);
        if (auto file = isBetween ? OpenFile::open(one.path) : nullptr) {
            return file;
        }
    }
    auto file = OpenFile::open(path); // the newest, whatever its time says
    return file && file->identity() != now.about.identity ? std::move(file) : nullptr;
}

} // namespace courier
