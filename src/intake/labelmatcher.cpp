// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "intake/labelmatcher.h"

namespace courier {
namespace {

/// What stands within quotes, its escapes resolved; else the text itself.
QString unquoted(const QString &text)
{
    if (text.size() < 2 || !text.startsWith(QLatin1Char('"')) || !text.endsWith(QLatin1Char('"'))) {
        return text;
    }
    QString result;
    for (qsizetype i = 1; i < text.size() - 1; ++i) {
        if (text[i] == QLatin1Char('\\') && i + 1 < text.size() - 1) {
            ++i;
            result += text[i] == QLatin1Char('n') ? QLatin1Char('\n') : text[i];
        } else {
            result += text[i];
        }
    }
    return result;
}

} // namespace

std::optional<LabelMatcher> LabelMatcher::parse(const QString &text)
{
    static const QRegularExpression shape(
        QStringLiteral("^\\s*([a-zA-Z_:][a-zA-Z0-9_:]*)\\s*(=~|!~|!=|=)\\s*(.*?)\\s*$"),
        QRegularExpression::DotMatchesEverythingOption);
    const QRegularExpressionMatch found = shape.match(text);
    if (!found.hasMatch()) {
        return std::nullopt;
    }
    LabelMatcher matcher;
    matcher.m_name = found.captured(1);
    matcher.m_value = unquoted(found.captured(3));
    matcher.m_isNegated = found.captured(2).startsWith(QLatin1Char('!'));
    matcher.m_isPattern = found.captured(2).endsWith(QLatin1Char('~'));
    if (matcher.m_isPattern) {
        matcher.m_pattern.setPattern(QRegularExpression::anchoredPattern(matcher.m_value));
        if (!matcher.m_pattern.isValid()) {
            return std::nullopt;
        }
    }
    return matcher;
}

bool LabelMatcher::matches(const QMap<QString, QString> &labels) const
{
    const QString value = labels.value(m_name);
    const bool isSame = m_isPattern ? m_pattern.match(value).hasMatch() : value == m_value;
    return isSame != m_isNegated;
}

} // namespace courier
