// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "store/writesession.h"

#include "store/rows.h"

#include <QDeadlineTimer>

#include <algorithm>

namespace courier {
namespace {

constexpr qsizetype rememberedShapes = 4096;
constexpr int keptChanges = 10000;
constexpr int lockPatienceMsecs = 5000;
constexpr int lockPatienceAgainMsecs = 1000; // after it was waited for in vain

} // namespace

WriteSession::WriteSession(QString path, const Clock &clock, StoreKey key)
    : m_path(std::move(path))
    , m_clock(clock)
    , m_key(key)
{
}

bool WriteSession::connect()
{
    if (!m_connection) {
        auto opened = Connection::open(m_path, dialect::Access::Write);
        if (!opened) {
            m_openFailure = dialect::Failure{opened.error(), true};
            return false;
        }
        m_connection = std::move(*opened);
        forget();
    }
    return true;
}

void WriteSession::disconnect()
{
    m_connection.reset();
}

bool WriteSession::begin()
{
    if (!connect() || !lock()) {
        return false;
    }
    const qint64 counter = m_connection->number(dialect::changeCounter());
    if (counter != m_changeCounter) {
        m_changeCounter = counter;
        m_lastNumber.reset();
        m_destinations.reset();
        m_words.forget();
        forgetShapes();
    }
    return !hasFailed();
}

// Asks for the lock again and again, each time for a moment only: the database's own waiting grows longer with each
// try, and a process that writes without a break would keep this one out. Whoever waits has waited long enough once it
// was in vain: an endpoint's client gives up after some ten seconds.
bool WriteSession::lock()
{
    const QDeadlineTimer patience(m_isLockedOut ? lockPatienceAgainMsecs : lockPatienceMsecs);
    while (!prepared(dialect::beginWrite()).run()) {
        const bool isBusy = m_connection->failure().error.kind == Error::Kind::Busy;
        if (!isBusy || patience.hasExpired()) {
            m_isLockedOut = isBusy;
            return false;
        }
        m_connection->takeFailure();
    }
    m_isLockedOut = false;
    return true;
}

bool WriteSession::commit()
{
    if (m_hasNoted) {
        trimChanges();
    }
    if (m_words.mustStep(*m_connection)) {
        m_words.step(*m_connection);
    }
    m_hasNoted = false;
    return m_connection->commit();
}

void WriteSession::rollback()
{
    if (m_connection) {
        m_connection->rollback();
    }
    m_hasNoted = false;
    forget();
}

void WriteSession::mark()
{
    prepared(QStringLiteral("SAVEPOINT job")).run();
}

void WriteSession::keep()
{
    prepared(QStringLiteral("RELEASE job")).run();
}

void WriteSession::undo()
{
    prepared(QStringLiteral("ROLLBACK TO job")).run();
    keep();
    forget();
}

bool WriteSession::hasFailedWhole() const
{
    return m_openFailure || (m_connection && m_connection->hasFailed() && m_connection->failure().isWhole);
}

dialect::Failure WriteSession::takeFailure()
{
    if (m_openFailure) {
        const dialect::Failure failure = *m_openFailure;
        m_openFailure.reset();
        return failure;
    }
    return m_connection->takeFailure();
}

void WriteSession::forget()
{
    m_lastNumber.reset();
    m_destinations.reset();
    m_words.forget();
    forgetShapes();
}

qint64 WriteSession::nextNumber()
{
    if (!m_lastNumber) {
        m_lastNumber = std::max({m_connection->number(QStringLiteral("SELECT max(id) FROM alert")),
                                 m_connection->number(QStringLiteral("SELECT max(id) FROM delivery")),
                                 m_connection->number(QStringLiteral("SELECT max(id) FROM destination")),
                                 WordIndex::lastIndexed(*m_connection)});
    }
    const qint64 number = std::max(m_lastNumber.value_or(0), firstNumberOf(now())) + 1;
    m_lastNumber = number;
    return number;
}

const QList<Destination> &WriteSession::destinations()
{
    if (!m_destinations) {
        m_destinations.emplace();
        Statement &rows = prepared(QStringLiteral("SELECT %1 FROM destination WHERE deleted_at IS NULL ORDER BY id")
                                       .arg(rows::destinationColumns()));
        rows.run();
        while (rows.next()) {
            m_destinations->append(rows::destination(rows));
        }
    }
    return *m_destinations;
}

const Destination *WriteSession::destination(DestinationId id)
{
    const QList<Destination> &all = destinations();
    const auto found = std::find_if(all.begin(), all.end(), [id](const Destination &one) { return one.id == id; });
    return found == all.end() ? nullptr : &*found;
}

void WriteSession::noteAlert(AlertId id)
{
    prepared(QStringLiteral("INSERT INTO change(alert_id) VALUES(?)")).run(id);
    m_hasNoted = true;
}

void WriteSession::noteAlerts(const QList<qint64> &ids)
{
    prepared(QStringLiteral("INSERT INTO change(alert_id) ") + dialect::selectList()).run(dialect::list(ids));
    m_hasNoted = true;
}

void WriteSession::noteRepeats()
{
    prepared(QStringLiteral("UPDATE meta SET value = value + 1 WHERE key = 'repeats'")).run();
}

void WriteSession::noteDestination(DestinationId id)
{
    prepared(QStringLiteral("INSERT INTO change(destination_id) VALUES(?)")).run(id);
    m_hasNoted = true;
    m_destinations.reset();
}

void WriteSession::trimChanges()
{
    prepared(QStringLiteral("DELETE FROM change WHERE seq <= (SELECT max(seq) FROM change) - ?")).run(keptChanges);
}

qint64 WriteSession::shapeFor(const QString &url, const QByteArray &headers)
{
    const QByteArray name = url.toUtf8() + '\n' + headers;
    const auto known = m_shapes.constFind(name);
    if (known != m_shapes.constEnd()) {
        return *known;
    }
    prepared(QStringLiteral("INSERT INTO request_shape(url, headers) VALUES(?, ?) ON CONFLICT DO NOTHING"))
        .run(url, headers);
    const qint64 id = m_connection->number(QStringLiteral("SELECT id FROM request_shape WHERE url = ? AND headers = ?"),
                                           url, headers);
    if (m_shapes.size() >= rememberedShapes) {
        m_shapes.clear();
    }
    m_shapes.insert(name, id);
    return id;
}

void WriteSession::forgetShapes()
{
    m_shapes.clear();
    m_answers.forgetShapes();
}

} // namespace courier
