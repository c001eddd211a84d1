// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "desk/guardsetting.h"

#include "delivery/senderpool.h"
#include "store/queries.h"
#include "store/store.h"
#include "store/whendone.h"

#include <chrono>

namespace courier {
namespace {

using namespace std::chrono_literals;

constexpr auto interval = 5s;

bool isSet(Queries &queries)
{
    return queries.setting(GuardSetting::key()).value_or(QString()) == QLatin1String("1");
}

} // namespace

// Before anything can be sent, what holds is known; where it can't be known, targets are guarded.
GuardSetting::GuardSetting(Store &store, SenderPool &pool)
    : m_store(store)
    , m_pool(pool)
    , m_timer(this)
{
    const auto queries = store.connectQueries();
    apply(!queries || isSet(**queries));
    m_timer.setInterval(interval);
    connect(&m_timer, &QTimer::timeout, this, &GuardSetting::readAgain);
    m_timer.start();
}

void GuardSetting::readAgain()
{
    whenDone(this, m_store.read([](Queries &queries) { return isSet(queries); }), [this](bool on) { apply(on); });
}

void GuardSetting::apply(bool on)
{
    m_on = on;
    m_pool.setGuarded(on);
}

} // namespace courier
