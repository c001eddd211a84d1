// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "intake/alertreader.h"

#include "intake/fieldwords.h"
#include "intake/jsonslice.h"
#include "intake/jsontext.h"
#include "intake/timetext.h"

#include <QCoreApplication>
#include <QSet>

#include <array>
#include <bitset>

namespace courier {

namespace {

QString say(const char *sentence)
{
    return QCoreApplication::translate("AlertReader", sentence);
}

// Each of these takes one value and gives what is wrong with it; nothing where it is fine.

QString takeText(QString &target, const JsonSlice &value)
{
    if (value.kind != JsonKind::String) {
        return fieldwords::wrongKind(displayName(JsonKind::String), value.kind);
    }
    target = jsonText(value.bytes);
    return {};
}

QString takeShortText(QString &target, const JsonSlice &value)
{
    QString fault = takeText(target, value);
    if (fault.isEmpty() && value.bytes.size() > maxShortTextBytes && target.toUtf8().size() > maxShortTextBytes) {
        return fieldwords::tooLong();
    }
    return fault;
}

QString takeId(QString &target, const JsonSlice &value)
{
    QString fault = takeShortText(target, value);
    return fault.isEmpty() && target.isEmpty() ? fieldwords::mustNotBeEmpty() : fault;
}

QString takeOptional(std::optional<QString> &target, const JsonSlice &value)
{
    return value.kind == JsonKind::Null ? QString() : takeShortText(target.emplace(), value);
}

using TextTaker = QString (*)(QString &, const JsonSlice &);

QString takeUnlessNull(TextTaker take, QString &target, const JsonSlice &value)
{
    return value.kind == JsonKind::Null ? QString() : take(target, value);
}

QString takeList(QStringList &target, const JsonSlice &value)
{
    if (value.kind == JsonKind::Null) {
        return {};
    }
    if (value.kind != JsonKind::Array) {
        return fieldwords::wrongKind(fieldwords::arrayOfStrings(), value.kind);
    }
    const auto list = takeApart(value.bytes);
    for (const JsonSlice &element : list ? list->parts : QList<JsonSlice>()) {
        if (const QString fault = takeShortText(target.emplaceBack(), element); !fault.isEmpty()) {
            return fieldwords::inElement(target.size(), fault);
        }
    }
    return {};
}

QString takeContext(QByteArray &target, const JsonSlice &value)
{
    if (value.kind == JsonKind::Null) {
        return {};
    }
    if (value.kind != JsonKind::Object) {
        return fieldwords::wrongKind(displayName(JsonKind::Object), value.kind);
    }
    target = value.bytes.toByteArray();
    return {};
}

QString takeCreatedAt(QString &target, const JsonSlice &value)
{
    QString fault = takeShortText(target, value);
    if (!fault.isEmpty()) {
        return fault;
    }
    const std::optional<QString> utc = utcDateTime(target);
    if (!utc) {
        return fieldwords::noDateTime(target);
    }
    target = *utc;
    return {};
}

template<typename T>
QString wordsOf(const QList<T> &values)
{
    QStringList words;
    for (const T value : values) {
        words.append(wireName(value));
    }
    return words.join(QLatin1String(", "));
}

/// One of \a all by its word on the wire, in any letter case.
template<typename T>
QString takeWord(T &target, const JsonSlice &value, const QList<T> &all, std::optional<T> (*fromWord)(QStringView))
{
    if (value.kind != JsonKind::String) {
        return fieldwords::wrongKind(say(QT_TRANSLATE_NOOP("AlertReader", "one of %1")).arg(wordsOf(all)), value.kind);
    }
    const QString word = jsonText(value.bytes);
    const std::optional<T> found = fromWord(word.toUpper());
    if (!found) {
        return say(QT_TRANSLATE_NOOP("AlertReader", "%1 is none of %2.")).arg(fieldwords::quoted(word), wordsOf(all));
    }
    target = *found;
    return {};
}

struct Field
{
    QLatin1String name;
    QString (*take)(Alert &alert, const JsonSlice &value) = nullptr;
};

// The ones an alert can't be without come first.
constexpr size_t idField = 0;
constexpr size_t severityField = 1;
constexpr size_t createdAtField = 2;

const std::array<Field, 15> fields{{
    {QLatin1String("id"), [](Alert &alert, const JsonSlice &value) { return takeId(alert.ruleId, value); }},
    {QLatin1String("severity"),
     [](Alert &alert, const JsonSlice &value) {
         return takeWord(alert.severity, value, allSeverities(), severityFromWire);
     }},
    {QLatin1String("createdAt"),
     [](Alert &alert, const JsonSlice &value) { return takeCreatedAt(alert.createdAt, value); }},
    {QLatin1String("type"),
     [](Alert &alert, const JsonSlice &value) {
         return takeWord(alert.type, value, allAlertTypes(), alertTypeFromWire);
     }},
    {QLatin1String("link"),
     [](Alert &alert, const JsonSlice &value) { return takeUnlessNull(takeShortText, alert.link, value); }},
    {QLatin1String("title"),
     [](Alert &alert, const JsonSlice &value) { return takeUnlessNull(takeShortText, alert.title, value); }},
    {QLatin1String("name"), [](Alert &alert, const JsonSlice &value) { return takeOptional(alert.name, value); }},
    {QLatin1String("alertId"), [](Alert &alert, const JsonSlice &value) { return takeOptional(alert.alertId, value); }},
    {QLatin1String("alertContext"),
     [](Alert &alert, const JsonSlice &value) { return takeContext(alert.context, value); }},
    {QLatin1String("description"),
     [](Alert &alert, const JsonSlice &value) { return takeUnlessNull(takeText, alert.description, value); }},
    {QLatin1String("runbook"),
     [](Alert &alert, const JsonSlice &value) { return takeUnlessNull(takeText, alert.runbook, value); }},
    {QLatin1String("tags"), [](Alert &alert, const JsonSlice &value) { return takeList(alert.tags, value); }},
    {QLatin1String("version"), [](Alert &alert, const JsonSlice &value) { return takeOptional(alert.version, value); }},
    {QLatin1String("destinations"),
     [](Alert &alert, const JsonSlice &value) { return takeList(alert.destinations, value); }},
    {QLatin1String("outputIds"), [](Alert &alert, const JsonSlice &value) { return takeList(alert.outputIds, value); }},
}};

/// Reads one object, member by member, up to the first fault.
class AlertReading
{
public:
    AlertReading(QByteArrayView json, qint64 nowMsecsUtc)
        : m_json(json)
        , m_now(nowMsecsUtc)
    {
    }

