// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "desk/watchedfile.h"
#include "intake/filefollower.h"
#include "intake/format.h"

#include <QHash>
#include <QSet>

#include <map>
#include <memory>
#include <optional>

namespace courier {

/// Reads one watched file, or the files of one watched folder, with their format. On the thread of the job that owns
/// it.
class FileWatch
{
public:
    struct BadLine
    {
        QString file; ///< its name
        qint64 line = 0;
        QString reason;
    };
    struct Batch
    {
        QList<IncomingAlert> alerts;
        QList<BadLine> bad;
        qint64 skipped = 0;
        bool isMoved = false; ///< the place is another than before
        bool hasMore = false; ///< ask again at once
    };

    /// \a state is what state() gave before, or empty; that of another path or pattern is left aside.
    FileWatch(const WatchedFile &file, const QByteArray &state);

    const WatchedFile &file() const { return m_file; }
    /// What folder tells of news.
    QString folder() const;
    /// About \a maxAlerts of what there is now; \a tables are the operator's, by the format's id.
    Batch read(int maxAlerts, const QHash<QString, SeverityMap> &tables, qint64 nowUtc);
    /// The places after what was read last.
    QByteArray state() const;

    int fileCount() const { return static_cast<int>(m_followed.size()); }
    qint64 unread() const;
    bool isWaiting() const;  ///< there is no file
    QString problem() const; ///< why a file can't be read (translated); empty where all can

private:
    struct Followed
    {
        std::unique_ptr<FileFollower> follower;
        const Format *format = nullptr;
        QString source;
    };
    void restore(const QByteArray &state);
    void lookForFiles();
    void follow(const QString &name, std::optional<FollowPlace> place);
    void take(Followed &followed, const FileFollower::Line &line, const QHash<QString, SeverityMap> &tables,
              qint64 nowUtc, Batch &batch);
    QString pathOf(const QString &name) const;

    WatchedFile m_file;
    std::map<QString, Followed> m_followed; ///< by the file's name
    bool m_hasLooked = false;               ///< files that come from now on are read from their start
    RecordResult m_record;                  ///< used again and again
    QString m_next;                         ///< whose turn it is
};

} // namespace courier
