// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "delivery/connections.h"

#include "delivery/namedconnections.h"

#include <QCryptographicHash>
#include <QNetworkProxyFactory>

#include <algorithm>

namespace courier {
namespace {

// Each has a thread of Qt's and up to six connections an origin. Destinations that differ in more ways take turns.
constexpr std::size_t keptManagers = 24;

// With every proxy "NoProxy", Qt 6.4 leaves its plain sockets unbuffered and reads an answer's headers a byte a
// system call. "DefaultProxy" comes to the same connection, over a buffered socket.
class BufferedSockets final : public QNetworkProxyFactory
{
public:
    BufferedSockets() = default;
    Q_DISABLE_COPY_MOVE(BufferedSockets)

    QList<QNetworkProxy> queryProxy(const QNetworkProxyQuery &) override
    {
        return {QNetworkProxy(QNetworkProxy::DefaultProxy)};
    }
};

Connections::Manager newManager(const QNetworkProxy &proxy)
{
    namedconnections::provide();
    auto manager = std::make_shared<QNetworkAccessManager>();
    if (proxy.type() == QNetworkProxy::NoProxy) {
        manager->setProxyFactory(new BufferedSockets);
    } else {
        manager->setProxy(proxy);
    }
    return manager;
}

QByteArray keyOf(const QByteArray &trustKey, const QNetworkProxy &proxy)
{
    QCryptographicHash key(QCryptographicHash::Sha256);
    key.addData(trustKey);
    const QByteArray text = QByteArray::number(static_cast<int>(proxy.type())) + '\n' + proxy.hostName().toUtf8() +
                            '\n' + QByteArray::number(proxy.port()) + '\n' + proxy.user().toUtf8() + '\n' +
                            proxy.password().toUtf8();
    key.addData(text);
    return key.result();
}

} // namespace

const Connections::Manager &Connections::plain()
{
    if (!m_plain) {
        m_plain = newManager(QNetworkProxy(QNetworkProxy::NoProxy));
    }
    return m_plain;
}

Connections::Manager Connections::with(const QByteArray &trustKey, const QNetworkProxy &proxy)
{
    if (trustKey.isEmpty() && proxy.type() == QNetworkProxy::NoProxy) {
        return plain();
    }
    const QByteArray key = keyOf(trustKey, proxy);
    const auto known =
        std::find_if(m_others.begin(), m_others.end(), [&](const Entry &entry) { return entry.key == key; });
    if (known != m_others.end()) {
        m_others.splice(m_others.begin(), m_others, known);
        return m_others.front().manager;
    }
    if (m_others.size() >= keptManagers) {
        m_others.pop_back();
    }
    m_others.push_front({key, newManager(proxy)});
    return m_others.front().manager;
}

void Connections::drop(const Manager &manager)
{
    if (manager == m_plain) {
        m_plain.reset();
    }
    m_others.remove_if([&](const Entry &entry) { return entry.manager == manager; });
}

void Connections::clear()
{
    m_plain.reset();
    m_others.clear();
}

} // namespace courier
