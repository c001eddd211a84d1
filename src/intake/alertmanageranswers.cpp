// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "intake/alertmanageranswers.h"

#include "intake/httpanswers.h"
#include "intake/labelmatcher.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QUrlQuery>

#include <algorithm>

namespace courier {
namespace {

using Texts = QMap<QString, QString>;

Texts textsOf(const QJsonObject &object)
{
    Texts texts;
    for (auto member = object.begin(); member != object.end(); ++member) {
        if (member->isString()) {
            texts.insert(member.key(), member->toString());
        }
    }
    return texts;
}

QJsonObject toJson(const Texts &texts)
{
    QJsonObject object;
    for (auto text = texts.cbegin(); text != texts.cend(); ++text) {
        object.insert(text.key(), text.value());
    }
    return object;
}

/// Its own where it came with some, else made of what it is.
Texts labelsOf(const Alert &alert, const QJsonObject &context)
{
    Texts labels = textsOf(context.value(QStringLiteral("labels")).toObject());
    if (labels.isEmpty()) {
        labels.insert(QStringLiteral("alertname"), alert.ruleId);
        labels.insert(QStringLiteral("severity"), wireName(alert.severity).toLower());
        labels.insert(QStringLiteral("source"), alert.source);
    }
    return labels;
}

Texts annotationsOf(const Alert &alert, const QJsonObject &context)
{
    Texts annotations = textsOf(context.value(QStringLiteral("annotations")).toObject());
    if (annotations.isEmpty() && !alert.headline().isEmpty()) {
        annotations.insert(QStringLiteral("summary"), alert.headline());
    }
    return annotations;
}

QJsonArray receiversOf(const ActiveAlert &alert)
{
    QJsonArray receivers;
    for (const QString &name : alert.destinations) {
        receivers.append(QJsonObject{{QStringLiteral("name"), name}});
    }
    return receivers;
}

QJsonObject toJson(const ActiveAlert &active, const Texts &labels, const QJsonObject &context)
{
    const Occurrence &occurrence = active.occurrence;
    const qint64 startsAt = occurrence.startsAt > 0 ? occurrence.startsAt : active.alert.receivedAt;
    const qint64 endsAt = occurrence.endsAt > 0 ? occurrence.endsAt : occurrence.lastSeen;
    return {{QStringLiteral("annotations"), toJson(annotationsOf(active.alert, context))},
            {QStringLiteral("endsAt"), rfc3339(endsAt)},
            {QStringLiteral("fingerprint"), occurrence.fingerprint},
            {QStringLiteral("generatorURL"), active.alert.link},
            {QStringLiteral("labels"), toJson(labels)},
            {QStringLiteral("receivers"), receiversOf(active)},
            {QStringLiteral("startsAt"), rfc3339(startsAt)},
            {QStringLiteral("status"), QJsonObject{{QStringLiteral("inhibitedBy"), QJsonArray()},
                                                   {QStringLiteral("silencedBy"), QJsonArray()},
                                                   {QStringLiteral("state"), QStringLiteral("active")}}},
            {QStringLiteral("updatedAt"), rfc3339(occurrence.lastSeen)}};
}

} // namespace

tl::expected<ActiveQuery, HttpResponse> readActiveQuery(const QByteArray &query)
{
    const QUrlQuery items(QString::fromUtf8(QByteArray(query).replace('+', "%20")));
    ActiveQuery result;
    result.none = items.queryItemValue(QStringLiteral("active")) == QLatin1String("false");
    for (const QString &text : items.allQueryItemValues(QStringLiteral("filter"), QUrl::FullyDecoded)) {
        std::optional<LabelMatcher> matcher = LabelMatcher::parse(text);
        if (!matcher) {
            return tl::unexpected(
                refusal(400, QStringLiteral("filter: \"%1\" is no matcher such as alertname=\"DiskFull\".").arg(text)));
        }
        result.matchers.push_back(std::move(*matcher));
    }
    return result;
}

HttpResponse activeAlertsAnswer(const QList<ActiveAlert> &alerts, const ActiveQuery &query)
{
    QJsonArray list;
    for (const ActiveAlert &active : alerts) {
        const QJsonObject context = QJsonDocument::fromJson(active.alert.context).object();
        const Texts labels = labelsOf(active.alert, context);
        const bool matches = std::all_of(query.matchers.begin(), query.matchers.end(),
                                         [&labels](const LabelMatcher &matcher) { return matcher.matches(labels); });
        if (!query.none && matches) {
            list.append(toJson(active, labels, context));
        }
    }
    return jsonAnswer(200, QJsonDocument(list).toJson(QJsonDocument::Compact));
}

HttpResponse alertmanagerStatusAnswer(qint64 startedAt)
{
    const QString none;
    return jsonAnswer(200, QJsonObject{{QStringLiteral("cluster"),
                                        QJsonObject{{QStringLiteral("peers"), QJsonArray()},
                                                    {QStringLiteral("status"), QStringLiteral("disabled")}}},
                                       {QStringLiteral("config"), QJsonObject{{QStringLiteral("original"), none}}},
                                       {QStringLiteral("uptime"), rfc3339(startedAt)},
                                       {QStringLiteral("versionInfo"),
                                        QJsonObject{{QStringLiteral("branch"), none},
                                                    {QStringLiteral("buildDate"), none},
                                                    {QStringLiteral("buildUser"), none},
                                                    {QStringLiteral("goVersion"), none},
                                                    {QStringLiteral("revision"), QStringLiteral("alert-courier")},
                                                    {QStringLiteral("version"), QStringLiteral(COURIER_VERSION)}}}});
}

} // namespace courier
