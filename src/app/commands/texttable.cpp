// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "app/commands/texttable.h"

#include "app/logging.h"

#include <algorithm>
#include <cwchar>
#include <numeric>

namespace courier::commands {
namespace {

constexpr int gap = 2;
constexpr int leastWidth = 8;

int cellsOf(char32_t sign)
{
    return std::max(0, wcwidth(static_cast<wchar_t>(sign)));
}

QString cut(const QString &text, int width)
{
    if (commands::cellsOf(text) <= width) {
        return text;
    }
    QString kept;
    int used = 1;
    for (const char32_t sign : text.toUcs4()) {
        used += cellsOf(sign);
        if (used > width) {
            break;
        }
        kept += QString::fromUcs4(&sign, 1);
    }
    return kept + QChar(0x2026);
}

} // namespace

QString printable(const QString &text)
{
    return QString::fromUtf8(escapedForLog(text));
}

QString printableLines(const QString &text, int indent)
{
    QString whole = text;
    whole.replace(QLatin1String("\r\n"), QLatin1String("\n")).replace(u'\t', QLatin1String("    "));
    if (whole.endsWith(u'\n')) {
        whole.chop(1);
    }
    QString lines;
    for (const QString &line : whole.split(u'\n')) {
        lines += QString(indent, u' ') + printable(line) + u'\n';
    }
    return lines;
}

int cellsOf(const QString &text)
{
    const QList<uint> signs = text.toUcs4();
    return std::accumulate(signs.begin(), signs.end(), 0,
                           [](int sum, uint sign) { return sum + cellsOf(char32_t(sign)); });
}

TextTable::TextTable(QList<Column> columns)
    : m_columns(std::move(columns))
{
}

void TextTable::add(const QStringList &row)
{
    QStringList cells;
    for (const QString &cell : row) {
        cells.append(printable(cell));
    }
    m_rows.append(cells);
}

QList<int> TextTable::widths(int width) const
{
    QList<int> widths;
    for (qsizetype i = 0; i < m_columns.size(); ++i) {
        int widest = commands::cellsOf(m_columns.at(i).title);
        for (const QStringList &row : m_rows) {
            widest = std::max(widest, commands::cellsOf(row.at(i)));
        }
        widths.append(widest);
    }
    int tooMuch = std::accumulate(widths.begin(), widths.end(), gap * static_cast<int>(widths.size() - 1)) - width;
    while (width > 0 && tooMuch > 0) {
        qsizetype widest = -1;
        for (qsizetype i = 0; i < widths.size(); ++i) {
            if (m_columns.at(i).mayShrink && (widest < 0 || widths.at(i) > widths.at(widest))) {
                widest = i;
            }
        }
        if (widest < 0 || widths.at(widest) <= leastWidth) {
            break;
        }
        --widths[widest];
        --tooMuch;
    }
    return widths;
}

QString TextTable::line(const QStringList &row, const QList<int> &widths) const
{
    QString line;
    for (qsizetype i = 0; i < row.size(); ++i) {
        const QString cell = m_columns.at(i).mayShrink ? cut(row.at(i), widths.at(i)) : row.at(i);
        const QString space(std::max(0, widths.at(i) - commands::cellsOf(cell)), u' ');
        const bool isLast = i == row.size() - 1;
        line += m_columns.at(i).isNumber ? space + cell : cell + (isLast ? QString() : space);
        line += isLast ? QString() : QString(gap, u' ');
    }
    return line + u'\n';
}

// What may shrink goes, from the right, where even its least width is too much; the first of them stays.
TextTable TextTable::fitting(int width) const
{
    TextTable table = *this;
    for (qsizetype i = m_columns.size() - 1; i > 0 && width > 0; --i) {
        const QList<int> all = table.widths(width);
        const int needed = std::accumulate(all.begin(), all.end(), gap * static_cast<int>(all.size() - 1));
        const auto others = std::count_if(m_columns.begin(), m_columns.begin() + i,
                                          [](const Column &column) { return column.mayShrink; });
        if (needed > width && m_columns.at(i).mayShrink && others > 0) {
            table.m_columns.removeAt(i);
            for (QStringList &row : table.m_rows) {
                row.removeAt(i);
            }
        }
    }
    return table;
}

QString TextTable::text(int width) const
{
    const TextTable table = fitting(width);
    const QList<int> all = table.widths(width);
    QStringList titles;
    for (const Column &column : table.m_columns) {
        titles.append(column.title.toUpper());
    }
    QString text = table.line(titles, all);
    for (const QStringList &row : table.m_rows) {
        text += table.line(row, all);
    }
    return text;
}

QString factLines(const QList<std::pair<QString, QString>> &facts, int indent)
{
    int widest = 0;
    for (const auto &[label, says] : facts) {
        widest = says.isEmpty() ? widest : std::max(widest, cellsOf(label));
    }
    QString lines;
    for (const auto &[label, says] : facts) {
        if (!says.isEmpty()) {
            lines +=
                QString(indent, u' ') + label + QString(widest - cellsOf(label) + gap, u' ') + printable(says) + u'\n';
        }
    }
    return lines;
}

} // namespace courier::commands
