// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "intake/httppage.h"

#include <array>

namespace courier {
namespace {

struct Line
{
    const char *path;
    const char *what;
};

constexpr std::array<Line, 8> lines{{
    {"POST /api/v1/alerts", "alerts in our own JSON: an object, an array, or one object a line"},
    {"POST /api/v2/alerts", "as an Alertmanager is sent to: Prometheus, Loki, Thanos, amtool"},
    {"GET  /api/v2/alerts", "the active ones of them"},
    {"POST /api/v1/webhook/alertmanager", "what an Alertmanager or Grafana sends to a webhook"},
    {"POST /api/v1/webhook/cloudevents", "CloudEvents 1.0: structured, a batch, or binary"},
    {"GET  /metrics", "counts for Prometheus"},
    {"GET  /-/healthy", "whether this runs"},
    {"GET  /-/ready", "whether alerts can be taken just now"},
}};

QByteArray curlLine(const QUrl &url, bool needsToken)
{
    const QByteArray address = url.resolved(QUrl(QStringLiteral("api/v1/alerts"))).toEncoded();
    return "curl -H 'Content-Type: application/json' " +
           QByteArray(needsToken ? "-H \"Authorization: Bearer $TOKEN\" " : "") +
           "-d '{\"id\":\"Disk.Full\",\"severity\":\"HIGH\",\"title\":\"Disk 95 % full\"}' " + address;
}

QByteArray listOfRoutes()
{
    QByteArray list;
    for (const Line &line : lines) {
        list += QByteArray(line.path).leftJustified(36) + line.what + '\n';
    }
    return list;
}

constexpr char intro[] = "This is Alert Courier's intake: it takes alerts in, keeps them, and delivers each to the "
                         "webhooks that want it.";

QByteArray plainPage(const QByteArray &curl)
{
    return QByteArray("Alert Courier\n\n") + intro + "\n\nTry it:\n\n" + curl + "\n\nWhat is where:\n\n" +
           listOfRoutes();
}

QByteArray htmlPage(const QByteArray &curl)
{
    const auto escaped = [](const QByteArray &text) { return QString::fromUtf8(text).toHtmlEscaped().toUtf8(); };
    return QByteArray("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                      "<title>Alert Courier</title>\n<style>\n"
                      "body { font: 16px/1.5 sans-serif; margin: 3em auto; max-width: 54em; padding: 0 1em; }\n"
                      "pre { background: #f1f3f6; color: #1a1f27; padding: 1em; white-space: pre-wrap; }\n"
                      "</style>\n</head>\n<body>\n<h1>Alert Courier</h1>\n<p>") +
           intro + "</p>\n<h2>Try it</h2>\n<pre>" + escaped(curl) + "</pre>\n<h2>What is where</h2>\n<pre>" +
           escaped(listOfRoutes()) + "</pre>\n</body>\n</html>\n";
}

bool wantsPlainText(const HttpRequest &request)
{
    const QByteArray accept = headerValue(request.headers, "Accept").toLower();
    return accept.contains("text/plain") && !accept.contains("text/html");
}

} // namespace

HttpResponse intakePage(const HttpRequest &request, const QUrl &url, bool needsToken)
{
    const QByteArray curl = curlLine(url, needsToken);
    const bool plain = wantsPlainText(request);
    return {200,
            {{QByteArrayLiteral("Content-Type"),
              plain ? QByteArrayLiteral("text/plain; charset=utf-8") : QByteArrayLiteral("text/html; charset=utf-8")},
             {QByteArrayLiteral("Content-Security-Policy"),
              QByteArrayLiteral("default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'")},
             {QByteArrayLiteral("X-Content-Type-Options"), QByteArrayLiteral("nosniff")},
             {QByteArrayLiteral("Vary"), QByteArrayLiteral("Accept")}},
            plain ? plainPage(curl) : htmlPage(curl)};
}

} // namespace courier
