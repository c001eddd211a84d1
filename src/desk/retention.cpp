// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "desk/retention.h"

#include "store/whendone.h"

#include <QLocale>
#include <QLoggingCategory>

#include <algorithm>
#include <limits>

namespace courier {
namespace {

Q_LOGGING_CATEGORY(lcRetention, "courier.retention")

constexpr qint64 shortestPause = 20; // ms
constexpr qint64 longestPause = 2000;
constexpr qint64 pausePerWork = 4;
constexpr qint64 day = 86'400'000;
constexpr qint64 leastReserve = 4 * 1024 * 1024;
constexpr qint64 reservePart = 32;
constexpr int pagesAtOnce = 256;

// What stays free inside the file for what comes next.
qint64 reserveOf(const StoreSize &size)
{
    return std::max(leastReserve, size.used / reservePart);
}

QString inWords(qint64 bytes)
{
    return QLocale(QLocale::English).formattedDataSize(bytes, 1, QLocale::DataSizeSIFormat);
}

QString inDays(int days)
{
    return days == 1 ? QStringLiteral("1 day") : QStringLiteral("%1 days").arg(days);
}

QString counted(qint64 number)
{
    return QLocale(QLocale::English).toString(number);
}

} // namespace

Retention::Retention(Store &store, const Clock &clock, QObject *parent)
    : QObject(parent)
    , m_store(store)
    , m_clock(clock)
{
    m_lookTimer.setSingleShot(true);
    m_stepTimer.setSingleShot(true);
    connect(&m_lookTimer, &QTimer::timeout, this, &Retention::look);
    connect(&m_stepTimer, &QTimer::timeout, this, &Retention::goOn);
}

void Retention::start()
{
    m_started = true;
    m_lookTimer.start(firstLookMs);
}

void Retention::look()
{
    if (!m_started || m_busy) {
        return;
    }
    m_busy = true;
    m_result = {};
    m_lookTimer.stop();
    whenDone(this, m_store.read([](Queries &queries) { return RetentionSettings::read(queries); }),
             [this](const RetentionSettings &settings) {
                 m_settings = settings;
                 begin(Stage::TooOld);
             });
}

void Retention::begin(Stage stage)
{
    m_stage = stage;
    m_lookedTo = {};
    goOn();
}

void Retention::goOn()
{
    m_stepTime.start();
    switch (m_stage) {
    case Stage::TooOld:
        m_settings.days > 0 ? findTooOld() : begin(Stage::Bodies);
        break;
    case Stage::Bodies:
        m_settings.bodyDays > 0 ? findBodies() : begin(Stage::TooMuch);
        break;
    case Stage::TooMuch:
        m_settings.gigabytes > 0 ? findTooMuch() : begin(Stage::Shapes);
        break;
    case Stage::Shapes:
        m_mayBeUnused ? findUnusedShapes() : begin(Stage::Words);
        break;
    case Stage::Words:
        m_result.removed() > 0 ? mergeWords() : begin(Stage::Space);
        break;
    case Stage::Space:
        giveBack();
        break;
    case Stage::Done:
        finish();
        break;
    }
}

void Retention::goOnAfterPause()
{
    m_stepTimer.start(static_cast<int>(std::clamp(m_stepTime.elapsed() * pausePerWork, shortestPause, longestPause)));
}

template<typename Then>
void Retention::take(RetentionStep step, Then then)
{
    whenDone(this, m_store.retain(std::move(step)), [this, then](const Result<qint64> &taken) {
        if (taken) {
            then(*taken);
        } else { // the store says to all why
            m_stage = Stage::Done;
            goOn();
        }
    });
}

void Retention::findTooOld()
{
    const qint64 before = age(m_settings.days);
    const ExpiryRule rule{before, before, std::min(before, m_clock.nowUtc() - day)};
    const auto find = [rule, after = m_lookedTo](Queries &queries) { return queries.expiring(rule, after); };
    whenDone(this, m_store.read(find, ReadKind::Long),
             [this, rule](const Expiring &found) { remove(found, rule, &RetentionResult::tooOld, Stage::Bodies); });
}

// The oldest go, however young they are. What lasts goes where its source has been silent for a day.
void Retention::findTooMuch()
{
    const ExpiryRule rule{m_clock.nowUtc(), std::numeric_limits<qint64>::max(), m_clock.nowUtc() - day};
    const auto find = [rule, after = m_lookedTo](Queries &queries) {
        return std::pair(queries.size(), queries.expiring(rule, after));
    };
    whenDone(this, m_store.read(find, ReadKind::Long), [this, rule](const std::pair<StoreSize, Expiring> &found) {
        const double goal = static_cast<double>(m_settings.bytes()) * (m_result.tooMuch > 0 ? goalOfLimit : 1);
        if (static_cast<double>(found.first.used) <= goal) {
            begin(Stage::Shapes);
        } else {
            remove(found.second, rule, &RetentionResult::tooMuch, Stage::Shapes);
        }
    });
}

void Retention::remove(const Expiring &found, const ExpiryRule &rule, qint64 RetentionResult::*count, Stage next)
{
    m_lookedTo = found.lookedTo;
    if (found.alerts.isEmpty()) {
        found.isEnd ? begin(next) : goOnAfterPause();
        return;
    }
    take(RemoveAlerts{found.alerts, rule}, [this, count, next, isEnd = found.isEnd](qint64 removed) {
        m_result.*count += removed;
        m_mayBeUnused = true;
        if (isEnd) {
            m_stage = next;
            m_lookedTo = {};
        }
        goOnAfterPause();
    });
}

void Retention::findBodies()
{
    const auto find = [before = age(m_settings.bodyDays), now = m_clock.nowUtc()](Queries &queries) {
        return queries.expiringBodies(before, now);
    };
    whenDone(this, m_store.read(find, ReadKind::Long), [this](const ExpiringBodies &found) {
        if (found.attempts.isEmpty() && found.isEnd) {
            begin(Stage::TooMuch);
            return;
        }
        const DropBodies step{found.attempts, found.lookedTo, m_settings.bodyDays};
        take(step, [this, isEnd = found.isEnd](qint64 dropped) {
            m_result.bodies += dropped;
            m_mayBeUnused = true;
            m_stage = isEnd ? Stage::TooMuch : Stage::Bodies;
            goOnAfterPause();
        });
    });
}

void Retention::findUnusedShapes()
{
    whenDone(this, m_store.read([](Queries &queries) { return queries.unusedShapes(); }, ReadKind::Long),
             [this](const UnusedShapes &found) {
                 if (found.isEmpty()) {
                     m_mayBeUnused = false;
                     begin(Stage::Words);
                 } else {
                     take(RemoveShapes{found}, [this](qint64 removed) {
                         m_stage = removed > 0 ? Stage::Shapes : Stage::Words;
                         goOnAfterPause();
                     });
                 }
             });
}

void Retention::mergeWords()
{
    take(MergeWords{}, [this](qint64 merged) {
        m_stage = merged > 0 ? Stage::Words : Stage::Space;
        goOnAfterPause();
    });
}

void Retention::giveBack()
{
    whenDone(this, m_store.read([](Queries &queries) { return queries.size(); }), [this](const StoreSize &size) {
        m_result.used = size.used;
        const qint64 pages = (size.free - reserveOf(size)) / size.pageSize;
        if (!size.givesBack || pages <= 0) {
            begin(Stage::Done);
            return;
        }
        const int some = static_cast<int>(std::min<qint64>(pages, pagesAtOnce));
        take(GiveBackSpace{some}, [this, pageSize = size.pageSize](qint64 given) {
            m_result.givenBack += given * pageSize;
            m_stage = given > 0 ? Stage::Space : Stage::Done;
            goOnAfterPause();
        });
    });
}

void Retention::finish()
{
    const bool hasChanged = m_result.removed() > 0 || m_result.bodies > 0 || m_result.givenBack > 0;
    const auto fold = [hasChanged](Queries &queries) {
        if (hasChanged) {
            queries.foldLog();
        }
        return queries.size().used;
    };
    whenDone(this, m_store.read(fold, ReadKind::Long), [this](qint64 used) {
        m_result.used = used;
        say();
        m_busy = false;
        m_lookTimer.start(lookEveryMs);
        Q_EMIT finished(m_result);
    });
}

void Retention::say()
{
    const QString size = inWords(m_result.used);
    if (m_result.tooOld > 0) {
        qCInfo(lcRetention, "Removed %s alerts older than %s; the database is now %s.",
               qUtf8Printable(counted(m_result.tooOld)), qUtf8Printable(inDays(m_settings.days)), qUtf8Printable(size));
    }
    if (m_result.tooMuch > 0) {
        qCInfo(lcRetention, "Removed the %s oldest alerts, to stay below %g GB; the database is now %s.",
               qUtf8Printable(counted(m_result.tooMuch)), m_settings.gigabytes, qUtf8Printable(size));
    }
    if (m_result.bodies > 0) {
        qCInfo(lcRetention, "Dropped %s response bodies older than %s; the database is now %s.",
               qUtf8Printable(counted(m_result.bodies)), qUtf8Printable(inDays(m_settings.bodyDays)),
               qUtf8Printable(size));
    }
    const bool isTooMuch = m_settings.gigabytes > 0 && m_result.used > m_settings.bytes();
    if (isTooMuch && !m_complained) {
        qCWarning(lcRetention, "The database is %s, more than %g GB, but what is left has not been delivered yet.",
                  qUtf8Printable(size), m_settings.gigabytes);
    }
    m_complained = isTooMuch;
}

} // namespace courier
