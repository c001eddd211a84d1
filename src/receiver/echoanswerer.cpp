// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "receiver/echoanswerer.h"

#include <QDateTime>

#include <utility>

namespace courier {

namespace {

constexpr qsizetype shownBytes = 1024 * 1024; ///< of one body
constexpr size_t silentLimit = 512;           ///< as many as the server has connections at most

HttpResponse jsonResponse(int status, const QByteArray &body)
{
    return {status, {{QByteArrayLiteral("Content-Type"), QByteArrayLiteral("application/json")}}, body};
}

/// Status 0 where none is to be given.
HttpResponse responseFor(EchoAnswer answer)
{
    switch (answer) {
    case EchoAnswer::Ok200:
    case EchoAnswer::Slow:
        break;
    case EchoAnswer::Unauthorized401: {
        HttpResponse response = jsonResponse(401, R"({"error":"the credentials were refused"})");
        response.headers.push_back({QByteArrayLiteral("WWW-Authenticate"), QByteArrayLiteral("Bearer")}); // RFC 9110
        return response;
    }
    case EchoAnswer::ServerError500:
        return jsonResponse(500, R"({"error":"the receiver was told to fail"})");
    case EchoAnswer::Silent:
        return {0, {}, {}};
    }
    return EchoAnswerer::okResponse();
}

ReceivedRequest received(const HttpRequest &request, int status)
{
    ReceivedRequest result;
    result.at = QDateTime::currentMSecsSinceEpoch();
    result.method = request.method;
    result.target = request.path;
    if (!request.query.isNull()) {
        result.target += '?' + request.query;
    }
    for (const HttpHeader &header : request.headers) {
        result.headers.append({header.name, header.value});
    }
    result.body = request.body.left(shownBytes);
    result.bodySize = request.body.size();
    result.status = status;
    return result;
}

} // namespace

EchoAnswerer::EchoAnswerer(std::function<void()> notify)
    : m_notify(std::move(notify))
{
}

HttpResponse EchoAnswerer::okResponse()
{
    return jsonResponse(200, R"({"status":"ok"})");
}

EchoAnswer EchoAnswerer::answer() const
{
    const std::lock_guard lock(m_mutex);
    return m_answer;
}

void EchoAnswerer::setAnswer(EchoAnswer answer)
{
    const std::lock_guard lock(m_mutex);
    m_answer = answer;
}

void EchoAnswerer::handle(const HttpRequest &request, const Responder &responder)
{
    const EchoAnswer chosen = answer();
    const HttpResponse response = responseFor(chosen);
    const ReceivedRequest note = received(request, response.status);
    bool notify = false;
    {
        const std::lock_guard lock(m_mutex);
        m_requests.add(note);
        if (chosen == EchoAnswer::Slow) {
            m_slow.push_back(responder);
        }
        if (chosen == EchoAnswer::Silent) {
            m_silent.push_back(responder);
        }
        if (m_silent.size() > silentLimit) {
            m_silent.pop_front(); // with that many, its client has gone long ago
        }
        notify = !std::exchange(m_notified, true);
    }
    if (chosen != EchoAnswer::Slow && chosen != EchoAnswer::Silent) {
        responder.answer(response);
    }
    if (notify) {
        m_notify();
    }
}

EchoAnswerer::Fresh EchoAnswerer::fetch()
{
    const std::lock_guard lock(m_mutex);
    m_notified = false;
    return {m_requests.take(), std::exchange(m_slow, {})};
}

void EchoAnswerer::forgetSilent()
{
    const std::lock_guard lock(m_mutex);
    m_silent.clear();
}

} // namespace courier
