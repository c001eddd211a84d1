// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

namespace courier {

/// What senders on other machines prove themselves with (RFC 6750, "Authorization: Bearer"). Made by the program, shown
/// once, kept as a hash only. For any thread.
struct IntakeToken
{
    /// 32 random bytes in base64url: 43 characters.
    static QString make();
    /// SHA-256 in hexadecimal, lower case: what is kept.
    static QString hash(QStringView token);
    /// In the same time whatever \a token is. False where \a hexHash is no such hash.
    static bool matches(QByteArrayView token, const QByteArray &hexHash);
};

} // namespace courier
