// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "store/search.h"

#include <QCoreApplication>
#include <QDateTime>

#include <array>

namespace courier {
namespace {

// One part of what was typed: a key with values, or a word (then without a key).
struct Part
{
    QString key;
    QStringList values;
    QString whole; ///< as it was typed, without quotes
};

constexpr std::array<const char *, 9> keys{"severity", "status", "type",  "dest", "destination",
                                           "source",   "since",  "until", "is"};

bool isKey(const QString &word)
{
    for (const char *key : keys) {
        if (word.compare(QLatin1String(key), Qt::CaseInsensitive) == 0) {
            return true;
        }
    }
    return false;
}

// Reads one part from \a at on: quotes hold spaces, commas and colons together; a backslash in them escapes one sign.
class PartReader
{
public:
    explicit PartReader(const QString &text)
        : m_text(text)
    {
    }

    bool next(Part &part)
    {
        while (m_at < m_text.size() && m_text.at(m_at).isSpace()) {
            ++m_at;
        }
        if (m_at == m_text.size()) {
            return false;
        }
        m_part = Part();
        m_value.clear();
        m_isQuoted = false;
        for (; m_at < m_text.size() && (m_isQuoted || !m_text.at(m_at).isSpace()); ++m_at) {
            take(m_text.at(m_at));
        }
        endValue();
        part = m_part;
        return true;
    }

private:
    void take(QChar sign)
    {
        if (sign == u'"') {
            m_isQuoted = !m_isQuoted;
            return;
        }
        if (m_isQuoted && sign == u'\\' && m_at + 1 < m_text.size()) {
            sign = m_text.at(++m_at);
        } else if (!m_isQuoted && sign == u':' && m_part.key.isEmpty() && isKey(m_value)) {
            m_part.key = m_value.toLower();
            m_value.clear();
            m_part.whole += sign;
            return;
        } else if (!m_isQuoted && sign == u',' && !m_part.key.isEmpty()) {
            endValue();
            m_part.whole += sign;
            return;
        }
        m_value += sign;
        m_part.whole += sign;
    }

    void endValue()
    {
        if (!m_value.isEmpty()) {
            m_part.values.append(m_value);
        }
        m_value.clear();
    }

