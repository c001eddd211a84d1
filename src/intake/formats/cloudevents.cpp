// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "intake/format.h"
#include "intake/formats/common.h"
#include "intake/formats/formats.h"

#include <QCoreApplication>
#include <QUrl>

#include <algorithm>

namespace courier {

namespace {

QString say(const char *sentence)
{
    return QCoreApplication::translate("Format", sentence);
}

QString take(const RecordFields &event, QLatin1String name)
{
    QString text = event.text(name);
    if (text.isEmpty()) {
        event.refuseMissing(name, say(QT_TRANSLATE_NOOP("Format", "a CloudEvent has id, source and type")));
    }
    return text;
}

void checkVersion(const RecordFields &event)
{
    const QLatin1String name("specversion");
    const QString version = event.word(name);
    if (version.isEmpty()) {
        event.refuseMissing(name, QStringLiteral("1.0"));
    } else if (version != QLatin1String("1.0")) {
        event.refuse(
            name,
            say(QT_TRANSLATE_NOOP("Format", "%1 is not 1.0, the one version that is read.")).arg(version.left(60)));
    }
}

/// By the source's word where the table knows it, else by its number.
Severity severityOf(const RecordFields &event, const SeverityMap &severities)
{
    const QString word = event.text(QLatin1String("severitytext"));
    const QString number = event.word(QLatin1String("severitynumber"));
    const auto severity = word.isEmpty() ? std::nullopt : severities.find(word);
    return severity ? *severity : severities.severityOf(number);
}

IncomingAlert takeEvent(const RecordFields &event, const ReadContext &context)
{
    IncomingAlert one;
    Alert &alert = one.alert;
    alert = beginAlert(event, event.time(QLatin1String("time")), context);
    checkVersion(event);
    const QString id = take(event, QLatin1String("id"));
    const QString source = take(event, QLatin1String("source"));
    alert.ruleId = take(event, QLatin1String("type"));
    alert.alertId = QString(source % QLatin1Char('#') % id); // the two together are unique
    alert.title = event.text(QLatin1String("subject"));
    if (alert.title.isEmpty()) {
        alert.title = alert.ruleId;
    }
    alert.tags = QStringList{namedTag(QStringLiteral("source"), source)};
    alert.severity = severityOf(event, *context.severities);
    const JsonSlice *data = event.find(QLatin1String("data"));
    if (data && data->kind == JsonKind::Object) {
        const RecordFields object = event.object(QLatin1String("data"));
        alert.context = object.bytes().toByteArray();
        const JsonSlice *link = object.find(QLatin1String("link"));
        alert.link = link && link->kind == JsonKind::String ? object.text(QLatin1String("link")) : QString();
    }
    return one;
}

/// CloudEvents 1.0 in their JSON format, one or a batch, with the severity extension.
class CloudEvents final : public Format
{
public:
    QString id() const override { return QStringLiteral("cloudevents"); }
    QString title() const override { return QStringLiteral("CloudEvents"); }
    SeverityMap defaultSeverities() const override;
    bool recognises(QByteArrayView record) const override
    {
        return RecordFields::of(record, {}).has(QLatin1String("specversion"));
    }

protected:
    void take(QByteArrayView record, const ReadContext &context, RecordResult &result) const override
    {
        const RecordFields event = RecordFields::of(record, say(QT_TRANSLATE_NOOP("Format", "an event")));
        settle(event, takeEvent(event, context), result);
    }
};

SeverityMap CloudEvents::defaultSeverities() const
{
    return {{{u"fatal"_qs, Severity::Critical},
             {u"critical"_qs, Severity::Critical},
             {u"high"_qs, Severity::High},
             {u"error"_qs, Severity::High},
             {u"medium"_qs, Severity::Medium},
             {u"warn"_qs, Severity::Medium},
             {u"warning"_qs, Severity::Medium},
             {u"low"_qs, Severity::Low},
             {u"notice"_qs, Severity::Low},
             {u"info"_qs, Severity::Info},
             {u"debug"_qs, Severity::Info},
             {u"trace"_qs, Severity::Info},
             {u"1-12"_qs, Severity::Info},
             {u"13-16"_qs, Severity::Medium},
             {u"17-20"_qs, Severity::High},
             {u"21-24"_qs, Severity::Critical}},
            Severity::Medium};
}

/// A header's value as the binding writes it: percent-encoded, and perhaps in quotes.
QByteArray decoded(QByteArray value)
{
    if (value.size() >= 2 && value.startsWith('"') && value.endsWith('"')) {
        value = value.sliced(1, value.size() - 2);
    }
    return QByteArray::fromPercentEncoding(value);
}

void appendMember(QByteArray &event, const QByteArray &name, const QByteArray &json)
{
    event += event.size() > 1 ? ",\"" : "\"";
    event += name + "\":" + json;
}

/// A string as JSON writes it; what is not UTF-8 becomes U+FFFD.
QByteArray jsonString(const QByteArray &text)
{
    QByteArray json("\"");
    for (const char c : QString::fromUtf8(text).toUtf8()) {
        if (c == '"' || c == '\\') {
            json += '\\';
            json += c;
        } else if (static_cast<uchar>(c) < 0x20) {
            json += "\\u00" + QByteArray(1, c).toHex();
        } else {
            json += c;
        }
    }
    return json + '"';
}

bool isJsonType(const QByteArray &contentType)
{
    const QByteArray type = contentType.split(';').first().trimmed().toLower();
    return type == "application/json" || type == "text/json" || type.endsWith("+json");
}

bool isAttribute(QByteArrayView name)
{
    return !name.isEmpty() && std::all_of(name.begin(), name.end(),
                                          [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); });
}

} // namespace

FormatResult readBinaryCloudEvent(const QList<HttpHeader> &headers, const QByteArray &body, const ReadContext &context)
{
    const QByteArray type = headerValue(headers, "content-type");
    const auto fault = checkJson(body, maxJsonDepth - 1); // it comes to lie inside the event
    if (fault && !body.isEmpty() && isJsonType(type)) {
        FormatResult refused;
        refused.faults.append(
            {0, static_cast<int>(fault->place.line), static_cast<int>(fault->place.column), fault->message});
        return refused;
    }
    QByteArray event("{");
    for (const HttpHeader &header : headers) {
        const QByteArray name = header.name.toLower();
        if (name.startsWith("ce-") && isAttribute(QByteArrayView(name).sliced(3))) {
            appendMember(event, name.sliced(3), jsonString(decoded(header.value)));
        }
    }
    if (!type.isEmpty()) {
        appendMember(event, "datacontenttype", jsonString(type));
    }
    if (!body.isEmpty()) {
        appendMember(event, fault ? "data_base64" : "data", fault ? QByteArray('"' + body.toBase64() + '"') : body);
    }
    event += '}';
    FormatResult result = cloudEventsFormat()->read(event, context);
    for (IntakeFault &one : result.faults) {
        one.line = one.column = 0; // what was sent has no such place
    }
    return result;
}

const Format *cloudEventsFormat()
{
    static const CloudEvents format;
    return &format;
}

} // namespace courier
