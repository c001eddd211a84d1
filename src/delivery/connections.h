// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QByteArray>
#include <QNetworkAccessManager>
#include <QNetworkProxy>

#include <list>
#include <memory>

namespace courier {

/// The connections of one sender, kept alive between requests. A QNetworkAccessManager shares them among all requests
/// to one origin, whatever these trust: so each trust and proxy has a manager of its own. Lives on its sender's thread.
class Connections
{
public:
    using Manager = std::shared_ptr<QNetworkAccessManager>;

    /// For plain requests and those over the system's TLS, straight to the receiver.
    const Manager &plain();
    /// For requests of one trust (TargetRoute::trustKey()) by one proxy.
    Manager with(const QByteArray &trustKey, const QNetworkProxy &proxy);
    /// Hands \a manager out no more: its connections end with its last request.
    void drop(const Manager &manager);
    void clear();

private:
    struct Entry
    {
        QByteArray key;
        Manager manager;
    };

    Manager m_plain;
    std::list<Entry> m_others; ///< the one used last at the front
};

} // namespace courier
