// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "intake/alertstream.h"

#include "intake/jsonslice.h"

#include <QCoreApplication>

#include <utility>

namespace courier {

AlertStream::AlertStream(const Clock &clock)
    : m_clock(clock)
    , m_splitter(maxAlertBytes)
{
}

std::optional<AlertStream::Item> AlertStream::next()
{
    for (;;) {
        if (auto item = nextOfRecord()) {
            return item;
        }
        const auto piece = m_splitter.next();
        if (!piece) {
            break;
        }
        if (!piece->fault.isEmpty()) {
            m_summary.endedEarly = m_splitter.endedEarly();
            return refuse({piece->place, {}, piece->fault, false, -1});
        }
        read(*piece);
    }
    if (m_splitter.isDone() && !m_toldWhenEmpty) {
        m_toldWhenEmpty = true;
        if (m_summary.taken + m_summary.refused + m_summary.skipped == 0) {
            return refuse({{}, {}, QCoreApplication::translate("AlertStream", "there is no alert here."), false, -1});
        }
    }
    return std::nullopt;
}

std::optional<AlertStream::Item> AlertStream::nextOfRecord()
{
    if (m_faultsTold < m_record.faults.size()) {
        AlertFault fault = std::move(m_record.faults[m_faultsTold++]);
        fault.place = m_recordPlace.plus(fault.place);
        fault.index += fault.index < 0 ? 0 : m_recordIndex;
        return refuse(fault);
    }
    if (m_alertsTold < m_record.alerts.size()) {
        ++m_summary.taken;
        return TakenAlert{std::move(m_record.alerts[m_alertsTold++]), m_recordPlace.line};
    }
    return std::nullopt;
}

AlertStream::Item AlertStream::refuse(const AlertFault &fault)
{
    ++m_summary.refused;
    return fault;
}

void AlertStream::read(const DocumentSplitter::Piece &piece)
{
    const Format &format = formatFor(piece.bytes);
    m_context.nowUtc = m_clock.nowUtc();
    format.readRecord(piece.bytes, m_context, m_record);
    m_alertsTold = 0;
    m_faultsTold = 0;
    m_recordPlace = piece.place;
    m_recordIndex = std::exchange(m_indexAfter, m_indexAfter + m_record.count);
    m_summary.skipped += m_record.skipped;
    for (const AlertFault &fault : m_record.faults) {
        if (fault.notJson) {
            m_splitter.distrust();
            m_summary.endedEarly = m_splitter.endedEarly();
        }
    }
}

/// What is not JSON tells nothing of the format: the next one may.
const Format &AlertStream::formatFor(QByteArrayView record)
{
    if (m_isSettled) {
        return *m_format;
    }
    const Format *format = m_format ? m_format : guessFormat(record);
    if (m_format || !checkJson(record)) {
        m_isSettled = true;
        m_format = format;
        const auto table = m_tables.constFind(format->id());
        m_context.severities = table == m_tables.constEnd() ? &format->ownSeverities() : &*table;
    }
    return *format;
}

} // namespace courier
