// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "store/rows.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace courier::rows {
namespace {

QString compact(const QJsonArray &array)
{
    return QString::fromUtf8(QJsonDocument(array).toJson(QJsonDocument::Compact));
}

QJsonArray parsed(const QString &json)
{
    return QJsonDocument::fromJson(json.toUtf8()).array();
}

// A summary's small facts travel in one number: the whole table is read at a start, and each column costs.
constexpr int statusShift = 4;
constexpr int attentionShift = 8;
constexpr int lifeShift = 9;
constexpr int settledShift = 11;

// Stands in a JSON text as it is.
bool isPlain(QChar sign)
{
    return sign >= u' ' && sign != u'"' && sign != u'\\' && !sign.isSurrogate() && sign.unicode() != 0x7f;
}

} // namespace

QString destinationColumns()
{
    return QStringLiteral("id, name, url, severities, types, headers, timeout_s, schedule, max_retries, paused, "
                          "built_in, test_state, tested_at, test_result, created_at, deleted_at, resolutions, "
                          "security, rate, secrets_id, secret_kinds, certificate_sha256, certificate_subject, "
                          "certificate_issuer, certificate_expires_at");
}

Destination destination(const Statement &row)
{
    Destination one;
    one.id = row.as<DestinationId>(0);
    one.name = row.text(1);
    one.url = row.text(2);
    one.severities = SeveritySet::fromBits(static_cast<quint8>(row.integer(3)));
    one.types = AlertTypeSet::fromBits(static_cast<quint8>(row.integer(4)));
    one.headers = toHeaders(row.text(5));
    one.timeoutSeconds = static_cast<int>(row.integer(6));
    one.schedule = row.as<RetrySchedule>(7);
    one.maxRetries = static_cast<int>(row.integer(8));
    one.paused = row.integer(9) != 0;
    one.builtInReceiver = row.integer(10) != 0;
    one.testState = row.as<TestState>(11);
    one.testedAt = row.integer(12);
    one.testResult = row.text(13);
    one.createdAt = row.integer(14);
    if (!row.isNull(15)) {
        one.deletedAt = row.integer(15);
    }
    one.resolutions = row.integer(16) != 0;
    one.security = toSecurity(row.text(17));
    one.ratePerSecond = static_cast<double>(row.integer(18)) / 100;
    one.secrets = {row.as<SecretsId>(19), SecretKinds::fromBits(static_cast<quint8>(row.integer(20)))};
    one.certificate = {row.bytes(21), row.text(22), row.text(23), row.integer(24)};
    return one;
}

QString occurrenceColumns()
{
    return QStringLiteral("o.alert_id, o.fingerprint, o.starts_at, o.ends_at, o.last_seen, o.seen, o.resolved_at");
}

Occurrence occurrence(const Statement &row, int first)
{
    Occurrence one;
    one.alertId = row.as<AlertId>(first);
    one.fingerprint = row.text(first + 1);
    one.startsAt = row.integer(first + 2);
    one.endsAt = row.integer(first + 3);
    one.lastSeen = row.integer(first + 4);
    one.seen = row.integer(first + 5);
    one.resolvedAt = row.integer(first + 6);
    return one;
}

QString alertColumns()
{
    return QStringLiteral("a.id, a.severity, a.type, a.source, a.created_at, a.title, a.name, a.rule_id, a.sender_id, "
                          "a.version, a.link, a.tags, a.destinations, a.output_ids, a.description, a.runbook, "
                          "a.context");
}

Alert alert(const Statement &row, int first)
{
    Alert one;
    one.id = row.as<AlertId>(first);
    one.receivedAt = msecsOf(number(one.id));
    one.severity = row.as<Severity>(first + 1);
    one.type = row.as<AlertType>(first + 2);
    one.source = row.text(first + 3);
    one.createdAt = row.text(first + 4);
    one.title = row.text(first + 5);
    one.name = row.optionalText(first + 6);
    one.ruleId = row.text(first + 7);
    one.alertId = row.optionalText(first + 8);
    one.version = row.optionalText(first + 9);
    one.link = row.text(first + 10);
    one.tags = toStrings(row.text(first + 11));
    one.destinations = toStrings(row.text(first + 12));
    one.outputIds = toStrings(row.text(first + 13));
    one.description = row.text(first + 14);
    one.runbook = row.text(first + 15);
    one.context = row.bytes(first + 16);
    return one;
}

QString deliveryColumns()
{
    return QStringLiteral("d.id, d.alert_id, d.destination_id, d.state, d.round, d.attempts, d.round_attempts, "
                          "d.next_at, d.settled_at, d.dismissed, d.last_status, d.last_outcome, d.last_reason, d.kind");
}

