// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "intake/jsonlayout.h"

#include "intake/jsonslice.h"

#include <limits>

namespace courier {

namespace {

constexpr int indentedLevels = 64;
constexpr int indentWidth = 2;

/// Writes a text that is known to be JSON anew, with line breaks in the outer levels only.
class Layout
{
public:
    Layout(QByteArrayView text, int brokenLevels)
        : m_text(text)
        , m_brokenLevels(brokenLevels)
    {
        m_out.reserve(text.size() + (brokenLevels > 0 ? text.size() / 2 : 0));
    }

    QByteArray run();

private:
    bool breaksLines() const { return m_depth <= m_brokenLevels && m_brokenLevels > 0; }
    void takeString();
    void takeOpening(char bracket);
    void takeClosing(char bracket);
    void skipWhite();
    void newLine();

    QByteArrayView m_text;
    QByteArray m_out;
    qsizetype m_at = 0;
    int m_depth = 0;
    int m_brokenLevels;
};

QByteArray Layout::run()
{
    for (skipWhite(); m_at < m_text.size(); skipWhite()) {
        const char c = m_text[m_at];
        if (c == '"') {
            takeString();
            continue;
        }
        ++m_at;
        if (c == '{' || c == '[') {
            takeOpening(c);
        } else if (c == '}' || c == ']') {
            takeClosing(c);
        } else {
            m_out.append(c);
            if (c == ',' && breaksLines()) {
                newLine();
            } else if (c == ':' && breaksLines()) {
                m_out.append(' ');
            }
        }
    }
    return m_out;
}

void Layout::takeString()
{
    qsizetype end = m_at + 1;
    while (m_text[end] != '"') {
        end += m_text[end] == '\\' ? 2 : 1;
    }
    m_out.append(m_text.sliced(m_at, end + 1 - m_at));
    m_at = end + 1;
}

void Layout::takeOpening(char bracket)
{
    m_out.append(bracket);
    skipWhite();
    const char next = m_text[m_at];
    if (next == '}' || next == ']') {
        m_out.append(next);
        ++m_at;
        return;
    }
    ++m_depth;
    if (breaksLines()) {
        newLine();
    }
}

void Layout::takeClosing(char bracket)
{
    const bool broken = breaksLines();
    --m_depth;
    if (broken) {
        newLine();
    }
    m_out.append(bracket);
}

void Layout::skipWhite()
{
    while (m_at < m_text.size() && static_cast<uchar>(m_text[m_at]) <= ' ') {
        ++m_at;
    }
}

void Layout::newLine()
{
    m_out.append('\n');
    m_out.append(indentWidth * m_depth, ' ');
}

std::optional<QByteArray> layOut(QByteArrayView text, int brokenLevels)
{
    if (checkJson(text, std::numeric_limits<int>::max())) {
        return std::nullopt;
    }
    return Layout(text, brokenLevels).run();
}

} // namespace

std::optional<QByteArray> prettyJson(QByteArrayView text)
{
    return layOut(text, indentedLevels);
}

std::optional<QByteArray> compactJson(QByteArrayView text)
{
    return layOut(text, 0);
}

} // namespace courier
