// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "intake/format.h"
#include "intake/formats/common.h"
#include "intake/formats/formats.h"
#include "intake/recordfields.h"

#include <QCoreApplication>

namespace courier {

namespace {

QString say(const char *sentence)
{
    return QCoreApplication::translate("Format", sentence);
}

/// "192.0.2.1:443", "[2001:db8::1]:443", or without a port where there is none.
QString endpoint(const RecordFields &record, QLatin1String addressName, QLatin1String portName)
{
    const QString address = record.text(addressName);
    const QString port = record.word(portName);
    if (address.isEmpty() || port.isEmpty()) {
        return address;
    }
    const bool v6 = address.contains(QLatin1Char(':'));
    return (v6 ? QString(QLatin1Char('[') % address % QLatin1Char(']')) : address) % QLatin1Char(':') % port;
}

QString flowWords(const RecordFields &record, const QString &protocol)
{
    const QString from = endpoint(record, QLatin1String("src_ip"), QLatin1String("src_port"));
    const QString to = endpoint(record, QLatin1String("dest_ip"), QLatin1String("dest_port"));
    const QString way =
        from.isEmpty() || to.isEmpty() ? QString(from % to) : QString(from % QLatin1String(" -> ") % to);
    return QString(way % QLatin1Char(' ') % protocol).trimmed();
}

/// What the rule's metadata says, where the table knows it; else the rule's priority.
Severity severityOf(const RecordFields &alert, const SeverityMap &severities)
{
    for (const QString &word : alert.object(QLatin1String("metadata")).texts(QLatin1String("signature_severity"))) {
        if (const auto severity = severities.find(word)) {
            return *severity;
        }
    }
    return severities.severityOf(alert.word(QLatin1String("severity")));
}

IncomingAlert takeAlert(const RecordFields &record, const ReadContext &context)
{
    const RecordFields rule = record.object(QLatin1String("alert"));
    IncomingAlert one;
    Alert &alert = one.alert;
    alert = beginAlert(record, record.time(QLatin1String("timestamp")), context);
    alert.ruleId = rule.word(QLatin1String("signature_id"));
    if (alert.ruleId.isEmpty()) {
        rule.refuseMissing(QLatin1String("signature_id"));
    }
    alert.title = rule.text(QLatin1String("signature"));
    alert.severity = severityOf(rule, *context.severities);
    const QString category = rule.text(QLatin1String("category"));
    const QString protocol = record.text(QLatin1String("proto"));
    const QString flow = record.word(QLatin1String("flow_id"));
    alert.description = QString(category % QLatin1Char('\n') % flowWords(record, protocol)).trimmed();
    alert.tags = QStringList{category, flow.isEmpty() ? QString() : namedTag(u"flow_id"_qs, flow), protocol};
    alert.tags.removeAll(QString());
    return one;
}

/// Suricata's EVE JSON (its user guide, "EVE JSON Format"): of all its events, those of the type alert.
class Suricata final : public Format
{
public:
    QString id() const override { return QStringLiteral("suricata"); }
    QString title() const override { return QStringLiteral("Suricata EVE"); }
    SeverityMap defaultSeverities() const override;
    bool recognises(QByteArrayView record) const override;

protected:
    void take(QByteArrayView record, const ReadContext &context, RecordResult &result) const override;
};

SeverityMap Suricata::defaultSeverities() const
{
    return {{{u"critical"_qs, Severity::Critical},
             {u"major"_qs, Severity::High},
             {u"minor"_qs, Severity::Low},
             {u"informational"_qs, Severity::Info},
             {u"1"_qs, Severity::High},
             {u"2"_qs, Severity::Medium},
             {u"3"_qs, Severity::Low},
             {u"4-"_qs, Severity::Info}},
            Severity::Medium};
}

bool Suricata::recognises(QByteArrayView record) const
{
    const RecordFields fields = RecordFields::of(record, {});
    return fields.has(QLatin1String("event_type")) && fields.has(QLatin1String("timestamp"));
}

void Suricata::take(QByteArrayView record, const ReadContext &context, RecordResult &result) const
{
    const RecordFields fields = RecordFields::of(record, say(QT_TRANSLATE_NOOP("Format", "an event")));
    const QString type = fields.text(QLatin1String("event_type"));
    if (fields.isFine() && type.isEmpty()) {
        fields.refuseMissing(QLatin1String("event_type"));
    }
    if (fields.isFine() && type != QLatin1String("alert")) {
        result.skipped = 1;
        return;
    }
    settle(fields, takeAlert(fields, context), result);
}

} // namespace

const Format *suricataFormat()
{
    static const Suricata format;
    return &format;
}

} // namespace courier
