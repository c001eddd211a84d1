// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "intake/alertreader.h"
#include "intake/fieldwords.h"
#include "intake/format.h"
#include "intake/formats/common.h"
#include "intake/formats/formats.h"
#include "intake/formats/labels.h"
#include "intake/jsontext.h"
#include "intake/recordfields.h"

#include <QCoreApplication>

namespace courier {

namespace {

QString say(const char *sentence)
{
    return QCoreApplication::translate("Format", sentence);
}

QString anAlert()
{
    return say(QT_TRANSLATE_NOOP("Format", "an alert"));
}

QByteArray valueOf(const QList<Label> &labels, QByteArrayView name)
{
    for (const Label &label : labels) {
        if (label.name == name) {
            return label.value;
        }
    }
    return {};
}

QString inLabel(const QString &name, const QString &fault)
{
    return fieldwords::quoted(name) % QLatin1Char(' ') % fault;
}

QList<Label> takeLabels(const RecordFields &alert)
{
    const QLatin1String name("labels");
    const RecordFields object = alert.object(name);
    QList<Label> labels;
    for (const JsonSlice &member : object.members()) {
        QByteArray key = jsonUtf8(member.name);
        if (key.isEmpty()) {
            alert.refuse(name, say(QT_TRANSLATE_NOOP("Format", "a label has no name.")));
        } else if (member.kind != JsonKind::String) {
            alert.refuse(name, inLabel(QString::fromUtf8(key),
                                       fieldwords::wrongKind(displayName(JsonKind::String), member.kind)));
        } else if (member.name.size() + member.bytes.size() > maxShortTextBytes) {
            alert.refuse(name, inLabel(QString::fromUtf8(key), fieldwords::tooLong()));
        } else {
            labels.append({std::move(key), jsonUtf8(member.bytes)});
        }
    }
    labels = normalised(std::move(labels));
    if (labels.isEmpty()) {
        alert.refuse(name, say(QT_TRANSLATE_NOOP("Format", "at least one label with a value is needed.")));
    }
    return labels;
}

/// The first of \a names that is there and not empty.
QString firstOf(const RecordFields &fields, std::initializer_list<QLatin1String> names)
{
    for (const QLatin1String name : names) {
        if (const QString text = fields.text(name); !text.isEmpty()) {
            return text;
        }
    }
    return {};
}

QStringList tagsOf(const QList<Label> &labels)
{
    QStringList tags;
    for (const Label &label : labels) {
        if (label.name != "alertname" && label.name != "severity") {
            tags.append(namedTag(QString::fromUtf8(label.name), QString::fromUtf8(label.value)));
        }
    }
    return tags;
}

/// Go's zero time stands for none.
std::optional<UtcTime> takeTime(const RecordFields &alert, QLatin1String name)
{
    const auto time = alert.time(name);
    return time && time->text.startsWith(QLatin1String("0001-01-01T00:00:00")) ? std::nullopt : time;
}

void takeLife(const RecordFields &fields, const std::optional<UtcTime> &begin, qint64 nowUtc, IncomingAlert &one)
{
    const auto end = takeTime(fields, QLatin1String("endsAt"));
    one.startsAt = begin ? begin->msecs : 0;
    one.endsAt = end ? end->msecs : 0;
    const JsonSlice *status = fields.find(QLatin1String("status")); // an object where an Alertmanager lists its alerts
    one.resolved = (end && end->msecs <= nowUtc) || (status && status->bytes == "\"resolved\"");
}

/// One alert, of a webhook or as it is posted to an Alertmanager.
IncomingAlert takeAlert(const RecordFields &fields, const ReadContext &context)
{
    IncomingAlert one;
    Alert &alert = one.alert;
    const auto begin = takeTime(fields, QLatin1String("startsAt"));
    alert = beginAlert(fields, begin, context);
    const QList<Label> labels = takeLabels(fields);
    const RecordFields annotations = fields.object(QLatin1String("annotations"));
    one.fingerprint = fields.text(QLatin1String("fingerprint"));
    if (one.fingerprint.isEmpty()) {
        one.fingerprint = labelFingerprint(labels);
    }
    const QString name = QString::fromUtf8(valueOf(labels, "alertname"));
    alert.tags = tagsOf(labels);
    alert.ruleId = name.isEmpty() ? one.fingerprint : name;
    alert.title = firstOf(annotations, {QLatin1String("summary"), QLatin1String("title")});
    if (alert.title.isEmpty()) {
        alert.title = name.isEmpty() ? alert.tags.join(QLatin1String(", ")) : name;
    }
    alert.severity = context.severities->severityOf(QString::fromUtf8(valueOf(labels, "severity")));
    alert.link =
        firstOf(fields, {QLatin1String("generatorURL"), QLatin1String("panelURL"), QLatin1String("dashboardURL")});
    alert.description = annotations.longText(QLatin1String("description"));
    if (alert.description.isEmpty()) {
        alert.description = annotations.longText(QLatin1String("message"));
    }
    alert.runbook = firstOf(annotations, {QLatin1String("runbook_url"), QLatin1String("runbook")});
    takeLife(fields, begin, context.nowUtc, one);
    return one;
}

/// What is posted to Alertmanager's API v2 (its OpenAPI document), what its webhook sends (version 4), and what
/// Grafana's does, which is the same and a little more.
class Alertmanager final : public Format
{
public:
    QString id() const override { return QStringLiteral("alertmanager"); }
    QString title() const override { return say(QT_TRANSLATE_NOOP("Format", "Prometheus Alertmanager or Grafana")); }
    bool takesTheGoodOnes() const override { return true; }
    SeverityMap defaultSeverities() const override;
    bool recognises(QByteArrayView record) const override;

protected:
    void take(QByteArrayView record, const ReadContext &context, RecordResult &result) const override;

private:
    void takeWebhook(const RecordFields &fields, const ReadContext &context, RecordResult &result) const;
};

SeverityMap Alertmanager::defaultSeverities() const
{
    return {{{u"critical"_qs, Severity::Critical},
             {u"emergency"_qs, Severity::Critical},
             {u"page"_qs, Severity::Critical},
             {u"disaster"_qs, Severity::Critical},
             {u"high"_qs, Severity::High},
             {u"error"_qs, Severity::High},
             {u"major"_qs, Severity::High},
             {u"warning"_qs, Severity::Medium},
             {u"low"_qs, Severity::Low},
             {u"minor"_qs, Severity::Low},
             {u"notice"_qs, Severity::Low},
             {u"info"_qs, Severity::Info},
             {u"none"_qs, Severity::Info},
             {u"debug"_qs, Severity::Info}},
            Severity::Medium};
}

bool Alertmanager::recognises(QByteArrayView record) const
{
    const RecordFields fields = RecordFields::of(record, {});
    const JsonSlice *alerts = fields.find(QLatin1String("alerts"));
    const JsonSlice *labels = fields.find(QLatin1String("labels"));
    return (alerts && alerts->kind == JsonKind::Array) ||
           (labels && labels->kind == JsonKind::Object && !fields.has(QLatin1String("severity")));
}

void Alertmanager::take(QByteArrayView record, const ReadContext &context, RecordResult &result) const
{
    const RecordFields fields = RecordFields::of(record, anAlert());
    if (fields.has(QLatin1String("alerts"))) {
        takeWebhook(fields, context, result);
    } else {
        settle(fields, takeAlert(fields, context), result);
    }
}

// A webhook's alerts are taken all together or not at all: Alertmanager sends them again as one.
void Alertmanager::takeWebhook(const RecordFields &fields, const ReadContext &context, RecordResult &result) const
{
    const QList<JsonSlice> elements = fields.elements(QLatin1String("alerts"));
    result.count = static_cast<int>(elements.size());
    if (fields.isFine() && elements.isEmpty()) {
        fields.refuse(QLatin1String("alerts"), say(QT_TRANSLATE_NOOP("Format", "there is no alert here.")));
    }
    if (!fields.isFine()) {
        settle(fields, {}, result, -1);
        return;
    }
    for (int i = 0; i < result.count; ++i) {
        const RecordFields element = fields.element(elements[i], anAlert());
        settle(element, takeAlert(element, context), result, i);
    }
    if (!result.faults.isEmpty()) {
        result.alerts.clear();
    }
}

} // namespace

const Format *alertmanagerFormat()
{
    static const Alertmanager format;
    return &format;
}

} // namespace courier
