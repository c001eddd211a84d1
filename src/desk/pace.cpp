// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "desk/pace.h"

#include <algorithm>
#include <cmath>

namespace courier {

void Pace::setRate(double perSecond)
{
    constexpr double second = 1e6;
    m_interval = perSecond > 0 ? std::llround(second / perSecond) : 0;
}

void Pace::note(qint64 now)
{
    m_last = std::max(m_last + m_interval, now);
}

} // namespace courier
