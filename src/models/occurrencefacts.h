// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "store/store.h"

#include <QObject>
#include <QStringList>

#include <optional>

namespace courier {

/// "Seen 6 times, last at 12:03", "Resolved at 12:07"; nothing of an alert that was seen once and lasts.
QStringList occurrenceWords(const Occurrence &occurrence, qint64 now);

/// What became of the one alert that is shown, where its source repeats it: kept up to date while it is seen again,
/// which no other part of the window looks at. Lives on the main thread.
class OccurrenceFacts : public QObject
{
    Q_OBJECT

public:
    /// \a store outlives it.
    explicit OccurrenceFacts(Store &store, QObject *parent = nullptr);

    /// Of another alert (0: none), as soon as it is read.
    void setAlert(AlertId id);
    const std::optional<Occurrence> &occurrence() const { return m_occurrence; }

Q_SIGNALS:
    void changed();

private:
    void onStoreChanged(const StoreChanges &changes);
    void read();

    Store &m_store;
    AlertId m_alert{};
    std::optional<Occurrence> m_occurrence;
    bool m_isReading = false;
    bool m_readAgain = false;
};

} // namespace courier