    const QString &m_text;
    qsizetype m_at = 0;
    Part m_part;
    QString m_value;
    bool m_isQuoted = false;
};

QString keywordOf(AlertType type)
{
    return wireName(type).toLower().replace(u'_', u'-');
}

tl::unexpected<Error> invalid(const QString &message)
{
    return failure(Error::Kind::Invalid, message);
}

Result<Severity> severityOf(const QString &value)
{
    if (const std::optional<Severity> severity = severityFromUser(value)) {
        return *severity;
    }
    return invalid(
        QCoreApplication::translate("Search", "“%1” is no severity. There are critical, high, medium, low and info.")
            .arg(value));
}

Result<AlertStatus> statusOf(const QString &value)
{
    if (const std::optional<AlertStatus> status = alertStatusFromKeyword(value)) {
        return *status;
    }
    return invalid(QCoreApplication::translate("Search",
                                               "“%1” is no status. There are queued, sending, retrying, delivered, "
                                               "failed, held, cancelled and no-destination.")
                       .arg(value));
}

Result<AlertType> typeOf(const QString &value)
{
    const QString word = value.toLower().replace(u'_', u'-');
    for (const AlertType type : allAlertTypes()) {
        if (word == keywordOf(type)) {
            return type;
        }
    }
    return invalid(QCoreApplication::translate("Search",
                                               "“%1” is no type. There are rule, rule-error, policy, scheduled-rule, "
                                               "scheduled-rule-error and system-error.")
                       .arg(value));
}

Result<AlertLife> lifeOf(const QString &value)
{
    if (value.compare(QLatin1String("active"), Qt::CaseInsensitive) == 0) {
        return AlertLife::Active;
    }
    if (value.compare(QLatin1String("resolved"), Qt::CaseInsensitive) == 0) {
        return AlertLife::Resolved;
    }
    return invalid(
        QCoreApplication::translate("Search", "“%1” says nothing of an alert's life. There are active and resolved.")
            .arg(value));
}

constexpr qint64 second = 1000;

// "30m", "2h", "3d", "1w" as milliseconds.
std::optional<qint64> spanOf(const QString &value)
{
    constexpr std::array<std::pair<char16_t, qint64>, 5> units{{{u's', second},
                                                                {u'm', 60 * second},
                                                                {u'h', 3600 * second},
                                                                {u'd', 24 * 3600 * second},
                                                                {u'w', 7 * 24 * 3600 * second}}};
    constexpr qint64 most = 100000;
    for (const auto &[unit, length] : units) {
        if (value.size() > 1 && value.back().toLower() == unit) {
            bool isNumber = false;
            const qint64 count = value.chopped(1).toLongLong(&isNumber);
            return isNumber && count >= 0 && count <= most ? std::optional(count * length) : std::nullopt;
        }
    }
    return std::nullopt;
}

// A date alone means all of its day: from its start, or until the start of the next.
Result<qint64> momentOf(const QString &value, qint64 now, bool isUntil)
{
    if (const std::optional<qint64> span = spanOf(value)) {
        return now - *span;
    }
    const QDate day = QDate::fromString(value, Qt::ISODate);
    if (day.isValid() && value.size() == 10) {
        return (isUntil ? day.addDays(1) : day).startOfDay().toMSecsSinceEpoch();
    }
    QString text = value;
    const QDateTime moment = QDateTime::fromString(text.replace(u' ', u'T'), Qt::ISODate);
    if (moment.isValid() && value.size() > 10) {
        return moment.toMSecsSinceEpoch();
    }
    return invalid(QCoreApplication::translate("Search",
                                               "“%1” is no time. Write a span such as 30m, 2h, 3d or 1w, or a date "
                                               "such as 2026-11-01 or 2026-11-01T14:30.")
                       .arg(value));
}

Result<void> addEnum(AlertFilter &filter, const QString &key, const QString &value)
{
    if (key == QLatin1String("severity")) {
        return severityOf(value).map([&](Severity severity) { filter.severities.set(severity); });
    }
    if (key == QLatin1String("status")) {
        return statusOf(value).map([&](AlertStatus status) { filter.statuses.append(status); });
    }
    if (key == QLatin1String("is")) {
        return lifeOf(value).map([&](AlertLife life) { filter.lives.append(life); });
    }
    return typeOf(value).map([&](AlertType type) { filter.types.set(type); });
}

Result<void> addValue(AlertFilter &filter, const QString &key, const QString &value, qint64 now)
{
    if (key == QLatin1String("since")) {
        return momentOf(value, now, false).map([&](qint64 moment) { filter.since = moment; });
    }
    if (key == QLatin1String("until")) {
        return momentOf(value, now, true).map([&](qint64 moment) { filter.until = moment; });
    }
    if (key == QLatin1String("source")) {
        filter.sources.append(value);
        return {};
    }
    if (key.startsWith(QLatin1String("dest"))) {
        filter.destinations.append(value);
        return {};
    }
    return addEnum(filter, key, value);
}

Result<void> addPart(AlertFilter &filter, const Part &part, qint64 now)
{
    if (part.key.isEmpty()) {
        filter.words.append(part.values);
        return {};
    }
    if (part.values.isEmpty() && (part.key == QLatin1String("source") || part.key.startsWith(QLatin1String("dest")))) {
        return invalid(QCoreApplication::translate("Search", "Write a name after “%1”.").arg(part.whole));
    }
    for (const QString &value : part.values.isEmpty() ? QStringList{QString()} : part.values) {
        if (const Result<void> added = addValue(filter, part.key, value, now); !added) {
            return added;
        }
    }
    return {};
}

} // namespace

bool AlertFilter::isBysummary() const
{
    return types.isEmpty() && destinations.isEmpty() && sources.isEmpty() && words.isEmpty();
}

bool AlertFilter::isEmpty() const
{
    return isBysummary() && severities.isEmpty() && statuses.isEmpty() && lives.isEmpty() && !since && !until &&
           !needsAttention && !deliveredSince;
}

Result<AlertFilter> parseSearch(const QString &text, qint64 now)
{
    AlertFilter filter;
    PartReader reader(text);
    Part part;
    while (reader.next(part)) {
        if (const Result<void> added = addPart(filter, part, now); !added) {
            return tl::unexpected(added.error());
        }
    }
    return filter;
}

} // namespace courier
