// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "domain/incomingalert.h"
#include "intake/alertfault.h"
#include "intake/severitymap.h"

#include <QByteArrayView>
#include <QList>
#include <QString>

#include <mutex>

namespace courier {

/// Alerts that one document may hold at most; a file or stream of them has no such limit.
constexpr int maxBatchAlerts = 50'000;

/// What was wrong with one alert of a document, or with all of it.
struct IntakeFault
{
    int index = -1; ///< of the alert in its batch, from 0; -1: the whole document
    int line = 0;   ///< from 1; 0 where it isn't known
    int column = 0; ///< from 1, in characters; 0 where it isn't known
    QString reason; ///< names the field where it is about one (translated)
};

/// What a document came to.
struct FormatResult
{
    QList<IncomingAlert> alerts;
    QList<IntakeFault> faults; ///< the first hundred
    int moreFaults = 0;        ///< those beyond
    int skipped = 0;           ///< records that are no alerts, and nothing is wrong with them
};

/// What a format needs to know beside the bytes.
struct ReadContext
{
    const SeverityMap *severities = nullptr; ///< the operator's table; null: the format's own
    qint64 nowUtc = 0; ///< ms since 1970: when an alert is raised that doesn't say so, and is over
    QString source;    ///< what the alerts bear as theirs; may be left to others
};

/// What one record came to; places count from its beginning, the faults' indices among its own alerts.
struct RecordResult
{
    QList<IncomingAlert> alerts;
    QList<AlertFault> faults;
    int count = 1;   ///< alerts it held, good and bad
    int skipped = 0; ///< as above
};

/// How one kind of source writes its alerts: turns its bytes into alerts, whose context is the record byte for byte.
/// Stateless; any thread may use it. A new one is a file in formats/ and a line in format.cpp.
class Format
{
public:
    Format() = default;
    Format(const Format &) = delete;
    Format &operator=(const Format &) = delete;
    virtual ~Format() = default;

    virtual QString id() const = 0;    ///< as settings and the command line call it: "suricata"
    virtual QString title() const = 0; ///< as people call it: "Suricata EVE" (translated where it can be)
    /// The table from the source's words to our severities; empty where its words are ours and nothing can be mapped.
    virtual SeverityMap defaultSeverities() const = 0;
    /// The same, made once.
    const SeverityMap &ownSeverities() const;
    /// \a record looks like one of these; it may be anything.
    virtual bool recognises(QByteArrayView record) const = 0;
    /// The good alerts of a batch are taken where others are bad; else a batch is taken whole or not at all.
    virtual bool takesTheGoodOnes() const { return false; }

    /// Reads all of \a document: one record, an array of them, or one a line. A batch with a fault gives no alerts,
    /// but for formats that take the good ones; what is not JSON to its end never gives any.
    FormatResult read(QByteArrayView document, const ReadContext &context) const;
    /// Reads one record of a stream, e.g. an array's element or a line. Replaces what is in \a result, whose room is
    /// used again.
    void readRecord(QByteArrayView record, const ReadContext &context, RecordResult &result) const;

protected:
    /// Adds to \a result, which is empty; \a context has its table of severities.
    virtual void take(QByteArrayView record, const ReadContext &context, RecordResult &result) const = 0;

private:
    mutable std::once_flag m_tableMade;
    mutable SeverityMap m_table;
};

/// All of them, our own first. They live as long as the program.
const QList<const Format *> &allFormats();
/// Null where there is none.
const Format *formatById(QStringView id);
/// The one that \a firstDocument looks like; never null: our own where it looks like none.
const Format *guessFormat(QByteArrayView firstDocument);

} // namespace courier
