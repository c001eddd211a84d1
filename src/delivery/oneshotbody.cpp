// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "delivery/oneshotbody.h"

#include <algorithm>

namespace courier {

OneShotBody::OneShotBody(QByteArray bytes)
    : m_bytes(std::move(bytes))
{
    open(QIODevice::ReadOnly | QIODevice::Unbuffered);
}

bool OneShotBody::seek(qint64 to)
{
    return !m_taken && to == 0 && QIODevice::seek(to);
}

qint64 OneShotBody::readData(char *data, qint64 most)
{
    const qint64 count = std::min<qint64>(most, m_bytes.size() - pos());
    if (count <= 0) {
        return most > 0 ? -1 : 0;
    }
    std::copy_n(m_bytes.constData() + pos(), count, data);
    m_taken = true;
    return count;
}

qint64 OneShotBody::writeData(const char *, qint64)
{
    return -1;
}

} // namespace courier
