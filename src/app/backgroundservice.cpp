// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "app/backgroundservice.h"

#include <QLoggingCategory>

namespace courier {
namespace {

Q_LOGGING_CATEGORY(lcBackground, "courier.background")

} // namespace

BackgroundService::BackgroundService(std::unique_ptr<Desk> desk, QObject *parent)
    : QObject(parent)
    , m_desk(std::move(desk))
    , m_role(*m_desk)
{
    qCInfo(lcBackground, "Running without a window, %lld destinations, data in %s.",
           static_cast<long long>(m_desk->destinations().size()), qUtf8Printable(m_desk->directory()));
}

} // namespace courier
