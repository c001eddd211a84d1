// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QObject>
#include <QString>
#include <QTimer>

namespace courier {

class SenderPool;
class Store;

/// Whether targets are guarded, as the store's settings say: for installations on which others may enter webhooks.
/// Follows the setting as it changes, whoever changes it. Lives on the main thread.
class GuardSetting : public QObject
{
    Q_OBJECT

public:
    /// The setting's key. "1": nothing is sent to this computer, private networks and a cloud's metadata.
    static QString key() { return QStringLiteral("delivery.guard"); }
    static QString valueOf(bool on) { return on ? QStringLiteral("1") : QStringLiteral("0"); }

    /// In force from here on. Both outlive this.
    GuardSetting(Store &store, SenderPool &pool);

    bool isOn() const { return m_on; }
    /// Looks at the setting now; it is looked at every few seconds, too.
    void readAgain();

private:
    void apply(bool on);

    Store &m_store;
    SenderPool &m_pool;
    QTimer m_timer;
    bool m_on = false;
};

} // namespace courier
