// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "app/commands/jsonvalues.h"

#include "app/commands/certificatelines.h"
#include "app/commands/secretoptions.h"
#include "intake/jsonlayout.h"

#include <QJsonArray>
#include <QStringDecoder>

namespace courier::commands {
namespace {

template<typename List>
QJsonArray wireNames(const List &list)
{
    QJsonArray names;
    for (const auto one : list) {
        names.append(wireName(one));
    }
    return names;
}

QJsonValue orNull(const std::optional<QString> &text)
{
    return text ? QJsonValue(*text) : QJsonValue();
}

QList<JsonObject> headerObjects(const QList<Header> &headers, bool withValues)
{
    QList<JsonObject> list;
    for (const Header &header : headers) {
        JsonObject one;
        one.add("name", QString::fromUtf8(header.name));
        const bool isShown = withValues && !header.secret;
        one.add("value", isShown ? QJsonValue(QString::fromUtf8(header.value)) : QJsonValue());
        if (header.secret) {
            one.add("secret", true);
        }
        list.append(one);
    }
    return list;
}

/// "Name: value\r\n" each.
QList<JsonObject> headerLines(const QByteArray &lines)
{
    QList<Header> headers;
    for (const QByteArray &line : lines.split('\n')) {
        const qsizetype colon = line.indexOf(':');
        if (colon > 0) {
            headers.append({line.left(colon).trimmed(), line.mid(colon + 1).trimmed()});
        }
    }
    return headerObjects(headers, true);
}

JsonObject timingJson(const AttemptTiming &timing)
{
    const auto reached = [](qint64 moment) { return moment < 0 ? QJsonValue() : QJsonValue(moment); };
    return JsonObject()
        .add("connectStarted", reached(timing.connectStarted))
        .add("encrypted", reached(timing.encrypted))
        .add("requestSent", reached(timing.requestSent))
        .add("answered", reached(timing.answered))
        .add("finished", reached(timing.finished));
}

void addBody(JsonObject &object, const Attempt &attempt)
{
    QStringDecoder decoder(QStringDecoder::Utf8);
    const QString text = decoder(attempt.responseBody);
    const bool isText = !decoder.hasError();
    object.add("responseBody", isText ? QJsonValue(text) : QJsonValue());
    object.add("responseBodyBase64",
               isText ? QJsonValue() : QJsonValue(QString::fromLatin1(attempt.responseBody.toBase64())));
    object.add("responseBodySize", attempt.responseBodySize < 0 ? QJsonValue() : QJsonValue(attempt.responseBodySize));
    object.add("responseBodyCut", attempt.bodyCut);
    object.add("responseBodyDroppedDays",
               attempt.bodyDroppedDays > 0 ? QJsonValue(attempt.bodyDroppedDays) : QJsonValue());
}

} // namespace

void addSettings(JsonObject &object, const Destination &destination, bool withSecrets)
{
    object.add("name", destination.name)
        .add("url", withSecrets ? QJsonValue(destination.url) : QJsonValue())
        .add("maskedUrl", maskedUrl(destination.url))
        .add("severities", wireNames(destination.severities.toList()))
        .add("types", wireNames(destination.types.toList()))
        .add("headers", headerObjects(destination.headers, withSecrets))
        .add("security", toJson(destination.security))
        .add("timeoutSeconds", destination.timeoutSeconds)
        .add("schedule", courier::keyword(destination.schedule))
        .add("maxRetries", destination.maxRetries)
        .add("ratePerSecond", destination.ratePerSecond > 0 ? QJsonValue(destination.ratePerSecond) : QJsonValue())
        .add("resolutions", destination.resolutions)
        .add("paused", destination.paused);
}

JsonObject destinationJson(Run &run, const Destination &destination, const DestinationStats &stats, bool withSecrets)
{
    JsonObject object;
    object.add("id", run.idText(destination.id));
    addSettings(object, destination, withSecrets);
    return object.add("builtInReceiver", destination.builtInReceiver)
        .add("test", keyword(destination.testState))
        .addTime("testedAt", destination.testedAt)
        .add("testResult", destination.testResult)
        .addRaw("certificate", certificateJson(destination.certificate))
        .addTime("createdAt", destination.createdAt)
        .add("secrets", QJsonArray::fromStringList(secretKeywords(destination)))
        .add("waiting", stats.waiting)
        .add("retrying", stats.retrying)
        .add("held", stats.held)
        .add("needAttention", stats.attention)
        .add("delivered24h", stats.delivered24h)
        .add("failed24h", stats.failed24h)
        .add("struggling", stats.isStruggling() ? QJsonValue(stats.struggle) : QJsonValue())
        .addTime("nextTryAt", stats.nextTryAt);
}

JsonObject alertRowJson(Run &run, const AlertRow &row)
{
    QList<JsonObject> parts;
    for (const AlertRow::Part &part : row.parts) {
        parts.append(JsonObject()
                         .add("id", run.idText(part.destinationId))
                         .add("name", run.destinationName(part.destinationId))
                         .add("kind", keyword(part.kind))
                         .add("state", courier::keyword(part.state))
                         .addTime("nextAttemptAt", part.nextAt));
    }
    return JsonObject()
        .add("id", run.idText(row.summary.id))
        .addTime("receivedAt", row.receivedAt)
        .add("createdAt", row.createdAt)
        .add("severity", wireName(row.summary.severity))
        .add("title", row.headline)
        .add("source", row.source)
        .add("status", courier::keyword(row.summary.status))
        .add("needsAttention", row.summary.needsAttention)
        .add("life", keyword(row.summary.life))
        .add("destinations", parts);
}

JsonObject alertJson(Run &run, const Alert &alert, AlertStatus status)
{
    return JsonObject()
        .add("id", run.idText(alert.id))
        .addTime("receivedAt", msecsOf(number(alert.id)))
        .add("source", alert.source)
        .add("status", courier::keyword(status))
        .add("ruleId", alert.ruleId)
        .add("createdAt", alert.createdAt)
        .add("severity", wireName(alert.severity))
        .add("type", wireName(alert.type))
        .add("link", alert.link)
        .add("title", alert.title)
        .add("name", orNull(alert.name))
        .add("alertId", orNull(alert.alertId))
        .addRaw("alertContext", compactJson(alert.context).value_or("{}"))
        .add("description", alert.description)
        .add("runbook", alert.runbook)
        .add("tags", QJsonArray::fromStringList(alert.tags))
        .add("version", orNull(alert.version))
        .add("wishedDestinations", QJsonArray::fromStringList(alert.destinations))
        .add("outputIds", QJsonArray::fromStringList(alert.outputIds));
}

JsonObject occurrenceJson(const Occurrence &occurrence)
{
    return JsonObject()
        .add("fingerprint", occurrence.fingerprint)
        .add("seen", occurrence.seen)
        .addTime("lastSeenAt", occurrence.lastSeen)
        .addTime("startsAt", occurrence.startsAt)
        .addTime("endsAt", occurrence.endsAt)
        .addTime("resolvedAt", occurrence.resolvedAt);
}

JsonObject deliveryJson(Run &run, const Delivery &delivery)
{
    const bool tried = delivery.attempts > 0;
    return JsonObject()
        .add("id", run.idText(delivery.id))
        .add("alert", run.idText(delivery.alertId))
        .add("destination", run.destinationName(delivery.destinationId))
        .add("destinationId", run.idText(delivery.destinationId))
        .add("kind", keyword(delivery.kind))
        .add("state", courier::keyword(delivery.state))
        .add("round", delivery.round)
        .add("attempts", delivery.attempts)
        .addTime("nextAttemptAt", delivery.nextAt)
        .addTime("settledAt", delivery.settledAt)
        .add("dismissed", delivery.dismissed)
        .add("lastStatus", delivery.lastStatus > 0 ? QJsonValue(delivery.lastStatus) : QJsonValue())
        .add("lastOutcome", tried ? QJsonValue(courier::keyword(delivery.lastOutcome)) : QJsonValue())
        .add("lastReason", tried ? QJsonValue(delivery.lastReason) : QJsonValue());
}

JsonObject attemptJson(const Attempt &attempt, bool whole)
{
    JsonObject object;
    object.add("number", attempt.number)
        .add("trigger", courier::keyword(attempt.trigger))
        .addTime("startedAt", attempt.startedAt)
        .add("durationUs", attempt.durationUs)
        .add("outcome", courier::keyword(attempt.outcome))
        .add("status", attempt.status > 0 ? QJsonValue(attempt.status) : QJsonValue())
        .add("reason", attempt.reason)
        .add("resent", attempt.resent)
        .add("maskedUrl", attempt.maskedUrl);
    if (whole) {
        object.add("timingUs", timingJson(attempt.timing));
        object.add("requestHeaders", headerLines(attempt.requestHeaders));
        object.add("responseHeaders", headerLines(attempt.responseHeaders));
        addBody(object, attempt);
    }
    return object;
}

JsonObject routeJson(Run &run, const Route &route)
{
    return JsonObject()
        .add("id", run.idText(route.destinationId))
        .add("name", run.destinationName(route.destinationId))
        .add("takes", route.taken)
        .add("rule", keyword(route.reason))
        .add("why", route.words);
}

QString keyword(RouteReason reason)
{
    switch (reason) {
    case RouteReason::Skipped:
        return QStringLiteral("skipped");
    case RouteReason::Named:
        return QStringLiteral("named");
    case RouteReason::NotNamed:
        return QStringLiteral("not-named");
    case RouteReason::OutputNamed:
        return QStringLiteral("output-named");
    case RouteReason::NotOutputNamed:
        return QStringLiteral("not-output-named");
    case RouteReason::Takes:
        break;
    case RouteReason::NotSeverity:
        return QStringLiteral("not-severity");
    case RouteReason::NotType:
        return QStringLiteral("not-type");
    }
    return QStringLiteral("takes");
}

QString keyword(AlertLife life)
{
    switch (life) {
    case AlertLife::Active:
        return QStringLiteral("active");
    case AlertLife::Resolved:
        return QStringLiteral("resolved");
    case AlertLife::Event:
        break;
    }
    return QStringLiteral("event");
}

QString keyword(Accepted::Kind kind)
{
    switch (kind) {
    case Accepted::Kind::New:
        break;
    case Accepted::Kind::Known:
        return QStringLiteral("known");
    case Accepted::Kind::Repeated:
        return QStringLiteral("repeated");
    case Accepted::Kind::Resolved:
        return QStringLiteral("resolved");
    }
    return QStringLiteral("new");
}

QString keyword(TestState state)
{
    switch (state) {
    case TestState::Passed:
        return QStringLiteral("passed");
    case TestState::Failed:
        return QStringLiteral("failed");
    case TestState::NotTested:
        break;
    }
    return QStringLiteral("not-tested");
}

} // namespace courier::commands
