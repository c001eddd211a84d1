// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "delivery/retryafter.h"

#include <QDateTime>

#include <algorithm>
#include <array>
#include <string_view>

namespace courier {
namespace {

using std::chrono::milliseconds;
using Names = std::array<std::string_view, 12>;

constexpr Names months{"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
constexpr std::array<std::string_view, 7> days{"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
constexpr std::array<std::string_view, 7> longDays{"Monday", "Tuesday",  "Wednesday", "Thursday",
                                                   "Friday", "Saturday", "Sunday"};

// Takes a date apart from left to right; once something isn't as expected it stays bad.
class Cursor
{
public:
    explicit Cursor(QByteArrayView text)
        : m_rest(text.data(), static_cast<std::size_t>(text.size()))
    {
    }

    Cursor &skip(std::string_view fixed)
    {
        if (m_rest.substr(0, fixed.size()) == fixed) {
            m_rest.remove_prefix(fixed.size());
        } else {
            m_good = false;
        }
        return *this;
    }

    /// The index of the name that comes next.
    template<std::size_t size>
    int name(const std::array<std::string_view, size> &names)
    {
        const auto isNext = [this](std::string_view name) { return m_rest.substr(0, name.size()) == name; };
        const auto found = std::find_if(names.begin(), names.end(), isNext);
        if (found == names.end()) {
            m_good = false;
            return 0;
        }
        m_rest.remove_prefix(found->size());
        return static_cast<int>(found - names.begin());
    }

    int digits(std::size_t count)
    {
        int number = 0;
        for (; count > 0; --count) {
            if (m_rest.empty() || m_rest.front() < '0' || m_rest.front() > '9') {
                m_good = false;
                return 0;
            }
            number = number * 10 + (m_rest.front() - '0');
            m_rest.remove_prefix(1);
        }
        return number;
    }

    int dayWithSpace()
    {
        if (m_rest.substr(0, 1) == " ") {
            return skip(" ").digits(1);
        }
        return digits(2);
    }

    /// "08:49:37"; a leap second counts as the second before it.
    QTime time()
    {
        const int hour = digits(2);
        const int minute = skip(":").digits(2);
        const int second = skip(":").digits(2);
        return {hour, minute, second == 60 ? 59 : second};
    }

    bool isAtEnd() const { return m_good && m_rest.empty(); }

private:
    std::string_view m_rest;
    bool m_good = true;
};

std::optional<QDateTime> dateOf(const Cursor &cursor, QDate date, QTime time)
{
    if (!cursor.isAtEnd() || !date.isValid() || !time.isValid()) {
        return std::nullopt;
    }
    return QDateTime(date, time, Qt::UTC);
}

// "Sun, 06 Nov 1994 08:49:37 GMT"
std::optional<QDateTime> fixedDate(QByteArrayView text)
{
    Cursor cursor(text);
    cursor.name(days);
    const int day = cursor.skip(", ").digits(2);
    const int month = cursor.skip(" ").name(months) + 1;
    const int year = cursor.skip(" ").digits(4);
    const QTime time = cursor.skip(" ").time();
    cursor.skip(" GMT");
    return dateOf(cursor, QDate(year, month, day), time);
}

// "Sunday, 06-Nov-94 08:49:37 GMT": the latest year with these digits that isn't more than 50 years ahead.
std::optional<QDateTime> rfc850Date(QByteArrayView text, int thisYear)
{
    Cursor cursor(text);
    cursor.name(longDays);
    const int day = cursor.skip(", ").digits(2);
    const int month = cursor.skip("-").name(months) + 1;
    const int lastTwo = cursor.skip("-").digits(2);
    const int latest = thisYear + 50;
    const int year = latest - (latest - lastTwo) % 100;
    const QTime time = cursor.skip(" ").time();
    cursor.skip(" GMT");
    return dateOf(cursor, QDate(year, month, day), time);
}

// "Sun Nov  6 08:49:37 1994"
std::optional<QDateTime> asctimeDate(QByteArrayView text)
{
    Cursor cursor(text);
    cursor.name(days);
    const int month = cursor.skip(" ").name(months) + 1;
    const int day = cursor.skip(" ").dayWithSpace();
    const QTime time = cursor.skip(" ").time();
    const int year = cursor.skip(" ").digits(4);
    return dateOf(cursor, QDate(year, month, day), time);
}

milliseconds fromSeconds(QByteArrayView digits)
{
    constexpr qint64 most = milliseconds::max().count() / 1000;
    qint64 seconds = 0;
    for (const char digit : digits) {
        const int value = digit - '0';
        if (seconds > (most - value) / 10) {
            return milliseconds::max();
        }
        seconds = seconds * 10 + value;
    }
    return std::chrono::seconds(seconds);
}

} // namespace

std::optional<milliseconds> parseRetryAfter(QByteArrayView value, qint64 nowUtc)
{
    const QByteArrayView text = value.trimmed();
    if (text.isEmpty()) {
        return std::nullopt;
    }
    if (std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; })) {
        return fromSeconds(text);
    }
    std::optional<QDateTime> date = fixedDate(text);
    if (!date) {
        date = rfc850Date(text, QDateTime::fromMSecsSinceEpoch(nowUtc, Qt::UTC).date().year());
    }
    if (!date) {
        date = asctimeDate(text);
    }
    if (!date) {
        return std::nullopt;
    }
    return milliseconds(std::max<qint64>(0, date->toMSecsSinceEpoch() - nowUtc));
}

} // namespace courier
