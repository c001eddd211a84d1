// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "app/commands/jsonobject.h"

#include "domain/alert.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace courier::commands {

JsonObject &JsonObject::add(const char *key, const QJsonValue &value)
{
    const QByteArray inBrackets = QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact);
    return addRaw(key, inBrackets.sliced(1, inBrackets.size() - 2));
}

JsonObject &JsonObject::add(const char *key, const QList<JsonObject> &objects)
{
    QByteArray list;
    for (const JsonObject &one : objects) {
        list += (list.isEmpty() ? "" : ",") + one.text();
    }
    return addRaw(key, '[' + list + ']');
}

JsonObject &JsonObject::addRaw(const char *key, const QByteArray &json)
{
    m_members += (m_members.isEmpty() ? "\"" : ",\"") + QByteArray(key) + "\":" + json;
    return *this;
}

JsonObject &JsonObject::addTime(const char *key, qint64 msecsUtc)
{
    return msecsUtc == 0 ? addNull(key) : add(key, rfc3339(msecsUtc));
}

QByteArray JsonObject::text() const
{
    return '{' + m_members + '}';
}

} // namespace courier::commands
