// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QHostAddress>
#include <QList>
#include <QString>

#include <optional>

// Which addresses an installation that others may enter webhooks on must not send to. Pure.
namespace courier::targetguard {

/// Why \a address is refused, for "an address of ..." (translated); nothing where it is one of the public internet.
/// What an IPv6 address carries of an IPv4 one is looked at as that.
std::optional<QString> refusal(const QHostAddress &address);

/// The first refusal among \a addresses as a sentence about \a host; nothing where all are public.
std::optional<QString> refusal(const QString &host, const QList<QHostAddress> &addresses);

} // namespace courier::targetguard
