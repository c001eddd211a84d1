// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "intake/format.h"

#include "intake/alertstream.h"
#include "intake/formats/formats.h"
#include "intake/jsonslice.h"

#include <QCoreApplication>

namespace courier {

namespace {

constexpr int listedFaults = 100;

/// A clock that stands still, so that all alerts of a document bear one time.
class Moment final : public Clock
{
public:
    explicit Moment(qint64 nowUtc)
        : m_now(nowUtc)
    {
    }
    qint64 nowUtc() const override { return m_now; }
    qint64 monotonic() const override { return 0; }

private:
    qint64 m_now;
};

void note(FormatResult &result, const AlertFault &fault)
{
    if (result.faults.size() >= listedFaults) {
        ++result.moreFaults;
        return;
    }
    result.faults.append(
        {fault.index, static_cast<int>(fault.place.line), static_cast<int>(fault.place.column), sentence(fault)});
}

/// The first element where \a document is an array.
QByteArrayView firstRecord(QByteArrayView document)
{
    const auto parts = takeApart(document);
    const bool isArray = parts && parts->whole.kind == JsonKind::Array && !parts->parts.isEmpty();
    return isArray ? parts->parts.first().bytes : document;
}

} // namespace

FormatResult Format::read(QByteArrayView document, const ReadContext &context) const
{
    const Moment moment(context.nowUtc);
    AlertStream stream(moment);
    stream.setFormat(this);
    if (context.severities) {
        stream.setSeverities({{id(), *context.severities}});
    }
    stream.setSource(context.source);
    stream.append(document);
    stream.finish();
    FormatResult result;
    bool whole = true;
    while (auto item = stream.next()) {
        if (auto *taken = std::get_if<TakenAlert>(&*item)) {
            result.alerts.append(std::move(static_cast<IncomingAlert &>(*taken)));
        } else {
            const auto &fault = std::get<AlertFault>(*item);
            whole = whole && takesTheGoodOnes() && !fault.notJson && fault.index >= 0;
            note(result, fault);
        }
        if (stream.summary().taken > maxBatchAlerts) {
            whole = false;
            note(result,
                 {{},
                  {},
                  QCoreApplication::translate("Format", "there are more than %1 alerts at once.").arg(maxBatchAlerts),
                  false,
                  -1});
            break;
        }
    }
    if (!whole || stream.summary().endedEarly) {
        result.alerts.clear();
    }
    result.skipped = static_cast<int>(stream.summary().skipped);
    return result;
}

void Format::readRecord(QByteArrayView record, const ReadContext &context, RecordResult &result) const
{
    result.alerts.clear();
    result.faults.clear();
    result.count = 1;
    result.skipped = 0;
    if (context.severities) {
        take(record, context, result);
    } else {
        take(record, {&ownSeverities(), context.nowUtc, context.source}, result);
    }
}

const SeverityMap &Format::ownSeverities() const
{
    std::call_once(m_tableMade, [this] { m_table = defaultSeverities(); });
    return m_table;
}

const QList<const Format *> &allFormats()
{
    static const QList<const Format *> all{
        ownAlertsFormat(), alertmanagerFormat(), suricataFormat(), wazuhFormat(), cloudEventsFormat(),
    };
    return all;
}

const Format *formatById(QStringView id)
{
    for (const Format *format : allFormats()) {
        if (format->id() == id) {
            return format;
        }
    }
    return nullptr;
}

const Format *guessFormat(QByteArrayView firstDocument)
{
    const QByteArrayView first = firstRecord(firstDocument);
    for (const Format *format : allFormats()) {
        if (format->recognises(first)) {
            return format;
        }
    }
    return ownAlertsFormat();
}

} // namespace courier
