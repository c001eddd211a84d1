// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "domain/alert.h"

#include <QByteArray>
#include <QString>

namespace courier {

/// The body of a request: one JSON object in UTF-8, its keys in the wire contract's order, the alert's context as the
/// bytes that arrived. \a resent: a resend by hand, which the title says. What no UTF-8 can hold (a lone surrogate)
/// becomes U+FFFD. Pure, for any thread.
QByteArray notificationBody(const Alert &alert, bool resent);

/// The title on the wire, by the contract's table.
QString wireTitle(const Alert &alert, bool resent);

} // namespace courier