    tl::expected<Alert, AlertFault> run();

private:
    std::optional<AlertFault> take(const JsonSlice &member);
    std::optional<AlertFault> checkComplete(const JsonSlice &whole) const;
    AlertFault isTwice(const JsonSlice &member, const QString &name) const;
    AlertFault faultAt(qsizetype offset, const QString &field, const QString &message) const
    {
        return {placeOf(m_json, offset), field, message};
    }

    QByteArrayView m_json;
    qint64 m_now;
    Alert m_alert;
    std::bitset<fields.size()> m_seen;
    QSet<QString> m_otherNames; ///< that are not among the fields
};

std::optional<AlertFault> AlertReading::take(const JsonSlice &member)
{
    const QString name = jsonText(member.name);
    for (size_t i = 0; i < fields.size(); ++i) {
        if (name == fields[i].name) {
            if (m_seen.test(i)) {
                return isTwice(member, name);
            }
            m_seen.set(i);
            const QString fault = fields[i].take(m_alert, member);
            return fault.isEmpty() ? std::nullopt : std::optional(faultAt(member.offset, name, fault));
        }
    }
    const qsizetype known = m_otherNames.size();
    m_otherNames.insert(name);
    return m_otherNames.size() == known ? std::optional(isTwice(member, name)) : std::nullopt;
}

AlertFault AlertReading::isTwice(const JsonSlice &member, const QString &name) const
{
    return faultAt(member.name.data() - m_json.data(), name.left(80),
                   say(QT_TRANSLATE_NOOP("AlertReader", "is there twice.")));
}

std::optional<AlertFault> AlertReading::checkComplete(const JsonSlice &whole) const
{
    if (!m_seen.test(idField)) {
        return faultAt(whole.offset, QStringLiteral("id"),
                       say(QT_TRANSLATE_NOOP("AlertReader", "is missing: the rule or policy that raised the alert.")));
    }
    if (!m_seen.test(severityField)) {
        return faultAt(whole.offset, QStringLiteral("severity"),
                       say(QT_TRANSLATE_NOOP("AlertReader", "is missing: one of %1.")).arg(wordsOf(allSeverities())));
    }
    return std::nullopt;
}

tl::expected<Alert, AlertFault> AlertReading::run()
{
    if (m_json.size() > maxAlertBytes) {
        return tl::unexpected(faultAt(0, {}, say(QT_TRANSLATE_NOOP("AlertReader", "this alert is over 10 MiB."))));
    }
    const auto object = takeApart(m_json);
    if (!object) {
        return tl::unexpected(AlertFault{object.error().place, {}, object.error().message, true});
    }
    if (object->whole.kind != JsonKind::Object) {
        return tl::unexpected(
            faultAt(object->whole.offset, {},
                    say(QT_TRANSLATE_NOOP("AlertReader", "an alert must be an object in braces { }, not %1."))
                        .arg(displayName(object->whole.kind))));
    }
    for (const JsonSlice &member : object->parts) {
        if (const auto fault = take(member)) {
            return tl::unexpected(*fault);
        }
    }
    if (const auto fault = checkComplete(object->whole)) {
        return tl::unexpected(*fault);
    }
    if (!m_seen.test(createdAtField)) {
        m_alert.createdAt = rfc3339(m_now);
    }
    return std::move(m_alert);
}

} // namespace

tl::expected<Alert, AlertFault> readAlert(QByteArrayView json, qint64 nowMsecsUtc)
{
    return AlertReading(json, nowMsecsUtc).run();
}

} // namespace courier
