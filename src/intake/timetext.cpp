// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "intake/timetext.h"

#include <QDate>

#include <algorithm>

namespace courier {

namespace {

/// Reads a text from its beginning, piece by piece; once a piece is not there, none is any more.
class Cursor
{
public:
    explicit Cursor(QStringView text)
        : m_text(text)
    {
    }

    /// A number of exactly \a digits digits.
    int number(int digits)
    {
        int value = 0;
        for (int i = 0; i < digits; ++i) {
            value = value * 10 + (startsWithDigit() ? m_text.front().unicode() - u'0' : 0);
            step(startsWithDigit());
        }
        return value;
    }

    /// One of the letters in \a allowed.
    char16_t letter(QStringView allowed)
    {
        const char16_t found = m_text.isEmpty() ? u'\0' : m_text.front().unicode();
        step(!m_text.isEmpty() && allowed.contains(m_text.front()));
        return found;
    }

    /// The digits that stand here; at least one.
    QStringView digits()
    {
        const QStringView begin = m_text;
        step(startsWithDigit());
        while (startsWithDigit()) {
            step(true);
        }
        return begin.first(begin.size() - m_text.size());
    }

    bool startsWith(QChar c) const { return m_text.startsWith(c); }
    /// All pieces were there, and nothing is left.
    bool isDone() const { return m_good && m_text.isEmpty(); }

private:
    bool startsWithDigit() const
    {
        return !m_text.isEmpty() && m_text.front() >= QLatin1Char('0') && m_text.front() <= QLatin1Char('9');
    }
    void step(bool good)
    {
        m_good = m_good && good;
        m_text = m_good ? m_text.sliced(1) : QStringView();
    }

