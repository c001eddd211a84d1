// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "intake/alertstream.h"

#include <QCoreApplication>

namespace courier {

AlertStream::AlertStream(const Clock &clock)
    : m_clock(clock)
    , m_splitter(maxAlertBytes)
{
}

std::optional<AlertStream::Item> AlertStream::next()
{
    if (const auto piece = m_splitter.next()) {
        Item item = read(*piece);
        m_summary.endedEarly = m_splitter.endedEarly();
        return item;
    }
    if (m_splitter.isDone() && !m_toldWhenEmpty) {
        m_toldWhenEmpty = true;
        if (m_summary.taken == 0 && m_summary.refused == 0) {
            return refuse({{}, {}, QCoreApplication::translate("AlertStream", "there is no alert here.")});
        }
    }
    return std::nullopt;
}

AlertStream::Item AlertStream::refuse(const AlertFault &fault)
{
    ++m_summary.refused;
    return fault;
}

AlertStream::Item AlertStream::read(const DocumentSplitter::Piece &piece)
{
    if (!piece.fault.isEmpty()) {
        return refuse({piece.place, {}, piece.fault});
    }
    auto alert = readAlert(piece.bytes, m_clock.nowUtc());
    if (alert) {
        ++m_summary.taken;
        return TakenAlert{std::move(*alert), piece.place.line};
    }
    AlertFault fault = std::move(alert.error());
    fault.place = piece.place.plus(fault.place);
    if (fault.notJson) {
        m_splitter.distrust();
    }
    return refuse(fault);
}

} // namespace courier
