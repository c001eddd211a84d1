// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "delivery/notification.h"

#include <algorithm>
#include <string_view>

namespace courier {
namespace {

constexpr char32_t replacement = 0xfffd;

// What a character below 0x20, a quote or a backslash is written as after the backslash; 0: as u00xx.
constexpr char shortEscape(char32_t c)
{
    switch (c) {
    case '"':
        return '"';
    case '\\':
        return '\\';
    case '\b':
        return 'b';
    case '\f':
        return 'f';
    case '\n':
        return 'n';
    case '\r':
        return 'r';
    case '\t':
        return 't';
    default:
        return 0;
    }
}

constexpr bool isPlain(char32_t c)
{
    return c >= 0x20 && c < 0x80 && c != '"' && c != '\\';
}

// Takes the code point at `at` and moves on; half a pair counts as U+FFFD.
char32_t takeCodePoint(QStringView text, qsizetype &at)
{
    const QChar unit = text[at++];
    if (!unit.isSurrogate()) {
        return unit.unicode();
    }
    if (unit.isLowSurrogate() || at == text.size() || !text[at].isLowSurrogate()) {
        return replacement;
    }
    return QChar::surrogateToUcs4(unit, text[at++]);
}

char *writeEscaped(char *out, char32_t c)
{
    static constexpr std::string_view digits = "0123456789abcdef";
    *out++ = '\\';
    if (const char letter = shortEscape(c)) {
        *out++ = letter;
        return out;
    }
    *out++ = 'u';
    *out++ = '0';
    *out++ = '0';
    *out++ = digits[c >> 4];
    *out++ = digits[c & 0xf];
    return out;
}

char *writeUtf8(char *out, char32_t c)
{
    const auto tail = [c](int shift) { return static_cast<char>(0x80 | ((c >> shift) & 0x3f)); };
    if (c < 0x800) {
        *out++ = static_cast<char>(0xc0 | (c >> 6));
    } else if (c < 0x10000) {
        *out++ = static_cast<char>(0xe0 | (c >> 12));
        *out++ = tail(6);
    } else {
        *out++ = static_cast<char>(0xf0 | (c >> 18));
        *out++ = tail(12);
        *out++ = tail(6);
    }
    *out++ = tail(0);
    return out;
}

// Writes JSON into one array that grows as needed.
class Writer
{
public:
    explicit Writer(qsizetype room)
        : m_json(room, Qt::Uninitialized)
    {
    }

    void raw(QByteArrayView bytes) { m_size = std::copy(bytes.begin(), bytes.end(), room(bytes.size())) - begin(); }

    void string(QStringView text)
    {
        constexpr qsizetype mostPerUnit = 6; // \u00xx
        const auto firstOdd = std::find_if_not(text.begin(), text.end(), [](QChar c) { return isPlain(c.unicode()); });
        qsizetype at = firstOdd - text.begin();
        char *out = room(at + (text.size() - at) * mostPerUnit + 2);
        *out++ = '"';
        out = std::transform(text.begin(), firstOdd, out, [](QChar c) { return c.toLatin1(); });
        while (at < text.size()) {
            out = write(out, takeCodePoint(text, at));
        }
        *out++ = '"';
        m_size = out - begin();
    }

    void string(const std::optional<QString> &text)
    {
        if (text) {
            string(QStringView(*text));
        } else {
            raw("null");
        }
    }

    void strings(const QStringList &list)
    {
        raw("[");
        for (const QString &one : list) {
            raw(&one == &list.first() ? "" : ",");
            string(QStringView(one));
        }
        raw("]");
    }

    QByteArray take()
    {
        m_json.truncate(m_size);
        return std::move(m_json);
    }

private:
    char *begin() { return m_json.data(); }

    // Where what is written next goes: there is room for so many bytes.
    char *room(qsizetype bytes)
    {
        if (m_json.size() - m_size < bytes) {
            m_json.resize(std::max(m_json.size() * 2, m_size + bytes));
        }
        return begin() + m_size;
    }

    static char *write(char *out, char32_t c)
    {
        if (isPlain(c)) {
            *out++ = static_cast<char>(c);
            return out;
        }
        return c < 0x80 ? writeEscaped(out, c) : writeUtf8(out, c);
    }

    QByteArray m_json;
    qsizetype m_size = 0; ///< of it that is written
};

} // namespace

QString wireTitle(const Alert &alert, bool resent, DeliveryKind kind)
{
    const QString mark = QStringLiteral("[Re-sent]: ");
    if (kind == DeliveryKind::Resolution) {
        return (resent ? mark : QString()) + QStringLiteral("Resolved: ") + alert.headline();
    }
    if (resent) {
        return mark + alert.title;
    }
    switch (alert.type) {
    case AlertType::RuleError:
    case AlertType::ScheduledRuleError:
        return QStringLiteral("New rule error: ") + alert.title;
    case AlertType::Policy:
        return QStringLiteral("Policy Failure: ") + alert.label();
    case AlertType::Rule:
    case AlertType::ScheduledRule:
    case AlertType::SystemError:
        break;
    }
    return QStringLiteral("New Alert: ") + alert.headline();
}

QByteArray notificationBody(const Alert &alert, bool resent, DeliveryKind kind)
{
    constexpr qsizetype keysAndShortValues = 512;
    Writer json(keysAndShortValues + alert.title.size() + alert.context.size() + alert.description.size() +
                alert.runbook.size());
    json.raw(R"({"id":)");
    json.string(QStringView(alert.ruleId));
    json.raw(R"(,"createdAt":)");
    json.string(QStringView(alert.createdAt));
    json.raw(R"(,"severity":)");
    json.string(QStringView(wireName(alert.severity)));
    json.raw(R"(,"type":)");
    json.string(QStringView(wireName(alert.type)));
    json.raw(R"(,"link":)");
    json.string(QStringView(alert.link));
    json.raw(R"(,"title":)");
    json.string(QStringView(wireTitle(alert, resent, kind)));
    json.raw(R"(,"name":)");
    json.string(alert.name);
    json.raw(R"(,"alertId":)");
    json.string(alert.alertId);
    json.raw(R"(,"alertContext":)");
    json.raw(alert.context.isEmpty() ? QByteArrayView("{}") : QByteArrayView(alert.context));
    json.raw(R"(,"description":)");
    json.string(QStringView(alert.description));
    json.raw(R"(,"runbook":)");
    json.string(QStringView(alert.runbook));
    json.raw(R"(,"tags":)");
    json.strings(alert.tags);
    json.raw(R"(,"version":)");
    json.string(alert.version);
    json.raw("}");
    return json.take();
}

} // namespace courier