Delivery delivery(const Statement &row, int first)
{
    Delivery one;
    one.id = row.as<DeliveryId>(first);
    one.alertId = row.as<AlertId>(first + 1);
    one.destinationId = row.as<DestinationId>(first + 2);
    one.state = row.as<DeliveryState>(first + 3);
    one.round = static_cast<int>(row.integer(first + 4));
    one.attempts = static_cast<int>(row.integer(first + 5));
    one.roundAttempts = static_cast<int>(row.integer(first + 6));
    one.nextAt = row.integer(first + 7);
    one.settledAt = row.integer(first + 8);
    one.dismissed = row.integer(first + 9) != 0;
    one.lastStatus = static_cast<int>(row.integer(first + 10));
    one.lastOutcome = row.as<Outcome>(first + 11);
    one.lastReason = row.text(first + 12);
    one.kind = row.as<DeliveryKind>(first + 13);
    return one;
}

QString summaryColumns()
{
    return QStringLiteral(
        "s.alert_id, s.severity | (s.status << 4) | (s.attention << 8) | (s.life << 9) | (s.settled_at << 11)");
}

AlertSummary summary(const Statement &row, int first)
{
    const qint64 facts = row.integer(first + 1);
    AlertSummary one;
    one.id = row.as<AlertId>(first);
    one.severity = static_cast<Severity>(facts & 0xf);
    one.status = static_cast<AlertStatus>((facts >> statusShift) & 0xf);
    one.needsAttention = ((facts >> attentionShift) & 1) != 0;
    one.life = static_cast<AlertLife>((facts >> lifeShift) & 3);
    one.settledAt = static_cast<quint32>(facts >> settledShift);
    return one;
}

QString attemptColumns()
{
    return QStringLiteral("t.id, t.destination_id, t.number, t.started_by, t.started_at, t.duration_us, t.outcome, "
                          "t.status, t.reason, t.resent, t.connect_started, t.encrypted, t.request_sent, t.answered, "
                          "t.finished, t.body_size, t.body_cut");
}

Attempt attempt(const Statement &row, int first)
{
    Attempt one;
    one.id = row.as<AttemptId>(first);
    one.destinationId = row.as<DestinationId>(first + 1);
    one.number = static_cast<int>(row.integer(first + 2));
    one.trigger = row.as<Trigger>(first + 3);
    one.startedAt = row.integer(first + 4);
    one.durationUs = row.integer(first + 5);
    one.outcome = row.as<Outcome>(first + 6);
    one.status = static_cast<int>(row.integer(first + 7));
    one.reason = row.text(first + 8);
    one.resent = row.integer(first + 9) != 0;
    one.timing.connectStarted = row.integer(first + 10);
    one.timing.encrypted = row.integer(first + 11);
    one.timing.requestSent = row.integer(first + 12);
    one.timing.answered = row.integer(first + 13);
    one.timing.finished = row.integer(first + 14);
    one.responseBodySize = row.integer(first + 15);
    one.bodyCut = row.integer(first + 16) != 0;
    return one;
}

QString headline()
{
    return QStringLiteral("coalesce(nullif(a.title, ''), nullif(a.name, ''), a.rule_id)");
}

// Written for each alert: where no sign needs to be escaped, as nearly always, the signs are put together as they are.
QString fromStrings(const QStringList &strings)
{
    QString json = QStringLiteral("[");
    for (const QString &one : strings) {
        if (!std::all_of(one.begin(), one.end(), isPlain)) {
            return compact(QJsonArray::fromStringList(strings));
        }
        json += json.size() == 1 ? QLatin1String("\"") : QLatin1String(",\"");
        json += one;
        json += u'"';
    }
    return json + u']';
}

QStringList toStrings(const QString &json)
{
    QStringList strings;
    if (json != QLatin1String("[]")) {
        for (const QJsonValue value : parsed(json)) {
            strings.append(value.toString());
        }
    }
    return strings;
}

// Header values are bytes of any kind: each byte as the character of its number. One that is secret has a mark in the
// place of its value.
QString fromHeaders(const QList<Header> &headers)
{
    QJsonArray list;
    for (const Header &header : headers) {
        const QString name = QString::fromLatin1(header.name);
        list.append(header.secret ? QJsonArray{name, true} : QJsonArray{name, QString::fromLatin1(header.value)});
    }
    return compact(list);
}

QList<Header> toHeaders(const QString &json)
{
    QList<Header> headers;
    for (const QJsonValue value : parsed(json)) {
        const QJsonArray pair = value.toArray();
        headers.append({pair.at(0).toString().toLatin1(), pair.at(1).toString().toLatin1(), pair.at(1).toBool(false)});
    }
    return headers;
}

QString fromSecurity(const DestinationSecurity &security)
{
    return QString::fromUtf8(QJsonDocument(toJson(security)).toJson(QJsonDocument::Compact));
}

DestinationSecurity toSecurity(const QString &json)
{
    return securityFromJson(QJsonDocument::fromJson(json.toUtf8()).object());
}

QString nameKey(const QString &name)
{
    return name.trimmed().normalized(QString::NormalizationForm_C).toCaseFolded();
}

} // namespace courier::rows
