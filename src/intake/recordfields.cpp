// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "intake/recordfields.h"

#include "intake/alertreader.h"
#include "intake/fieldwords.h"
#include "intake/jsontext.h"

#include <QCoreApplication>

#include <algorithm>

namespace courier {

namespace {

QString say(const char *sentence)
{
    return QCoreApplication::translate("RecordFields", sentence);
}

/// Most names are written as they are read: only the others are worked out.
bool isCalled(QByteArrayView name, QLatin1String wanted)
{
    if (name.sliced(1, name.size() - 2) == QByteArrayView(wanted.data(), wanted.size())) {
        return true;
    }
    return name.contains('\\') && jsonText(name) == wanted;
}

} // namespace

RecordFields RecordFields::of(QByteArrayView record, const QString &what)
{
    RecordFields fields;
    fields.m_shared = std::make_shared<Shared>(Shared{record, {}});
    fields.m_bytes = record;
    if (record.size() > maxAlertBytes) {
        fields.refuseAt(0, {}, say(QT_TRANSLATE_NOOP("RecordFields", "this alert is over 10 MiB.")));
        return fields;
    }
    auto parts = takeApart(record);
    if (!parts) {
        fields.m_shared->fault = AlertFault{parts.error().place, {}, parts.error().message, true};
    } else if (parts->whole.kind != JsonKind::Object) {
        fields.refuseAt(parts->whole.offset, {},
                        say(QT_TRANSLATE_NOOP("RecordFields", "%1 must be an object in braces { }, not %2."))
                            .arg(what, displayName(parts->whole.kind)));
    } else {
        fields.m_bytes = parts->whole.bytes;
        fields.m_members = std::move(parts->parts);
    }
    return fields;
}

void RecordFields::refuse(QLatin1String name, const QString &message) const
{
    const JsonSlice *value = find(name);
    const char *place = value ? value->bytes.data() : m_bytes.data();
    refuseAt(place - m_shared->record.data(), name.isEmpty() ? QString() : QString(m_path % name), message);
}

void RecordFields::refuseMissing(QLatin1String name, const QString &what) const
{
    refuse(name, what.isEmpty() ? say(QT_TRANSLATE_NOOP("RecordFields", "is missing."))
                                : say(QT_TRANSLATE_NOOP("RecordFields", "is missing: %1.")).arg(what));
}

void RecordFields::refuseAt(qsizetype offset, const QString &field, const QString &message) const
{
    if (isFine()) {
        m_shared->fault = AlertFault{placeOf(m_shared->record, offset), field, message};
    }
}

void RecordFields::refuseValue(const JsonSlice &value, QLatin1String name, const QString &message) const
{
    refuseAt(value.bytes.data() - m_shared->record.data(), m_path % name, message);
}

const JsonSlice *RecordFields::find(QLatin1String name) const
{
    const auto found = std::find_if(m_members.rbegin(), m_members.rend(),
                                    [name](const JsonSlice &member) { return isCalled(member.name, name); });
    return found == m_members.rend() ? nullptr : &*found;
}

QString RecordFields::longText(QLatin1String name) const
{
    const JsonSlice *value = find(name);
    if (!isPresent(value)) {
        return {};
    }
    if (value->kind != JsonKind::String) {
        refuseValue(*value, name, fieldwords::wrongKind(displayName(JsonKind::String), value->kind));
        return {};
    }
    return jsonText(value->bytes);
}

QString RecordFields::text(QLatin1String name) const
{
    QString text = longText(name);
    if (text.size() > maxShortTextBytes / 4 && text.toUtf8().size() > maxShortTextBytes) {
        refuse(name, fieldwords::tooLong());
    }
    return text;
}

QString RecordFields::word(QLatin1String name) const
{
    const JsonSlice *value = find(name);
    return value && value->kind == JsonKind::Number ? QString::fromLatin1(value->bytes) : text(name);
}

QStringList RecordFields::texts(QLatin1String name) const
{
    QStringList list;
    if (!isPresent(find(name))) {
        return list;
    }
    for (const JsonSlice &element : elements(name)) {
        QString text;
        if (element.kind == JsonKind::String) {
            text = jsonText(element.bytes);
        } else {
            refuseValue(element, name,
                        fieldwords::inElement(list.size() + 1,
                                              fieldwords::wrongKind(displayName(JsonKind::String), element.kind)));
        }
        if (text.size() > maxShortTextBytes / 4 && text.toUtf8().size() > maxShortTextBytes) {
            refuseValue(element, name, fieldwords::inElement(list.size() + 1, fieldwords::tooLong()));
        }
        list.append(text);
    }
    return list;
}

std::optional<UtcTime> RecordFields::time(QLatin1String name) const
{
    const QString written = text(name);
    if (written.isEmpty() && !(find(name) && find(name)->kind == JsonKind::String)) {
        return std::nullopt;
    }
    auto time = utcTime(written);
    if (!time) {
        refuse(name, fieldwords::noDateTime(written));
    }
    return time;
}

RecordFields RecordFields::object(QLatin1String name) const
{
    RecordFields fields;
    fields.m_shared = m_shared;
    fields.m_path = m_path % name % QLatin1Char('.');
    fields.m_bytes = m_bytes;
    if (const JsonSlice *value = find(name); isPresent(value)) {
        if (value->kind == JsonKind::Object) {
            fields.become(*value);
        } else {
            refuseValue(*value, name, fieldwords::wrongKind(displayName(JsonKind::Object), value->kind));
        }
    }
    return fields;
}

QList<JsonSlice> RecordFields::elements(QLatin1String name) const
{
    const JsonSlice *value = find(name);
    if (!isPresent(value)) {
        refuseMissing(name);
        return {};
    }
    if (value->kind != JsonKind::Array) {
        refuseValue(*value, name, fieldwords::wrongKind(displayName(JsonKind::Array), value->kind));
        return {};
    }
    auto parts = takeApart(value->bytes);
    return parts ? std::move(parts->parts) : QList<JsonSlice>();
}

RecordFields RecordFields::element(const JsonSlice &slice, const QString &what) const
{
    RecordFields fields;
    fields.m_shared = std::make_shared<Shared>(Shared{m_shared->record, {}});
    fields.m_bytes = slice.bytes;
    if (slice.kind == JsonKind::Object) {
        fields.become(slice);
    } else {
        fields.refuseAt(slice.bytes.data() - m_shared->record.data(), {},
                        say(QT_TRANSLATE_NOOP("RecordFields", "%1 must be an object in braces { }, not %2."))
                            .arg(what, displayName(slice.kind)));
    }
    return fields;
}

/// The record was checked as a whole: its parts are JSON.
void RecordFields::become(const JsonSlice &object)
{
    m_bytes = object.bytes;
    if (auto parts = takeApart(object.bytes)) {
        m_members = std::move(parts->parts);
    }
}

} // namespace courier
