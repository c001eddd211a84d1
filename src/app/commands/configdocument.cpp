// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "app/commands/configdocument.h"

#include "app/commands/commandspec.h"
#include "app/commands/jsonvalues.h"
#include "app/commands/secretoptions.h"
#include "desk/guardsetting.h"
#include "intake/severitymap.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

namespace courier::commands {
namespace {

constexpr int version = 1;
constexpr const char *versionKey = "alertCourierConfig";

/// One destination as it is read, key by key.
class DestinationReader
{
public:
    DestinationReader(const QJsonObject &object, const Destination &base)
        : m_object(object)
    {
        m_read.destination = base;
    }

    ImportedDestination read()
    {
        Destination &destination = m_read.destination;
        destination.name = m_object.value(QLatin1String("name")).toString(destination.name).trimmed();
        readUrl();
        readSet(QLatin1String("severities"), destination.severities, severityFromWire);
        readSet(QLatin1String("types"), destination.types, alertTypeFromWire);
        readSecurity();
        readHeaders();
        readMissing();
        readNumber(QLatin1String("timeoutSeconds"), destination.timeoutSeconds);
        readNumber(QLatin1String("maxRetries"), destination.maxRetries);
        readRate();
        readSchedule();
        destination.resolutions = m_object.value(QLatin1String("resolutions")).toBool(destination.resolutions);
        destination.paused = m_object.value(QLatin1String("paused")).toBool(destination.paused);
        return m_read;
    }

private:
    void fail(QLatin1String key)
    {
        if (m_read.fault.isEmpty()) {
            m_read.fault = Text::tr("“%1” can't be read.").arg(key);
        }
    }

    void readUrl()
    {
        const QJsonValue url = m_object.value(QLatin1String("url"));
        if (url.isString()) {
            m_read.destination.url = url.toString().trimmed();
        } else if (!url.isNull() && !url.isUndefined()) {
            fail(QLatin1String("url"));
        }
        if (m_read.destination.url.isEmpty()) {
            m_read.missing.append(Text::tr("address"));
        }
    }

    template<typename Set, typename FromWire>
    void readSet(QLatin1String key, Set &set, FromWire fromWire)
    {
        const QJsonValue value = m_object.value(key);
        if (value.isUndefined()) {
            return;
        }
        Set given;
        const QJsonArray words = value.toArray();
        for (const QJsonValueConstRef word : words) {
            const auto one = fromWire(word.toString());
            if (!one) {
                fail(key);
                return;
            }
            given.set(*one);
        }
        value.isArray() ? void(set = given) : fail(key);
    }

    void readHeaders()
    {
        const QJsonValue value = m_object.value(QLatin1String("headers"));
        if (value.isUndefined()) {
            return;
        }
        QList<Header> headers;
        const QJsonArray list = value.toArray();
        for (const QJsonValueConstRef one : list) {
            headers.append(readHeader(one.toObject()));
        }
        value.isArray() ? void(m_read.destination.headers = headers) : fail(QLatin1String("headers"));
    }

    Header readHeader(const QJsonObject &object)
    {
        Header header{object.value(QLatin1String("name")).toString().toUtf8(), {}};
        header.secret = object.value(QLatin1String("secret")).toBool();
        const QJsonValue value = object.value(QLatin1String("value"));
        if (value.isString() && header.secret) {
            m_read.secrets.headers.insert(header.name.toLower(), value.toString().toUtf8());
            return header;
        }
        if (value.isString()) {
            header.value = value.toString().toUtf8();
            return header;
        }
        if (m_read.secrets.headers.contains(header.name.toLower())) {
            return {header.name, {}, true};
        }
        const QList<Header> &known = m_read.destination.headers;
        const auto same = std::find_if(known.begin(), known.end(), [&](const Header &other) {
            return other.name.compare(header.name, Qt::CaseInsensitive) == 0;
        });
        if (same == known.end()) {
            m_read.missing.append(Text::tr("header %1").arg(QString::fromUtf8(header.name)));
        } else {
            header = {header.name, same->value, same->secret};
        }
        return header;
    }

    void readSecurity()
    {
        const QJsonValue security = m_object.value(QLatin1String("security"));
        if (security.isObject()) {
            m_read.destination.security = securityFromJson(security.toObject());
        } else if (!security.isUndefined()) {
            fail(QLatin1String("security"));
        }
        const QJsonValue secrets = m_object.value(QLatin1String("secrets"));
        if (secrets.isObject()) {
            const DestinationSecrets given = secretsFromJson(secrets.toObject());
            m_read.secrets = {given.values, given.headers};
        } else if (!secrets.isUndefined()) {
            fail(QLatin1String("secrets"));
        }
    }

