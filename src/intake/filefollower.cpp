// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "intake/filefollower.h"

#include "intake/alertreader.h"

#include <algorithm>
#include <cerrno>
#include <utility>

namespace courier {

namespace {

constexpr qint64 chunkBytes = 256 * 1024;

/// After the last line break among the last bytes of a file.
qint64 lastLineEnd(const OpenFile &file)
{
    const qint64 size = file.about().size;
    const qint64 from = std::max<qint64>(0, size - maxAlertBytes);
    const auto tail = file.readAt(from, size - from);
    const qsizetype lineBreak = tail ? tail->lastIndexOf('\n') : -1;
    return lineBreak < 0 ? from : from + lineBreak + 1;
}

} // namespace

FileFollower::FileFollower(const QString &path, bool fromStart)
    : m_path(path)
    , m_fromStart(fromStart)
{
}

FileFollower::FileFollower(const QString &path, const FollowPlace &place)
    : m_path(path)
    , m_fromStart(true)
    , m_resume(place)
{
}

FollowPlace FileFollower::place() const
{
    if (!m_file) {
        return m_resume;
    }
    return {m_file->identity(), m_offset, m_lines, markOf(m_head.left(m_offset), m_before), m_previous, m_since};
}

void FileFollower::rest()
{
    m_resume = place();
    m_file.reset();
}

qint64 FileFollower::unread() const
{
    return m_file ? std::max<qint64>(0, m_file->about().size - m_offset) : 0;
}

QList<FileFollower::Line> FileFollower::readMore(qint64 maxBytes)
{
    QList<Line> lines;
    if (!m_file && !open()) {
        return lines;
    }
    for (qint64 read = 0; read < maxBytes;) {
        const auto bytes = m_file->readAt(readTo(), std::min(chunkBytes, maxBytes - read));
        if (!bytes) {
            m_problem = qt_error_string(errno);
            m_state = State::Failing;
            return lines;
        }
        if (!isSame()) {
            if (!recover()) {
                return lines;
            }
            continue;
        }
        if (beginEarlier()) {
            continue;
        }
        if (bytes->isEmpty() && !moveOn(lines)) {
            m_state = State::AtEnd;
            return lines;
        }
        m_hasSeenNext = m_hasSeenNext && bytes->isEmpty();
        read += bytes->size();
        split(*bytes, lines);
    }
    m_state = State::HasMore;
    return lines;
}

bool FileFollower::open()
{
    int problem = 0;
    auto file = OpenFile::open(m_path, &problem);
    if (!m_resume.isNull()) {
        resume(std::move(file));
    } else if (file) {
        openFirst(std::move(file));
    } else if (problem == ENOENT || problem == ENOTDIR) {
        m_fromStart = true;
    }
    if (!m_file) {
        const bool isMissing = problem == ENOENT || problem == ENOTDIR;
        m_state = isMissing ? State::Waiting : State::Failing;
        m_problem = isMissing ? QString() : qt_error_string(problem);
    }
    return m_file != nullptr;
}

void FileFollower::openFirst(std::unique_ptr<OpenFile> file)
{
    const qint64 since = youngestGeneration(m_path);
    if (m_fromStart) {
        begin(std::move(file), {}, since);
        return;
    }
    const qint64 end = lastLineEnd(*file);
    const FollowPlace place{file->identity(), end, -1, {}, {}, since};
    goOnIn(std::move(file), place);
}

/// What was read before is in the file at the path, or in one that bears another name by now; else all that is there is
/// new.
void FileFollower::resume(std::unique_ptr<OpenFile> atPath)
{
    const FollowPlace place = m_resume;
    if (atPath && atPath->identity() == place.file && isMarked(*atPath, place)) {
        goOnIn(std::move(atPath), place);
    } else if (auto found = findAgain(m_path, place)) {
        goOnIn(std::move(found), place);
    } else if (atPath) {
        begin(std::move(atPath), place.previous, place.since);
    }
}

void FileFollower::begin(std::unique_ptr<OpenFile> file, FileIdentity previous, qint64 since)
{
    const FollowPlace start{file->identity(), 0, 0, {}, previous, since};
    goOnIn(std::move(file), start);
}

/// At the beginning of the file at the path: what was copied from there, and truncated, before any of it was read comes
/// first.
bool FileFollower::beginEarlier()
{
    const auto atPath = aboutFile(m_path);
    if (readTo() != 0 || !atPath || atPath->identity != m_file->identity()) {
        return false;
    }
    auto earlier = unreadGeneration(m_path, place());
    if (earlier) {
        begin(std::move(earlier), m_previous, m_since);
        return true;
    }
    return false;
}

void FileFollower::goOnIn(std::unique_ptr<OpenFile> file, const FollowPlace &place)
{
    const qint64 size = std::min(place.offset, markBytes);
    m_file = std::move(file);
    m_head = m_file->readAt(0, size).value_or(QByteArray());
    m_before = m_file->readAt(place.offset - size, size).value_or(QByteArray());
    m_offset = place.offset;
    m_lines = place.lines;
    m_previous = place.previous;
    m_since = place.since;
    m_partial.clear();
    m_skipped = 0;
    m_checked = {};
    m_resume = {};
    m_hasSeenNext = false;
}

/// Nothing that was read was taken away or written anew: looked at after each reading, so that what was read was there.
bool FileFollower::isSame()
{
    const OpenFile::About about = m_file->about();
    if (about.size < readTo()) {
        return false;
    }
    if (about.size == m_checked.size && about.modified == m_checked.modified) {
        return true;
    }
    const QByteArray around = m_before + m_partial.left(markBytes);
    const auto head = m_file->readAt(0, m_head.size());
    const auto found = m_file->readAt(m_offset - m_before.size(), around.size());
    if (!head || !found || *head != m_head || *found != around) {
        return false;
    }
    m_checked = about;
    return true;
}

/// The file was truncated: goes on in the copy where there is one, else at the beginning of what there is now.
bool FileFollower::recover()
{
    const FollowPlace place = FileFollower::place();
    m_file.reset();
    if (auto copy = place.offset > 0 ? findAgain(m_path, place) : nullptr) {
        goOnIn(std::move(copy), place);
        return true;
    }
    if (place.offset == 0) {
        m_resume = place; // what there was may be in a copy that is known by its age only
        return open();
    }
    m_fromStart = true;
    m_resume = {};
    return open();
}

/// At the end of a file: goes on in the one that came after it. That is there before the old one is read to its end for
/// the last time, so that what was written to the old one meanwhile isn't left behind.
bool FileFollower::moveOn(QList<Line> &lines)
{
    const auto atPath = aboutFile(m_path);
    if (!atPath || atPath->identity == m_file->identity()) {
        return false;
    }
    auto next = nextGeneration(m_path, *m_file);
    if (!next || (next->identity() == atPath->identity && next->about().size == 0)) {
        return false;
    }
    if (!m_hasSeenNext) {
        m_hasSeenNext = true;
        return true;
    }
    if (!m_partial.isEmpty() || m_skipped > 0) {
        const qint64 size = m_partial.size() + m_skipped;
        give(std::exchange(m_partial, {}), size, lines);
    }
    const OpenFile::About before = m_file->about();
    begin(std::move(next), before.identity, before.modified);
    return true;
}

void FileFollower::split(QByteArray bytes, QList<Line> &lines)
{
    qsizetype at = 0;
    for (qsizetype end = bytes.indexOf('\n'); end >= 0; end = bytes.indexOf('\n', at)) {
        const qint64 lineSize = m_partial.size() + m_skipped + end + 1 - at;
        QByteArray line = m_partial + bytes.mid(at, end - at);
        m_partial.clear();
        give(std::move(line), lineSize, lines);
        at = end + 1;
    }
    m_partial += bytes.mid(at);
    if (m_skipped > 0 || m_partial.size() > maxAlertBytes) {
        m_skipped += m_partial.size();
        m_partial.clear();
    }
}

/// \a lineSize: its bytes in the file, with its line break.
void FileFollower::give(QByteArray line, qint64 lineSize, QList<Line> &lines)
{
    const bool isTooLong = m_skipped > 0 || line.size() > maxAlertBytes;
    if (isTooLong) {
        line.clear();
    }
    m_lines += m_lines < 0 ? 0 : 1;
    m_skipped = 0;
    m_partial.clear();
    m_offset += lineSize;
    const qint64 size = std::min(m_offset, markBytes);
    if (isTooLong || lineSize != line.size() + 1) {
        // Its bytes are not at hand any more.
        m_head = m_file->readAt(0, std::min(m_offset, markBytes)).value_or(QByteArray());
        m_before = m_file->readAt(m_offset - size, size).value_or(QByteArray());
    } else {
        remember(line);
        remember("\n");
    }
    if (line.endsWith('\r')) {
        line.chop(1);
    }
    if (!line.trimmed().isEmpty() || isTooLong) {
        lines.append({std::move(line), std::max<qint64>(0, m_lines), isTooLong});
    }
}

void FileFollower::remember(QByteArrayView consumed)
{
    if (m_head.size() < markBytes) {
        m_head += consumed.first(std::min<qsizetype>(consumed.size(), markBytes - m_head.size()));
    }
    m_before += consumed.last(std::min<qsizetype>(consumed.size(), markBytes));
    if (m_before.size() > markBytes) {
        m_before.remove(0, m_before.size() - markBytes);
    }
}

} // namespace courier
