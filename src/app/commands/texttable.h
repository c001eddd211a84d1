// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QList>
#include <QString>
#include <QStringList>

namespace courier::commands {

/// \a text on one line and safe for a terminal: what would move its cursor or turn its writing is escaped.
QString printable(const QString &text);
/// The same, line by line, each with its end and moved in by \a indent.
QString printableLines(const QString &text, int indent);
/// The cells of a terminal that \a text takes.
int cellsOf(const QString &text);

/// Rows of words in aligned columns, as wide as the terminal at most. Plain value.
class TextTable
{
public:
    struct Column
    {
        QString title;
        bool isNumber = false;  ///< to the right
        bool mayShrink = false; ///< is cut, with an ellipsis, where the terminal is too narrow for all, or left out
    };

    explicit TextTable(QList<Column> columns);
    void add(const QStringList &row);
    bool isEmpty() const { return m_rows.isEmpty(); }
    /// The head and the rows, a line each. \a width in cells; 0: any.
    QString text(int width) const;

private:
    TextTable fitting(int width) const;
    QList<int> widths(int width) const;
    QString line(const QStringList &row, const QList<int> &widths) const;

    QList<Column> m_columns;
    QList<QStringList> m_rows;
};

/// Labels and what they say, one a line, the second ones aligned; empty ones are left out.
QString factLines(const QList<std::pair<QString, QString>> &facts, int indent = 0);

} // namespace courier::commands
