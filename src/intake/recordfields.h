// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "intake/alertfault.h"
#include "intake/jsonslice.h"
#include "intake/timetext.h"

#include <QByteArrayView>
#include <QList>
#include <QString>
#include <QStringList>

#include <memory>
#include <optional>

namespace courier {

/// Takes the fields out of one record, a JSON object, and keeps the first thing that is wrong with one of them: whoever
/// reads takes all it needs, and asks once at the end. A field that is missing, or null, gives an empty value. Copies
/// share the record and what is wrong with it. The record's bytes outlive all of them. For one thread.
class RecordFields
{
public:
    /// Checks all of \a record, and that it is an object; \a what names it in a sentence: "an alert" (translated).
    static RecordFields of(QByteArrayView record, const QString &what);

    bool isFine() const { return !m_shared->fault; }
    /// Only where something is wrong.
    const AlertFault &fault() const { return *m_shared->fault; }
    /// Notes that a field is wrong, unless something was wrong before; \a name may be empty.
    void refuse(QLatin1String name, const QString &message) const;
    void refuseMissing(QLatin1String name, const QString &what = {}) const;

    bool has(QLatin1String name) const { return find(name) != nullptr; }
    /// The last one of that name; null where there is none.
    const JsonSlice *find(QLatin1String name) const;
    const QList<JsonSlice> &members() const { return m_members; }
    QByteArrayView bytes() const { return m_bytes; }

    /// A short text: at most 64 KiB.
    QString text(QLatin1String name) const;
    /// A text without a limit of its own.
    QString longText(QLatin1String name) const;
    /// A short text, or a number as it is written.
    QString word(QLatin1String name) const;
    QStringList texts(QLatin1String name) const;
    /// A date and time, in UTC.
    std::optional<UtcTime> time(QLatin1String name) const;
    /// An object inside this one; one without members where it is missing.
    RecordFields object(QLatin1String name) const;
    /// The elements of an array, which must be there.
    QList<JsonSlice> elements(QLatin1String name) const;
    /// An element that elements() gave: as a record of its own, whose faults are noted apart.
    RecordFields element(const JsonSlice &slice, const QString &what) const;

private:
    struct Shared
    {
        QByteArrayView record;
        std::optional<AlertFault> fault;
    };
    RecordFields() = default;
    void become(const JsonSlice &object);
    void refuseAt(qsizetype offset, const QString &field, const QString &message) const;
    void refuseValue(const JsonSlice &value, QLatin1String name, const QString &message) const;
    bool isPresent(const JsonSlice *value) const { return value && value->kind != JsonKind::Null; }

    std::shared_ptr<Shared> m_shared;
    QByteArrayView m_bytes;
    QList<JsonSlice> m_members;
    QString m_path; ///< "alert.", of an object inside another
};

} // namespace courier
