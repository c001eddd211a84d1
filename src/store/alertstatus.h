// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "store/writesession.h"

// What each alert comes to over all its deliveries (AlertStatus), kept in its own narrow table. Every write that
// changes deliveries calls one of these in the same transaction.
namespace courier::alertstatus {

/// For the alerts from number \a first on, which were just stored, and their deliveries.
void insertFrom(WriteSession &session, qint64 first);
/// Of alerts that came with a fingerprint: whether they last.
void setLives(WriteSession &session, const QList<qint64> &alerts);
void refresh(WriteSession &session, DeliveryId changed);
void refresh(WriteSession &session, const QList<qint64> &alerts);

} // namespace courier::alertstatus
