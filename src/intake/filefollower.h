// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "intake/followplace.h"

#include <QByteArray>
#include <QList>
#include <QString>

#include <memory>

namespace courier {

/// Follows a file of lines that grows: through rotation by rename (the rest of the old file is read first, then the new
/// one from its start), through copying and truncating (the rest is read from the copy, where one is found), and on
/// from a place it was left at. A last line without its end waits for it. Reads only when it is asked to, never waits,
/// and keeps one chunk and one line in memory. For one thread.
class FileFollower
{
public:
    struct Line
    {
        QByteArray bytes;       ///< without its line break
        qint64 number = 0;      ///< in its file, from 1; 0 where it isn't known
        bool isTooLong = false; ///< over maxAlertBytes, and left out
    };
    enum class State {
        Waiting, ///< there is no file at the path (yet)
        AtEnd,   ///< all that is there was read
        HasMore, ///< ask again
        Failing  ///< it can't be read: see problem()
    };

    /// Begins with what is at \a path, or where \a fromStart is false, with what comes after it. A file that comes
    /// later is read from its start.
    FileFollower(const QString &path, bool fromStart);
    /// Goes on from \a place.
    FileFollower(const QString &path, const FollowPlace &place);

    /// The next lines, from about \a maxBytes.
    QList<Line> readMore(qint64 maxBytes);
    /// After the lines that were given so far; null before the file was there.
    FollowPlace place() const;
    /// Closes the file until it is read again.
    void rest();
    State state() const { return m_state; }
    QString problem() const { return m_problem; } ///< why it can't be read, in the words of the system
    const QString &path() const { return m_path; }
    qint64 unread() const; ///< bytes of the file that is being read

private:
    bool open();
    void openFirst(std::unique_ptr<OpenFile> file);
    void resume(std::unique_ptr<OpenFile> atPath);
    void begin(std::unique_ptr<OpenFile> file, FileIdentity previous, qint64 since);
    bool beginEarlier();
    void goOnIn(std::unique_ptr<OpenFile> file, const FollowPlace &place);
    bool isSame();
    bool recover();
    bool moveOn(QList<Line> &lines);
    void split(QByteArray bytes, QList<Line> &lines);
    void give(QByteArray line, qint64 lineSize, QList<Line> &lines);
    void remember(QByteArrayView consumed);
    qint64 readTo() const { return m_offset + m_partial.size() + m_skipped; }

    QString m_path;
    bool m_fromStart;
    FollowPlace m_resume; ///< to be found again; null once it was
    std::unique_ptr<OpenFile> m_file;
    OpenFile::About m_checked; ///< when it was seen to be the same file last
    State m_state = State::Waiting;
    QString m_problem;
    qint64 m_offset = 0; ///< after the last line that was given
    FileIdentity m_previous;
    qint64 m_since = 0;   ///< as in FollowPlace
    qint64 m_lines = 0;   ///< how many those are; -1: not known
    QByteArray m_head;    ///< the file's first bytes, as they were read
    QByteArray m_before;  ///< the last ones before the offset
    QByteArray m_partial; ///< of a line whose end is to come
    qint64 m_skipped = 0; ///< bytes of a line that is too long
    bool m_hasSeenNext = false;
};

} // namespace courier
