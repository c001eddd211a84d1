// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "intake/severitymap.h"

#include "intake/jsonslice.h"
#include "intake/jsontext.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <limits>

namespace courier {

namespace {

constexpr qint64 andMore = std::numeric_limits<qint64>::max();
constexpr qsizetype maxKeySize = 100;
const QLatin1String allElse("*");

QString say(const char *sentence)
{
    return QCoreApplication::translate("SeverityMap", sentence);
}

/// A whole number as it stands in a key: digits only, at most nine.
std::optional<qint64> toNumber(QStringView text)
{
    const bool digits = !text.isEmpty() && text.size() <= 9 && std::all_of(text.begin(), text.end(), [](QChar c) {
        return c >= QLatin1Char('0') && c <= QLatin1Char('9');
    });
    return digits ? std::optional(text.toLongLong()) : std::nullopt;
}

QString severityWords()
{
    QStringList words;
    for (const Severity severity : allSeverities()) {
        words.append(wireName(severity));
    }
    return words.join(QLatin1String(", "));
}

Result<Severity> toSeverity(const QString &key, const JsonSlice &value)
{
    const QString word = value.kind == JsonKind::String ? jsonText(value.bytes) : QString::fromUtf8(value.bytes);
    if (value.kind == JsonKind::String) {
        if (const auto severity = severityFromUser(word)) {
            return *severity;
        }
    }
    return failure(Error::Kind::Invalid, say(QT_TRANSLATE_NOOP("SeverityMap", "%1: \"%2\" is none of %3."))
                                             .arg(key.left(maxKeySize), word.left(maxKeySize), severityWords()));
}

} // namespace

SeverityMap::SeverityMap(std::initializer_list<Entry> entries, Severity otherwise)
    : m_otherwise(otherwise)
{
    for (const Entry &entry : entries) {
        const Result<void> done = set(entry.key, entry.severity);
        Q_ASSERT(done);
        Q_UNUSED(done)
    }
}

std::optional<SeverityMap::Span> SeverityMap::toSpan(const QString &key)
{
    const qsizetype dash = key.indexOf(QLatin1Char('-'));
    const QStringView view(key);
    const auto from = toNumber((dash < 0 ? view : view.first(dash)).trimmed());
    if (!from) {
        return std::nullopt;
    }
    const QStringView end = dash < 0 ? view : view.sliced(dash + 1).trimmed();
    if (dash >= 0 && end.isEmpty()) {
        return Span{*from, andMore};
    }
    const auto to = toNumber(end.trimmed());
    return to && *to >= *from ? std::optional(Span{*from, *to}) : std::nullopt;
}

QString SeverityMap::toKey(const Span &span)
{
    const QString from = QString::number(span.from);
    if (span.from == span.to) {
        return from;
    }
    return span.to == andMore ? QString(from % QLatin1Char('-'))
                              : QString(from % QLatin1Char('-') % QString::number(span.to));
}

Result<void> SeverityMap::set(const QString &key, Severity severity)
{
    const QString word = key.trimmed().toLower();
    if (word.isEmpty() || word == allElse) {
        return failure(Error::Kind::Invalid, say(QT_TRANSLATE_NOOP("SeverityMap", "A word or a level is missing.")));
    }
    if (word.size() > maxKeySize) {
        return failure(Error::Kind::Invalid, say(QT_TRANSLATE_NOOP("SeverityMap", "%1… is longer than %2 letters."))
                                                 .arg(word.left(maxKeySize), QString::number(maxKeySize)));
    }
    if (auto span = toSpan(word)) {
        span->severity = severity;
        return setSpan(*span);
    }
    if (word.front() >= QLatin1Char('0') && word.front() <= QLatin1Char('9') && word.contains(QLatin1Char('-'))) {
        return failure(
            Error::Kind::Invalid,
            say(QT_TRANSLATE_NOOP("SeverityMap", "%1 is no span of levels: write 3, 7-11, or 4- for 4 and more."))
                .arg(word));
    }
    m_words.insert(word, severity);
    return {};
}

Result<void> SeverityMap::setSpan(const Span &span)
{
    for (Span &other : m_spans) {
        if (other.from == span.from && other.to == span.to) {
            other.severity = span.severity;
            return {};
        }
        if (other.from <= span.to && span.from <= other.to) {
            return failure(Error::Kind::Invalid,
                           say(QT_TRANSLATE_NOOP("SeverityMap", "%1 and %2 have levels in common."))
                               .arg(toKey(other), toKey(span)));
        }
    }
    const auto after =
        std::find_if(m_spans.begin(), m_spans.end(), [&span](const Span &other) { return other.from > span.from; });
    m_spans.insert(after, span);
    return {};
}

void SeverityMap::remove(const QString &key)
{
    const QString word = key.trimmed().toLower();
    m_words.remove(word);
    if (const auto span = toSpan(word)) {
        m_spans.removeIf([&span](const Span &other) { return other.from == span->from && other.to == span->to; });
    }
}

std::optional<Severity> SeverityMap::find(QStringView word) const
{
    const QString key = word.trimmed().toString().toLower();
    if (const auto level = m_spans.isEmpty() ? std::nullopt : toNumber(key)) {
        for (const Span &span : m_spans) {
            if (*level >= span.from && *level <= span.to) {
                return span.severity;
            }
        }
        return std::nullopt;
    }
    const auto found = m_words.constFind(key);
    return found == m_words.constEnd() ? std::nullopt : std::optional(*found);
}

QList<SeverityMap::Entry> SeverityMap::entries() const
{
    QList<Entry> list;
    for (auto it = m_words.begin(); it != m_words.end(); ++it) {
        list.append({it.key(), it.value()});
    }
    std::sort(list.begin(), list.end(), [](const Entry &a, const Entry &b) {
        return a.severity != b.severity ? a.severity > b.severity : a.key < b.key;
    });
    QList<Span> spans = m_spans;
    std::stable_sort(spans.begin(), spans.end(), [](const Span &a, const Span &b) { return a.severity > b.severity; });
    for (const Span &span : spans) {
        list.append({toKey(span), span.severity});
    }
    return list;
}

QByteArray SeverityMap::toJson() const
{
    QJsonObject object{{allElse, wireName(m_otherwise)}};
    for (const Entry &entry : entries()) {
        object.insert(entry.key, wireName(entry.severity));
    }
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

Result<SeverityMap> SeverityMap::fromJson(QByteArrayView json)
{
    const auto object = takeApart(json);
    if (!object) {
        return failure(Error::Kind::Invalid, lineSentence(object.error()));
    }
    if (object->whole.kind != JsonKind::Object) {
        return failure(
            Error::Kind::Invalid,
            say(QT_TRANSLATE_NOOP("SeverityMap", "A table of severities is an object in braces { }, not %1."))
                .arg(displayName(object->whole.kind)));
    }
    SeverityMap map;
    for (const JsonSlice &member : object->parts) {
        const QString key = jsonText(member.name);
        const Result<Severity> severity = toSeverity(key, member);
        if (!severity) {
            return tl::unexpected(severity.error());
        }
        if (key == allElse) {
            map.setOtherwise(*severity);
        } else if (const Result<void> done = map.set(key, *severity); !done) {
            return tl::unexpected(done.error());
        }
    }
    return map;
}

} // namespace courier
