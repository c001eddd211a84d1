// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "domain/error.h"

#include <QFuture>
#include <QTest>

namespace courier::test {

/// What the desk or a vault answers, waited for in an event loop; Cancelled where it doesn't within ten seconds.
template<typename T>
Result<T> answer(const QFuture<Result<T>> &future)
{
    if (!QTest::qWaitFor([&] { return future.isFinished(); }, 10'000) || future.resultCount() == 0) {
        return failure(Error::Kind::Cancelled, QStringLiteral("no answer"));
    }
    return future.result();
}

} // namespace courier::test
