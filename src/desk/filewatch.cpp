// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "desk/filewatch.h"

#include "intake/alertreader.h"
#include "intake/jsonslice.h"

#include <QCoreApplication>
#include <QDataStream>
#include <QDir>
#include <QFileInfo>
#include <QIODevice>

#include <algorithm>

namespace courier {
namespace {

constexpr quint8 formatVersion = 1;
constexpr qint64 readBytes = 256 * 1024; ///< of one file before the next one's turn
constexpr size_t openFiles = 64;         ///< of more, those that are at their end are closed

QString say(const char *sentence)
{
    return QCoreApplication::translate("FileWatch", sentence);
}

/// One of \a names, followed by a rotation's numbers.
bool isRotated(const QString &name, const QSet<QString> &names)
{
    for (qsizetype at = 1; at < name.size(); ++at) {
        const bool parts = name[at] == QLatin1Char('.') || name[at] == QLatin1Char('-');
        if (parts && names.contains(name.left(at)) && isRotatedName(name, name.left(at))) {
            return true;
        }
    }
    return false;
}

} // namespace

FileWatch::FileWatch(const WatchedFile &file, const QByteArray &state)
    : m_file(file)
{
    restore(state);
}

QString FileWatch::folder() const
{
    return m_file.pattern.isEmpty() ? QFileInfo(m_file.path).path() : m_file.path;
}

QString FileWatch::pathOf(const QString &name) const
{
    return m_file.pattern.isEmpty() ? m_file.path : QDir(m_file.path).filePath(name);
}

void FileWatch::restore(const QByteArray &state)
{
    QDataStream stream(state);
    stream.setVersion(QDataStream::Qt_6_4);
    quint8 version = 0;
    QString path;
    QString pattern;
    QMap<QString, QByteArray> places;
    stream >> version >> path >> pattern >> places;
    if (stream.status() != QDataStream::Ok || version != formatVersion || path != m_file.path ||
        pattern != m_file.pattern) {
        return;
    }
    m_hasLooked = true;
    for (auto it = places.begin(); it != places.end(); ++it) {
        follow(it.key(), FollowPlace::fromBytes(it.value()));
    }
}

QByteArray FileWatch::state() const
{
    QMap<QString, QByteArray> places;
    for (const auto &[name, followed] : m_followed) {
        const FollowPlace place = followed.follower->place();
        places.insert(name, place.isNull() ? QByteArray() : place.toBytes());
    }
    QByteArray bytes;
    QDataStream stream(&bytes, QIODevice::WriteOnly);
    stream.setVersion(QDataStream::Qt_6_4);
    stream << formatVersion << m_file.path << m_file.pattern << places;
    return bytes;
}

void FileWatch::follow(const QString &name, std::optional<FollowPlace> place)
{
    Followed followed;
    followed.follower = place && !place->isNull()
                            ? std::make_unique<FileFollower>(pathOf(name), *place)
                            : std::make_unique<FileFollower>(pathOf(name), m_file.fromStart || m_hasLooked);
    followed.format = m_file.formatId.isEmpty() ? nullptr : formatById(m_file.formatId);
    followed.source = say(QT_TRANSLATE_NOOP("FileWatch", "File %1")).arg(name);
    m_followed.insert_or_assign(name, std::move(followed));
}

void FileWatch::lookForFiles()
{
    QStringList found{QFileInfo(m_file.path).fileName()};
    if (!m_file.pattern.isEmpty()) {
        found = QDir(m_file.path).entryList({m_file.pattern}, QDir::Files | QDir::Hidden);
    }
    QSet<QString> names(found.begin(), found.end());
    for (const auto &[name, followed] : m_followed) {
        names.insert(name);
    }
    for (const QString &name : found) {
        if (!m_followed.contains(name) && !isRotated(name, names)) {
            follow(name, std::nullopt);
        }
    }
    m_hasLooked = true;
    // A file that is gone and was read is forgotten, unless its rotated ones would then be taken for new.
    std::erase_if(m_followed, [&](const auto &one) {
        const bool isGone =
            !m_file.pattern.isEmpty() && !found.contains(one.first) && one.second.follower->unread() == 0;
        return isGone && std::none_of(found.begin(), found.end(),
                                      [&](const QString &name) { return isRotatedName(name, one.first); });
    });
}

FileWatch::Batch FileWatch::read(int maxAlerts, const QHash<QString, SeverityMap> &tables, qint64 nowUtc)
{
    Batch batch;
    lookForFiles();
    auto turn = m_followed.lower_bound(m_next);
    for (size_t i = 0; i < m_followed.size() && batch.alerts.size() < maxAlerts; ++i, ++turn) {
        turn = turn == m_followed.end() ? m_followed.begin() : turn;
        FileFollower &follower = *turn->second.follower;
        const FollowPlace before = follower.place();
        for (const FileFollower::Line &line : follower.readMore(readBytes)) {
            take(turn->second, line, tables, nowUtc, batch);
        }
        batch.isMoved = batch.isMoved || follower.place() != before;
        if (follower.state() == FileFollower::State::HasMore) {
            batch.hasMore = true;
        } else if (m_followed.size() > openFiles) {
            follower.rest();
        }
    }
    batch.hasMore = batch.hasMore || batch.alerts.size() >= maxAlerts;
    m_next = turn == m_followed.end() ? QString() : turn->first;
    return batch;
}

void FileWatch::take(Followed &followed, const FileFollower::Line &line, const QHash<QString, SeverityMap> &tables,
                     qint64 nowUtc, Batch &batch)
{
    const QString name = QFileInfo(followed.follower->path()).fileName();
    if (line.isTooLong) {
        batch.bad.append({name, line.number,
                          say(QT_TRANSLATE_NOOP("FileWatch", "the line is over %1 MiB, and is left out."))
                              .arg(maxAlertBytes / 1024 / 1024)});
        return;
    }
    const Format *format = followed.format ? followed.format : guessFormat(line.bytes);
    if (!followed.format && !checkJson(line.bytes)) {
        followed.format = format;
    }
    const auto table = tables.constFind(format->id());
    format->readRecord(line.bytes, {table == tables.constEnd() ? nullptr : &*table, nowUtc, followed.source}, m_record);
    batch.skipped += m_record.skipped;
    for (const AlertFault &fault : m_record.faults) {
        batch.bad.append({name, line.number, sentence(fault)});
    }
    for (IncomingAlert &one : m_record.alerts) {
        batch.alerts.append(std::move(one));
    }
}

qint64 FileWatch::unread() const
{
    qint64 sum = 0;
    for (const auto &[name, followed] : m_followed) {
        sum += followed.follower->unread();
    }
    return sum;
}

bool FileWatch::isWaiting() const
{
    return std::all_of(m_followed.begin(), m_followed.end(),
                       [](const auto &one) { return one.second.follower->state() == FileFollower::State::Waiting; });
}

QString FileWatch::problem() const
{
    for (const auto &[name, followed] : m_followed) {
        if (followed.follower->state() == FileFollower::State::Failing) {
            return say(QT_TRANSLATE_NOOP("FileWatch", "%1 can't be read: %2."))
                .arg(followed.follower->path(), followed.follower->problem());
        }
    }
    return {};
}

} // namespace courier
