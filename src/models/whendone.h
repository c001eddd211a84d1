// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QFuture>
#include <QFutureWatcher>
#include <QObject>

#include <utility>

namespace courier {

/// Calls \a handle with the result of \a future in the thread of \a context, or never if \a context goes first or the
/// future is cancelled. (QFuture::then() may touch a context that is gone.)
template<typename T, typename Handle>
void whenDone(QObject *context, const QFuture<T> &future, Handle handle)
{
    auto *watcher = new QFutureWatcher<T>(context);
    QObject::connect(watcher, &QFutureWatcherBase::finished, context, [watcher, handle = std::move(handle)]() mutable {
        watcher->deleteLater();
        if (watcher->future().resultCount() > 0) {
            handle(watcher->future().result());
        }
    });
    watcher->setFuture(future);
}

} // namespace courier
