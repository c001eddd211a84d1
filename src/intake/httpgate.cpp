// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "intake/httpgate.h"

#include "intake/httpanswers.h"
#include "intake/httproutes.h"
#include "intake/intaketoken.h"

#include <algorithm>
#include <array>

namespace courier {
namespace {

/// "localhost" of "LocalHost:9797", "::1" of "[::1]:9797".
QByteArray hostName(const HttpRequest &head)
{
    QByteArray host = headerValue(head.headers, "Host").trimmed().toLower();
    if (host.startsWith('[')) {
        return host.mid(1, host.indexOf(']') - 1);
    }
    const qsizetype colon = host.lastIndexOf(':');
    return colon < 0 ? host : host.first(colon);
}

/// A page in a browser says where it comes from, and can't keep it to itself.
std::optional<HttpResponse> refuseBrowser(const HttpRequest &head)
{
    const QByteArray site = headerValue(head.headers, "Sec-Fetch-Site").toLower();
    const bool isForeign = !site.isEmpty() && site != "none" && site != "same-origin";
    if (isForeign || !headerValue(head.headers, "Origin").isNull()) {
        return refusal(403, QStringLiteral("A web page may not send requests here."));
    }
    return std::nullopt;
}

/// A name that somebody else's DNS may point here leads a browser past its own rules; this computer's own can't. Where
/// other machines may send, they know this one by names unknown here, and bear a token that no web page has.
std::optional<HttpResponse> refuseHost(const HttpRequest &head, const IntakeAccess &access)
{
    const QByteArray host = hostName(head);
    if (access.open || host == "localhost" || host == "127.0.0.1" || host == "::1" ||
        host == access.address.toLatin1()) {
        return std::nullopt;
    }
    return refusal(403, QStringLiteral("The Host header names another computer; use localhost or 127.0.0.1."));
}

std::optional<HttpResponse> refuseStranger(const HttpRequest &head, const IntakeAccess &access)
{
    if (!access.open) {
        return std::nullopt;
    }
    constexpr QByteArrayView scheme("bearer ");
    const QByteArray given = headerValue(head.headers, "Authorization");
    const bool isBearer =
        scheme.compare(QByteArrayView(given).first(qMin(given.size(), scheme.size())), Qt::CaseInsensitive) == 0;
    if (isBearer && IntakeToken::matches(QByteArrayView(given).sliced(scheme.size()).trimmed(), access.tokenHash)) {
        return std::nullopt;
    }
    HttpResponse response =
        refusal(401, isBearer ? QStringLiteral("This is not the token that was made in Settings.")
                              : QStringLiteral("Send the token from Settings as \"Authorization: Bearer TOKEN\"."));
    response.headers.append(
        {QByteArrayLiteral("WWW-Authenticate"), QByteArrayLiteral("Bearer realm=\"Alert Courier\"")});
    return response;
}

std::optional<HttpResponse> refuseMethod(const HttpRequest &head, IntakeRoute route)
{
    const QList<QByteArray> allowed = allowedMethods(route);
    if (allowed.contains(head.method)) {
        return std::nullopt;
    }
    const QByteArray list = allowed.join(", ");
    HttpResponse response = refusal(405, QStringLiteral("Here is %1 only.").arg(QString::fromLatin1(list)));
    response.headers.append({QByteArrayLiteral("Allow"), list});
    return response;
}

// What a web page may send without asking first is left out: text/plain and the types of forms.
std::optional<HttpResponse> refuseType(const HttpRequest &head, IntakeRoute route)
{
    const QByteArray type = mediaType(head.headers);
    static const std::array<QByteArray, 4> lines{
        QByteArrayLiteral("application/x-ndjson"), QByteArrayLiteral("application/ndjson"),
        QByteArrayLiteral("application/jsonl"), QByteArrayLiteral("application/x-jsonlines")};
    const bool isJson = type == "application/json" || (type.startsWith("application/") && type.endsWith("+json"));
    const bool isLines = std::find(lines.begin(), lines.end(), type) != lines.end();
    switch (route) {
    case IntakeRoute::Alerts:
        if (isJson || isLines) {
            return std::nullopt;
        }
        return refusal(415, QStringLiteral("Send alerts as application/json or application/x-ndjson."));
    case IntakeRoute::CloudEventsWebhook:
        if (isJson || !headerValue(head.headers, "ce-specversion").isNull()) {
            return std::nullopt;
        }
        return refusal(415, QStringLiteral("Send events as application/cloudevents+json, as "
                                           "application/cloudevents-batch+json, or with ce- headers."));
    default:
        return isJson ? std::nullopt : std::optional(refusal(415, QStringLiteral("Send alerts as application/json.")));
    }
}

std::optional<HttpResponse> refuseBody(const HttpRequest &head, IntakeRoute route)
{
    if (head.method != "POST") {
        return std::nullopt;
    }
    if (auto response = refuseType(head, route)) {
        return response;
    }
    if (!headerValue(head.headers, "Content-Encoding").isNull() &&
        headerValue(head.headers, "Content-Encoding").toLower() != "identity") {
        return refusal(415, QStringLiteral("Send the body without a content encoding."));
    }
    if (headerValue(head.headers, "Content-Length").isNull() &&
        headerValue(head.headers, "Transfer-Encoding").isNull()) {
        return refusal(411, QStringLiteral("Say how long the body is, in Content-Length."));
    }
    return std::nullopt;
}

} // namespace

std::optional<HttpResponse> refuseHead(const HttpRequest &head, const IntakeAccess &access)
{
    if (auto response = refuseBrowser(head)) {
        return response;
    }
    if (auto response = refuseHost(head, access)) {
        return response;
    }
    if (auto response = refuseStranger(head, access)) {
        return response;
    }
    const std::optional<IntakeRoute> route = routeOf(head.path);
    if (!route) {
        return refusal(404, QStringLiteral("There is nothing at this path; GET / says what is where."));
    }
    if (auto response = refuseMethod(head, *route)) {
        return response;
    }
    return refuseBody(head, *route);
}

} // namespace courier
