// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "domain/alert.h"
#include "domain/delivery.h"

#include <QByteArray>
#include <QString>

namespace courier {

/// The body of a request: one JSON object in UTF-8, its keys in the wire contract's order, the alert's context as the
/// bytes that arrived. \a resent: a resend by hand, which the title says; \a kind: that the alert is over is said by
/// the title alone, all else is the alert's. What no UTF-8 can hold (a lone surrogate) becomes U+FFFD. Pure, for any
/// thread.
QByteArray notificationBody(const Alert &alert, bool resent, DeliveryKind kind = DeliveryKind::Alert);

/// The title on the wire, by the contract's table; "Resolved: " and what lists show as the alert's title where it is
/// over, and the mark of a resend before that.
QString wireTitle(const Alert &alert, bool resent, DeliveryKind kind = DeliveryKind::Alert);

} // namespace courier