    void readMissing()
    {
        for (const SecretKind kind : allSecretKinds()) {
            const bool isHere = m_read.secrets.values.contains(kind) || m_read.destination.secrets.kinds.contains(kind);
            if (!isHere && requiredSecrets(m_read.destination).contains(kind)) {
                m_read.missing.append(inWords(kind));
            }
        }
    }

    void readNumber(QLatin1String key, int &number)
    {
        const QJsonValue value = m_object.value(key);
        if (!value.isUndefined()) {
            number = value.toInt(-1);
        }
    }

    void readRate()
    {
        const QJsonValue value = m_object.value(QLatin1String("ratePerSecond"));
        if (value.isNull()) {
            m_read.destination.ratePerSecond = 0;
        } else if (!value.isUndefined()) {
            m_read.destination.ratePerSecond = roundedRate(value.toDouble(-1));
        }
    }

    void readSchedule()
    {
        const QJsonValue value = m_object.value(QLatin1String("schedule"));
        if (value.isUndefined()) {
            return;
        }
        const auto schedule = retryScheduleFromKeyword(value.toString());
        schedule ? void(m_read.destination.schedule = *schedule) : fail(QLatin1String("schedule"));
    }

    QJsonObject m_object;
    ImportedDestination m_read;
};

Destination baseFor(const QString &name, const QList<Destination> &existing)
{
    const auto same = std::find_if(existing.begin(), existing.end(), [&](const Destination &one) {
        return one.name.compare(name.trimmed(), Qt::CaseInsensitive) == 0;
    });
    return same == existing.end() ? Destination() : *same;
}

void readSettings(const QJsonObject &object, ConfigDocument &document)
{
    for (auto one = object.begin(); one != object.end(); ++one) {
        const bool isTable = one.key().startsWith(QLatin1String("intake.severities."));
        if (!isExported(one.key())) {
            document.faults.append(Text::tr("There is no setting “%1”.").arg(printable(one.key())));
        } else if (!one->isString() || (isTable && !SeverityMap::fromJson(one->toString().toUtf8()))) {
            document.faults.append(Text::tr("The setting “%1” can't be read.").arg(printable(one.key())));
        } else {
            document.settings.append({one.key(), one->toString()});
        }
    }
}

} // namespace

bool isExported(const QString &setting)
{
    return setting.startsWith(QLatin1String("intake.")) || setting == QLatin1String("sources") ||
           setting == GuardSetting::key();
}

bool isSecret(const QString &setting)
{
    return setting == QLatin1String("intake.token");
}

JsonObject configDocument(const QList<Destination> &destinations, const Settings &settings,
                          const std::optional<AllSecrets> &secrets)
{
    const bool withSecrets = secrets.has_value();
    QList<JsonObject> list;
    for (const Destination &one : destinations) {
        JsonObject object;
        addSettings(object, one, withSecrets);
        if (withSecrets && secrets->contains(one.id)) {
            object.add("secrets", toJson(secrets->value(one.id)));
        } else if (one.secrets.exist()) {
            object.add("secretsLeftOut", QJsonArray::fromStringList(secretKeywords(one)));
        }
        list.append(object);
    }
    QJsonObject kept;
    QJsonArray leftOut;
    for (const auto &[key, value] : settings) {
        if (isExported(key) && (withSecrets || !isSecret(key))) {
            kept.insert(key, value);
        } else if (isSecret(key)) {
            leftOut.append(key);
        }
    }
    return JsonObject()
        .add(versionKey, version)
        .add("withSecrets", withSecrets)
        .add("destinations", list)
        .add("settings", kept)
        .add("settingsLeftOut", leftOut);
}

Result<ConfigDocument> readConfig(const QByteArray &json, const QList<Destination> &existing)
{
    QJsonParseError error{};
    const QJsonObject object = QJsonDocument::fromJson(json, &error).object();
    if (error.error != QJsonParseError::NoError) {
        return failure(Error::Kind::Invalid,
                       Text::tr("This is not JSON: %1, at byte %2.").arg(error.errorString()).arg(error.offset));
    }
    if (object.value(QLatin1String(versionKey)).toInt() != version) {
        return failure(Error::Kind::Invalid, Text::tr("This is no configuration that this version can read."));
    }
    ConfigDocument document;
    const QJsonArray destinations = object.value(QLatin1String("destinations")).toArray();
    for (const QJsonValueConstRef one : destinations) {
        const QString name = one.toObject().value(QLatin1String("name")).toString();
        document.destinations.append(DestinationReader(one.toObject(), baseFor(name, existing)).read());
    }
    readSettings(object.value(QLatin1String("settings")).toObject(), document);
    return document;
}

} // namespace courier::commands
