// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "desk/watchedfiles.h"

#include "desk/foldernotifier.h"
#include "desk/severitytables.h"
#include "desk/watchrun.h"

#include <QElapsedTimer>
#include <QLoggingCategory>

#include <vector>

namespace courier {
namespace {

Q_LOGGING_CATEGORY(lcWatch, "courier.watch")

constexpr int pollMs = 1000;
constexpr unsigned long settleMs = 20; ///< what comes line by line is read together

} // namespace

/// What runs on the thread.
class WatchedFiles::Job
{
public:
    explicit Job(WatchedFiles &owner)
        : m_owner(owner)
    {
    }
    void run();

private:
    void reload();
    void replace(const QList<WatchedFile> &files);
    void forget(qint64 id);
    void tell();
    bool isStopping() const { return m_owner.m_isStopping; }

    WatchedFiles &m_owner;
    std::unique_ptr<Queries> m_queries;
    std::optional<QString> m_settings; ///< as they were read last
    QList<WatchedFile> m_files;
    std::vector<std::unique_ptr<WatchRun>> m_runs; ///< of those that are enabled
    QHash<QString, SeverityMap> m_tables;
    QElapsedTimer m_sinceTold;
};

void WatchedFiles::Job::run()
{
    auto queries = m_owner.m_store.connectQueries();
    if (!queries) {
        qCCritical(lcWatch, "Files can't be watched: %s", qUtf8Printable(queries.error().detail));
        return;
    }
    m_queries = std::move(*queries);
    while (!isStopping()) {
        if (m_owner.m_mustLook.exchange(false) || !m_sinceTold.isValid() || m_sinceTold.hasExpired(pollMs)) {
            m_sinceTold.start();
            reload();
            tell();
        }
        bool hasMore = false;
        for (const auto &run : m_runs) {
            hasMore = (!isStopping() && run->step(m_tables)) || hasMore;
        }
        if (!hasMore && !isStopping()) {
            m_owner.m_notifier->wait(pollMs);
            QThread::msleep(settleMs);
        }
    }
    for (const auto &run : m_runs) {
        run->finish();
    }
}

void WatchedFiles::Job::reload()
{
    QSet<QString> folders;
    for (const auto &run : m_runs) {
        folders.insert(run->watch().folder());
    }
    const std::optional<QString> settings = m_queries->setting(sourcesKey()).value_or(QString());
    if (settings != m_settings) {
        m_settings = settings;
        const auto files = settings->isEmpty() ? QList<WatchedFile>() : watchedFilesFromJson(settings->toUtf8());
        if (files) {
            replace(*files);
        } else {
            qCWarning(lcWatch, "The watched files stay as they were: %s", qUtf8Printable(files.error().message));
        }
        folders.clear();
        for (const auto &run : m_runs) {
            folders.insert(run->watch().folder());
        }
    }
    if (!m_runs.empty()) {
        m_tables = severityTables(*m_queries);
    }
    m_owner.m_notifier->setFolders(folders);
}

/// Those that stay as they were go on.
void WatchedFiles::Job::replace(const QList<WatchedFile> &files)
{
    std::vector<std::unique_ptr<WatchRun>> before = std::move(m_runs);
    m_runs.clear();
    for (const WatchedFile &file : files) {
        const auto same = std::find_if(before.begin(), before.end(),
                                       [&file](const auto &run) { return run && run->watch().file() == file; });
        if (same != before.end()) {
            m_runs.push_back(std::move(*same));
        }
    }
    for (const auto &run : before) {
        if (run) {
            run->finish();
        }
    }
    for (const WatchedFile &file : files) {
        const bool runs =
            std::any_of(m_runs.begin(), m_runs.end(), [&file](const auto &run) { return run->watch().file() == file; });
        if (file.enabled && !runs) {
            m_runs.push_back(
                std::make_unique<WatchRun>(m_owner.m_store, m_owner.m_clock, file, m_queries->filePlace(file.id)));
            qCInfo(lcWatch, "Following %s.", qUtf8Printable(file.path));
        }
    }
    for (const WatchedFile &old : m_files) {
        if (std::none_of(files.begin(), files.end(), [&old](const WatchedFile &file) { return file.id == old.id; })) {
            forget(old.id);
        }
    }
    m_files = files;
    {
        const QMutexLocker lock(&m_owner.m_mutex);
        m_owner.m_states.clear();
        for (const WatchedFile &file : files) {
            WatchState state;
            state.id = file.id;
            state.kind = file.enabled ? WatchState::Kind::Waiting : WatchState::Kind::Off;
            m_owner.m_states.append(state);
        }
    }
    Q_EMIT m_owner.statesReplaced();
}

void WatchedFiles::Job::forget(qint64 id)
{
    if (const auto kept = m_owner.m_store.take({}, FilePlace{id, {}}).result(); !kept) {
        qCWarning(lcWatch, "The place in a file that is watched no more stays: %s",
                  qUtf8Printable(kept.error().detail));
    }
}

void WatchedFiles::Job::tell()
{
    for (const auto &run : m_runs) {
        const WatchState state = run->tell();
        bool isNew = false;
        {
            const QMutexLocker lock(&m_owner.m_mutex);
            for (WatchState &one : m_owner.m_states) {
                isNew = isNew || (one.id == state.id && one != state);
                one = one.id == state.id ? state : one;
            }
        }
        if (isNew) {
            Q_EMIT m_owner.stateChanged(state);
        }
    }
}

WatchedFiles::WatchedFiles(Store &store, const Clock &clock)
    : m_store(store)
    , m_clock(clock)
    , m_notifier(std::make_unique<FolderNotifier>())
{
}

WatchedFiles::~WatchedFiles()
{
    stop();
}

void WatchedFiles::start()
{
    if (!m_thread) {
        m_isStopping = false;
        m_thread.reset(QThread::create([this] { Job(*this).run(); }));
        m_thread->setObjectName(QStringLiteral("watched files"));
        m_thread->start();
    }
}

void WatchedFiles::stop()
{
    if (m_thread) {
        m_isStopping = true;
        m_notifier->wake();
        m_thread->wait();
        m_thread.reset();
    }
}

void WatchedFiles::lookAgain()
{
    m_mustLook = true;
    m_notifier->wake();
}

QList<WatchState> WatchedFiles::states() const
{
    const QMutexLocker lock(&m_mutex);
    return {m_states.cbegin(), m_states.cend()}; // one of its own: the thread changes its list where it stands
}

} // namespace courier
