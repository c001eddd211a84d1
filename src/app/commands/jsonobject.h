// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QByteArray>
#include <QJsonValue>
#include <QList>
#include <QString>

namespace courier::commands {

/// A JSON object that keeps the order of its keys, and takes values that are JSON already as they are. Plain value.
class JsonObject
{
public:
    /// \a key is ASCII, and is not there yet.
    JsonObject &add(const char *key, const QJsonValue &value);
    JsonObject &add(const char *key, const QString &text) { return add(key, QJsonValue(text)); }
    JsonObject &add(const char *key, const JsonObject &object) { return addRaw(key, object.text()); }
    JsonObject &add(const char *key, const QList<JsonObject> &objects);
    /// \a json is one JSON value without line breaks.
    JsonObject &addRaw(const char *key, const QByteArray &json);
    JsonObject &addNull(const char *key) { return addRaw(key, "null"); }
    /// ms since 1970 UTC as RFC 3339; null where it is 0.
    JsonObject &addTime(const char *key, qint64 msecsUtc);

    /// On one line.
    QByteArray text() const;

private:
    QByteArray m_members;
};

} // namespace courier::commands
