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

IncomingAlert takeAlert(const RecordFields &record, const ReadContext &context)
{
    const RecordFields rule = record.object(QLatin1String("rule"));
    IncomingAlert one;
    Alert &alert = one.alert;
    alert = beginAlert(record, record.time(QLatin1String("timestamp")), context);
    alert.ruleId = rule.word(QLatin1String("id"));
    if (alert.ruleId.isEmpty()) {
        rule.refuseMissing(QLatin1String("id"));
    }
    const QString level = rule.word(QLatin1String("level"));
    if (level.isEmpty()) {
        rule.refuseMissing(QLatin1String("level"));
    }
    alert.severity = context.severities->severityOf(level);
    alert.title = rule.text(QLatin1String("description"));
    alert.tags = rule.texts(QLatin1String("groups"));
    const QString agent = record.object(QLatin1String("agent")).text(QLatin1String("name"));
    if (!agent.isEmpty()) {
        alert.tags.append(namedTag(u"agent"_qs, agent));
    }
    alert.description = record.longText(QLatin1String("full_log"));
    if (const QString id = record.word(QLatin1String("id")); !id.isEmpty()) {
        alert.alertId = id;
    }
    return one;
}

/// The alerts.json of a Wazuh manager (its documentation, "Alert management").
class Wazuh final : public Format
{
public:
    QString id() const override { return QStringLiteral("wazuh"); }
    QString title() const override { return QStringLiteral("Wazuh alerts.json"); }
    SeverityMap defaultSeverities() const override;
    bool recognises(QByteArrayView record) const override;

protected:
    void take(QByteArrayView record, const ReadContext &context, RecordResult &result) const override;
};

SeverityMap Wazuh::defaultSeverities() const
{
    return {{{u"0-3"_qs, Severity::Info},
             {u"4-6"_qs, Severity::Low},
             {u"7-11"_qs, Severity::Medium},
             {u"12-14"_qs, Severity::High},
             {u"15-16"_qs, Severity::Critical}},
            Severity::Medium};
}

bool Wazuh::recognises(QByteArrayView record) const
{
    const RecordFields fields = RecordFields::of(record, {});
    const JsonSlice *rule = fields.find(QLatin1String("rule"));
    return rule && rule->kind == JsonKind::Object && fields.object(QLatin1String("rule")).has(QLatin1String("level"));
}

void Wazuh::take(QByteArrayView record, const ReadContext &context, RecordResult &result) const
{
    const RecordFields fields = RecordFields::of(record, say(QT_TRANSLATE_NOOP("Format", "an alert")));
    settle(fields, takeAlert(fields, context), result);
}

} // namespace

const Format *wazuhFormat()
{
    static const Wazuh format;
    return &format;
}

} // namespace courier
