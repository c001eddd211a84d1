// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "receiver/echoreceiver.h"

#include "httpd/httpserver.h"

#include <QDateTime>
#include <QTimer>

namespace courier {
namespace {

constexpr qsizetype keptRequests = 200;
constexpr qsizetype keptBytes = 8 * 1024 * 1024;
constexpr qsizetype shownBytes = 1024 * 1024;     ///< of one body
constexpr std::chrono::seconds silenceLimit{120}; ///< then a silent connection is closed after all

int statusOf(EchoReceiver::Answer answer)
{
    switch (answer) {
    case EchoReceiver::Answer::Ok200:
    case EchoReceiver::Answer::Slow:
        break;
    case EchoReceiver::Answer::Unauthorized401:
        return 401;
    case EchoReceiver::Answer::ServerError500:
        return 500;
    case EchoReceiver::Answer::Silent:
        return 0;
    }
    return 200;
}

HttpResponse responseWith(int status)
{
    HttpResponse response;
    response.status = status;
    response.headers = {{"Content-Type", "application/json"}};
    response.body = status == 200   ? R"({"status":"ok"})"
                    : status == 401 ? R"({"error":"the credentials were refused"})"
                                    : R"({"error":"the receiver was told to fail"})";
    return response;
}

} // namespace

EchoReceiver::EchoReceiver(QObject *parent)
    : QObject(parent)
{
}

EchoReceiver::~EchoReceiver() = default;

Result<QUrl> EchoReceiver::start(int preferredPort)
{
    if (m_server) {
        return m_url;
    }
    const auto handler = [this](HttpRequest request, const HttpResponder &responder) {
        QMetaObject::invokeMethod(this, [this, request = std::move(request), responder] { take(request, responder); });
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
    m_url = QUrl(QStringLiteral("http://127.0.0.1:%1/").arg(m_server->port()));
    Q_EMIT started(m_url);
    return m_url;
}

void EchoReceiver::stop()
{
    if (m_server) {
        m_server.reset();
        Q_EMIT stopped();
    }
}

void EchoReceiver::setAnswer(Answer answer)
{
    if (m_answer != answer) {
        m_answer = answer;
        Q_EMIT answerChanged(answer);
    }
}

void EchoReceiver::clear()
{
    m_requests.clear();
    m_keptBytes = 0;
    Q_EMIT cleared();
}

void EchoReceiver::take(const HttpRequest &request, const HttpResponder &responder)
{
    ReceivedRequest received;
    received.at = QDateTime::currentMSecsSinceEpoch();
    received.method = request.method;
    received.target = request.target;
    for (const auto &[name, value] : request.headers) {
        received.headers.append({name, value});
    }
    received.body = request.body.left(shownBytes);
    received.status = statusOf(m_answer);
    switch (m_answer) {
    case Answer::Slow:
        QTimer::singleShot(m_slowness, this, [responder] { responder.respond(responseWith(200)); });
        break;
    case Answer::Silent:
        QTimer::singleShot(silenceLimit, this, [responder] { Q_UNUSED(responder) }); // goes with the last copy
        break;
    case Answer::Ok200:
    case Answer::Unauthorized401:
    case Answer::ServerError500:
        responder.respond(responseWith(received.status));
        break;
    }
    keep(received);
    Q_EMIT this->received(received);
}

void EchoReceiver::keep(const ReceivedRequest &request)
{
    m_requests.append(request);
    m_keptBytes += request.body.size();
    while (m_requests.size() > keptRequests || (m_keptBytes > keptBytes && m_requests.size() > 1)) {
        m_keptBytes -= m_requests.takeFirst().body.size();
    }
}

} // namespace courier
