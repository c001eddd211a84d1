// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "domain/error.h"
#include "intake/httpbodies.h"

#include <QByteArray>
#include <QString>

namespace courier {

class Queries;

/// Where the endpoint listens.
struct IntakeAddress
{
    QString host; ///< numeric
    quint16 port = 9797;

    bool isLoopback() const;
    QString text() const; ///< "127.0.0.1:9797", "[::1]:9797"
    /// Reads "HOST:PORT" or "[IPv6]:PORT"; localhost is 127.0.0.1. Invalid, with a sentence, where it is none.
    static Result<IntakeAddress> parse(const QString &text);
    bool operator==(const IntakeAddress &) const = default;
};

/// What the store keeps of the endpoint's settings.
struct IntakeSettings
{
    // The settings' keys.
    static QString enabledKey() { return QStringLiteral("intake.enabled"); } ///< "1", "0"
    static QString addressKey() { return QStringLiteral("intake.address"); } ///< "127.0.0.1:9797"
    static QString openKey() { return QStringLiteral("intake.open"); }       ///< "1": other machines may send
    static QString tokenKey() { return QStringLiteral("intake.token"); }     ///< IntakeToken::hash() of the token

    static QString defaultAddress() { return QStringLiteral("127.0.0.1:9797"); }

    bool enabled = true;
    QString address = defaultAddress();
    bool open = false;
    QByteArray tokenHash;
    SeverityMaps severities;

    static IntakeSettings read(Queries &queries);
    bool operator==(const IntakeSettings &) const = default;
};

} // namespace courier
