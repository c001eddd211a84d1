// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "delivery/vectors.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace courier::test {
namespace {

// The bytes of the object that stands after the key; QJson would write them anew.
QByteArray contextIn(const QByteArray &input)
{
    const QByteArray key = R"("alertContext":)";
    const qsizetype begin = input.indexOf(key) + key.size();
    if (begin < key.size() || input.at(begin) != '{') {
        return "{}";
    }
    int depth = 0;
    bool isText = false;
    for (qsizetype i = begin; i < input.size(); ++i) {
        const char c = input.at(i);
        if (isText && c == '\\') {
            ++i;
        } else if (c == '"') {
            isText = !isText;
        } else if (!isText && (c == '{' || c == '}')) {
            depth += c == '{' ? 1 : -1;
            if (depth == 0) {
                return input.mid(begin, i + 1 - begin);
            }
        }
    }
    return {};
}

std::optional<QString> optionalText(const QJsonValue &value)
{
    return value.isString() ? std::optional(value.toString()) : std::nullopt;
}

Alert alertFrom(const QByteArray &input)
{
    const QJsonObject json = QJsonDocument::fromJson(input).object();
    const auto text = [&json](const char *key) { return json.value(QLatin1String(key)).toString(); };
    Alert alert;
    alert.ruleId = text("id");
    alert.createdAt = text("createdAt");
    alert.severity = severityFromWire(text("severity")).value();
    alert.type = alertTypeFromWire(text("type")).value();
    alert.link = text("link");
    alert.title = text("title");
    alert.name = optionalText(json.value(QLatin1String("name")));
    alert.alertId = optionalText(json.value(QLatin1String("alertId")));
    alert.version = optionalText(json.value(QLatin1String("version")));
    alert.context = contextIn(input);
    alert.description = text("description");
    alert.runbook = text("runbook");
    const QJsonArray tags = json.value(QLatin1String("tags")).toArray();
    for (const QJsonValueConstRef tag : tags) {
        alert.tags.append(tag.toString());
    }
    return alert;
}

} // namespace

QList<NotificationVector> notificationVectors()
{
    QFile file(QStringLiteral(COURIER_TEST_DATA "/notification-vectors.json"));
    if (!file.open(QIODevice::ReadOnly)) {
        qFatal("The vectors can't be read");
    }
    QList<NotificationVector> vectors;
    const QJsonArray all = QJsonDocument::fromJson(file.readAll()).object().value(QLatin1String("vectors")).toArray();
    for (const QJsonValueConstRef one : all) {
        const QJsonObject json = one.toObject();
        vectors.append({json.value(QLatin1String("name")).toString().toUtf8(),
                        json.value(QLatin1String("resent")).toBool(),
                        alertFrom(json.value(QLatin1String("input")).toString().toUtf8()),
                        json.value(QLatin1String("body")).toString().toUtf8()});
    }
    return vectors;
}

} // namespace courier::test
