// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "domain/alert.h"

#include <QByteArray>
#include <QList>

namespace courier::test {

/// A case of the wire contract: an alert, and the exact bytes that a receiver must get for it.
struct NotificationVector
{
    QByteArray name;
    bool resent = false;
    Alert alert;
    QByteArray body;
};

/// Those of data/notification-vectors.json. Aborts the test program where the file can't be read.
QList<NotificationVector> notificationVectors();

} // namespace courier::test
