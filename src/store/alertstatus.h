// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "domain/delivery.h"
#include "store/writesession.h"

// What each alert comes to over all its deliveries (AlertStatus), kept in its own narrow table. Every write that
// changes deliveries calls one of these in the same transaction.
namespace courier::alertstatus {

/// For the alerts from number \a first on, which were just stored, with their deliveries; those that came with a
/// fingerprint last.
void insertFrom(WriteSession &session, qint64 first);
/// Of alerts that came with a fingerprint before: whether they last.
void setLives(WriteSession &session, const QList<qint64> &alerts);
void refresh(WriteSession &session, DeliveryId changed);
/// Where \a delivery is its alert's only one, and has just come to \a state at \a now (ms since 1970 UTC). False, with
/// nothing done, where there are others. Most alerts have one destination, and this takes a third of a refresh().
bool setOfOnly(WriteSession &session, AlertId alert, DeliveryId delivery, DeliveryState state, qint64 now);
void refresh(WriteSession &session, const QList<qint64> &alerts);

} // namespace courier::alertstatus
