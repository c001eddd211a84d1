// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

// A request to the endpoint, as text: its first line, its headers, an empty line, its body.

#include "fuzz/fuzz.h"
#include "intake/alertmanageranswers.h"
#include "intake/fixedclock.h"
#include "intake/httpanswers.h"
#include "intake/httpbodies.h"
#include "intake/httpgate.h"
#include "intake/httproutes.h"
#include "intake/intaketoken.h"
#include "intake/labelmatcher.h"

#include <QJsonDocument>

using namespace courier;
using fuzz::must;

namespace {

const FixedClock fixedClock;

HttpRequest requestOf(const QByteArray &text)
{
    HttpRequest request;
    qsizetype at = 0;
    const auto nextLine = [&] {
        const qsizetype end = text.indexOf('\n', at);
        const QByteArray line = text.mid(at, end < 0 ? -1 : end - at);
        at = end < 0 ? text.size() : end + 1;
        return line;
    };
    const QByteArray first = nextLine();
    const qsizetype space = first.indexOf(' ');
    request.method = first.left(space);
    const QByteArray target = space < 0 ? QByteArray() : first.mid(space + 1);
    const qsizetype mark = target.indexOf('?');
    request.path = target.left(mark);
    request.query = mark < 0 ? QByteArray() : target.mid(mark + 1);
    for (QByteArray line = nextLine(); !line.isEmpty(); line = nextLine()) {
        const qsizetype colon = line.indexOf(':');
        request.headers.append({line.left(colon), colon < 0 ? QByteArray() : line.mid(colon + 1).trimmed()});
    }
    request.body = text.mid(at);
    return request;
}

void checkAnswer(const HttpResponse &answer, int lowest, int highest)
{
    must(answer.status >= lowest && answer.status <= highest, "an answer has a fitting status");
    must(!QJsonDocument::fromJson(answer.body).isNull(), "an answer is JSON");
    for (const HttpHeader &header : answer.headers) {
        must(!header.value.contains('\n') && !header.value.contains('\r'), "no header breaks its line");
    }
}

void checkActive(const QByteArray &query)
{
    const auto asked = readActiveQuery(query);
    if (!asked) {
        checkAnswer(asked.error(), 400, 400);
        return;
    }
    ActiveAlert active;
    active.alert.context = R"({"labels":{"alertname":"DiskFull","severity":"critical","host":"db-1"}})";
    checkAnswer(activeAlertsAnswer({active}, *asked), 200, 200);
}

void checkBody(IntakeRoute route, const HttpRequest &request)
{
    const FormatResult result = readBody(route, request, {}, fixedClock);
    if (!result.faults.isEmpty()) {
        checkAnswer(faultsAnswer(result, result.alerts.size()), 400, 400);
        must(result.alerts.isEmpty() || route == IntakeRoute::AlertmanagerAlerts, "a batch is taken whole");
    }
}

} // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    static const QString token = IntakeToken::make();
    static const IntakeAccess own{QStringLiteral("127.0.0.1"), false, {}};
    static const IntakeAccess open{QStringLiteral("192.0.2.1"), true, IntakeToken::hash(token).toLatin1()};
    const HttpRequest request = requestOf(fuzz::bytesOf(data, size));
    const auto stranger = refuseHead(request, open);
    must(stranger.has_value(), "nobody gets in without the token");
    checkAnswer(*stranger, 401, 403);
    const auto refused = refuseHead(request, own);
    if (refused) {
        checkAnswer(*refused, 400, 499);
        return 0;
    }
    const auto route = routeOf(request.path);
    must(route && allowedMethods(*route).contains(request.method), "what gets in has a route and its method");
    must(headerValue(request.headers, "Origin").isNull(), "no web page gets in");
    if (request.method == "POST") {
        checkBody(*route, request);
    } else if (route == IntakeRoute::AlertmanagerAlerts) {
        checkActive(request.query);
    }
    return 0;
}
