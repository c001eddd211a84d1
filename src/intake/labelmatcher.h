// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QMap>
#include <QRegularExpression>
#include <QString>

#include <optional>

namespace courier {

/// One matcher of an Alertmanager's query: NAME=VALUE, !=, =~ or !~, the value in quotes or not. A name that isn't
/// among the labels counts as one of no value. Regular expressions match the whole value. For one thread at a time.
class LabelMatcher
{
public:
    /// Nothing where \a text is no matcher.
    static std::optional<LabelMatcher> parse(const QString &text);

    bool matches(const QMap<QString, QString> &labels) const;

private:
    QString m_name;
    QString m_value;
    QRegularExpression m_pattern; ///< used where m_isPattern
    bool m_isPattern = false;
    bool m_isNegated = false;
};

} // namespace courier