    QStringView m_text;
    bool m_good = true;
};

constexpr int minutesOfDay = 24 * 60;
constexpr qsizetype finestDigits = 9; // of a nanosecond

struct Moment
{
    QDate date;
    int minute = 0; ///< of the day
    int second = 0;
    QStringView fraction; ///< its digits, in the text that was read; empty where there is none
    bool asIs = false;    ///< in UTC, and not too fine
};

/// Reads "12:30"; an hour and minute that a day doesn't have give -1.
int takeMinutes(Cursor &cursor)
{
    const int hour = cursor.number(2);
    cursor.letter(u":");
    const int minute = cursor.number(2);
    return hour < 24 && minute < 60 ? hour * 60 + minute : -1;
}

void takeDate(Cursor &cursor, Moment &moment)
{
    const int year = cursor.number(4);
    cursor.letter(u"-");
    const int month = cursor.number(2);
    cursor.letter(u"-");
    moment.date = QDate(year, month, cursor.number(2));
}

/// Gives false where the time of the day doesn't exist.
bool takeTime(Cursor &cursor, Moment &moment)
{
    moment.minute = takeMinutes(cursor);
    cursor.letter(u":");
    moment.second = cursor.number(2);
    moment.asIs = true;
    if (cursor.startsWith(QLatin1Char('.'))) {
        cursor.letter(u".");
        const QStringView digits = cursor.digits();
        moment.asIs = digits.size() <= finestDigits;
        moment.fraction = digits.first(std::min(finestDigits, digits.size()));
    }
    return moment.minute >= 0;
}

/// The zone's minutes east of UTC; nothing where there is no such zone.
std::optional<int> takeZone(Cursor &cursor, Moment &moment)
{
    const char16_t sign = cursor.letter(u"Zz+-");
    if (sign == u'Z' || sign == u'z') {
        return 0;
    }
    moment.asIs = false;
    const int minutes = takeMinutes(cursor);
    return minutes < 0 ? std::nullopt : std::optional(sign == u'-' ? -minutes : minutes);
}

void moveByMinutes(Moment &moment, int minutes)
{
    moment.minute += minutes;
    const int days = moment.minute < 0 ? -1 : moment.minute / minutesOfDay;
    moment.minute -= days * minutesOfDay;
    moment.date = moment.date.addDays(days);
}

/// A minute has 60 seconds, or 61 where a leap second may come.
bool hasSecond(const Moment &utc)
{
    if (utc.second < 60) {
        return true;
    }
    const int day = utc.date.month() * 100 + utc.date.day();
    return utc.second == 60 && utc.minute == minutesOfDay - 1 && (day == 630 || day == 1231);
}

/// A number of four or two digits, and what stands after it.
template<std::size_t Digits>
QChar *put(QChar *place, int number, char16_t after)
{
    for (std::size_t digit = Digits; digit > 0; --digit) {
        place[digit - 1] = QChar(static_cast<char16_t>(u'0' + number % 10));
        number /= 10;
    }
    place[Digits] = after;
    return place + Digits + 1;
}

QString toText(const Moment &utc)
{
    constexpr qsizetype toTheSecond = 20; // "2026-01-31T12:30:00Z"
    int year = 0;
    int month = 0;
    int day = 0;
    utc.date.getDate(&year, &month, &day);
    const bool isFine = !utc.fraction.isEmpty();
    QString text(toTheSecond + (isFine ? 1 + utc.fraction.size() : 0), Qt::Uninitialized);
    QChar *place = text.data();
    place = put<4>(place, year, u'-');
    place = put<2>(place, month, u'-');
    place = put<2>(place, day, u'T');
    place = put<2>(place, utc.minute / 60, u':');
    place = put<2>(place, utc.minute % 60, u':');
    place = put<2>(place, utc.second, isFine ? u'.' : u'Z');
    if (isFine) {
        place = std::copy(utc.fraction.begin(), utc.fraction.end(), place);
        *place = u'Z';
    }
    return text;
}

std::optional<Moment> readUtc(QStringView text)
{
    Cursor cursor(text);
    Moment moment;
    takeDate(cursor, moment);
    cursor.letter(u"Tt");
    const bool isTime = takeTime(cursor, moment);
    const std::optional<int> zone = takeZone(cursor, moment);
    if (!cursor.isDone() || !moment.date.isValid() || !isTime || !zone) {
        return std::nullopt;
    }
    moveByMinutes(moment, -*zone);
    if (!hasSecond(moment) || moment.date.year() < 1 || moment.date.year() > 9999) {
        return std::nullopt;
    }
    return moment;
}

qint64 toMsecs(const Moment &utc)
{
    const qint64 days = QDate(1970, 1, 1).daysTo(utc.date);
    int msecs = 0;
    for (qsizetype digit = 0; digit < 3; ++digit) {
        msecs = msecs * 10 + (digit < utc.fraction.size() ? utc.fraction[digit].unicode() - u'0' : 0);
    }
    return ((days * minutesOfDay + utc.minute) * 60 + utc.second) * 1000 + msecs;
}

/// Ends in a sign and four digits.
bool lacksColon(QStringView text)
{
    constexpr qsizetype zoneSize = 5;
    if (text.size() < zoneSize) {
        return false;
    }
    const QStringView zone = text.last(zoneSize);
    return (zone.front() == QLatin1Char('+') || zone.front() == QLatin1Char('-')) && !zone.contains(QLatin1Char(':'));
}

} // namespace

std::optional<QString> utcDateTime(QStringView text)
{
    const auto moment = readUtc(text);
    if (!moment) {
        return std::nullopt;
    }
    return moment->asIs ? text.toString() : toText(*moment);
}

std::optional<UtcTime> utcTime(QStringView text)
{
    QString mended;
    if (lacksColon(text)) {
        mended = text.toString().insert(text.size() - 2, QLatin1Char(':'));
        text = mended;
    }
    const auto moment = readUtc(text);
    if (!moment) {
        return std::nullopt;
    }
    return UtcTime{moment->asIs ? text.toString() : toText(*moment), toMsecs(*moment)};
}

} // namespace courier
