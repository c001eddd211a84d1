// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "receiver/echoreceiver.h"

#include "httpd/httpserver.h"

#include <QTimer>

namespace courier {

EchoReceiver::EchoReceiver(QObject *parent)
    : QObject(parent)
    , m_answerer([this] { QMetaObject::invokeMethod(this, &EchoReceiver::takeNew, Qt::QueuedConnection); })
{
}

EchoReceiver::~EchoReceiver() = default;

Result<QUrl> EchoReceiver::start(int preferredPort)
{
    if (m_server) {
        return m_url;
    }
    const auto handler = [this](const HttpRequest &request, const Responder &responder) {
        m_answerer.handle(request, responder);
    };
    HttpServer::Options options;
    options.port = static_cast<quint16>(preferredPort > 0 && preferredPort < 65536 ? preferredPort : 0);
    auto server = HttpServer::listen(options, handler);
    if (!server && options.port != 0) {
        options.port = 0;
        server = HttpServer::listen(options, handler);
    }
    if (!server) {
        return tl::unexpected(server.error());
    }
    m_server = std::move(*server);
    m_url = m_server->url();
    Q_EMIT started(m_url);
    return m_url;
}

void EchoReceiver::stop()
{
    if (!m_server) {
        return;
    }
    m_server.reset();
    m_answerer.forgetSilent();
    Q_EMIT stopped();
}

void EchoReceiver::setAnswer(Answer answer)
{
    if (m_answerer.answer() == answer) {
        return;
    }
    m_answerer.setAnswer(answer);
    Q_EMIT answerChanged(answer);
}

void EchoReceiver::clear()
{
    m_requests.clear();
    Q_EMIT cleared();
}

void EchoReceiver::takeNew()
{
    const EchoAnswerer::Fresh fresh = m_answerer.fetch();
    for (const Responder &responder : fresh.slow) {
        QTimer::singleShot(m_slowness, this, [responder] { responder.answer(EchoAnswerer::okResponse()); });
    }
    for (const ReceivedRequest &request : fresh.requests) {
        m_requests.add(request);
        Q_EMIT received(request);
    }
}

} // namespace courier
