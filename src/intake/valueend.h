// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QByteArrayView>

namespace courier {

/// Finds where a JSON value ends whose bytes come in parts. It counts brackets and minds strings; whether the value is
/// JSON is for others to say.
class ValueEnd
{
public:
    /// Goes on in \a bytes at \a from, with the value's first byte at the first call. Gives the offset after the
    /// value's last byte; -1 where it goes on beyond \a bytes.
    qsizetype find(QByteArrayView bytes, qsizetype from);

private:
    qsizetype skipString(QByteArrayView bytes, qsizetype at);

    qint64 m_depth = 0;
    bool m_begun = false;
    bool m_inString = false;
    bool m_escaped = false;
};

} // namespace courier
