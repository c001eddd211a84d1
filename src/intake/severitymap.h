// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "domain/error.h"
#include "domain/severity.h"

#include <QByteArray>
#include <QHash>
#include <QList>
#include <QString>

#include <optional>

namespace courier {

/// From a source's words and levels to our severities. A word is matched whatever its case; a level is a whole number
/// within a span such as 3, 7-11 or 4- (4 and more). A value; any thread may read it.
class SeverityMap
{
public:
    /// One line of the table, as people read and edit it.
    struct Entry
    {
        QString key; ///< "critical", "3", "7-11" or "4-"
        Severity severity = Severity::Medium;
        bool operator==(const Entry &) const = default;
    };

    SeverityMap() = default;
    /// For tables in the program: its keys are fine.
    SeverityMap(std::initializer_list<Entry> entries, Severity otherwise);

    /// Adds or changes an entry; Invalid, with a sentence that names the key, where it is none.
    Result<void> set(const QString &key, Severity severity);
    void remove(const QString &key);
    void setOtherwise(Severity severity) { m_otherwise = severity; }

    /// What the table says of a word or level; nothing where it says nothing.
    std::optional<Severity> find(QStringView word) const;
    /// The same, and the severity of all else.
    Severity severityOf(QStringView word) const { return find(word).value_or(m_otherwise); }
    Severity otherwise() const { return m_otherwise; }

    bool isEmpty() const { return m_words.isEmpty() && m_spans.isEmpty(); }
    /// Words first, then levels; worst first, then by name and number.
    QList<Entry> entries() const;

    /// {"critical":"CRITICAL","7-11":"MEDIUM","*":"MEDIUM"}: "*" is all else.
    QByteArray toJson() const;
    /// Severities in any case. What is wrong is said with the key it is about.
    static Result<SeverityMap> fromJson(QByteArrayView json);

    bool operator==(const SeverityMap &) const = default;

private:
    struct Span
    {
        qint64 from = 0;
        qint64 to = 0; ///< inclusive; the highest number there is: and more
        Severity severity = Severity::Medium;
        bool operator==(const Span &) const = default;
    };
    static std::optional<Span> toSpan(const QString &key);
    static QString toKey(const Span &span);
    Result<void> setSpan(const Span &span);

    QHash<QString, Severity> m_words; ///< in lower case
    QList<Span> m_spans;              ///< by their beginning, without overlap
    Severity m_otherwise = Severity::Medium;
};

} // namespace courier
