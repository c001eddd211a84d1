// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "intake/valueend.h"

namespace courier {

qsizetype ValueEnd::find(QByteArrayView bytes, qsizetype from)
{
    qsizetype at = from;
    while (at < bytes.size()) {
        if (m_inString) {
            at = skipString(bytes, at);
            if (!m_inString && m_depth == 0) {
                return at;
            }
            continue;
        }
        const char c = bytes[at];
        const bool first = !m_begun;
        const bool opens = c == '{' || c == '[';
        const bool closes = c == '}' || c == ']';
        const bool parts = c == ',' || c == ':' || static_cast<uchar>(c) <= ' ';
        m_begun = true;
        if (m_depth == 0 && (closes || parts || (!first && (opens || c == '"')))) {
            return first ? at + 1 : at;
        }
        ++at;
        m_inString = c == '"';
        m_depth += opens ? 1 : (closes ? -1 : 0);
        if (closes && m_depth == 0) {
            return at;
        }
    }
    return -1;
}

/// Gives the offset after the string's closing quote, or after \a bytes.
qsizetype ValueEnd::skipString(QByteArrayView bytes, qsizetype at)
{
    for (; at < bytes.size(); ++at) {
        if (m_escaped) {
            m_escaped = false;
        } else if (bytes[at] == '\\') {
            m_escaped = true;
        } else if (bytes[at] == '"') {
            m_inString = false;
            return at + 1;
        }
    }
    return at;
}

} // namespace courier
