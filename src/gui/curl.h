// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QByteArray>
#include <QString>

namespace courier {

/// A request as a command line for curl, quoted for a POSIX shell. \a headers are "Name: value\r\n" each; those that
/// curl makes itself (Host, Content-Length) are left out, and $ALERT_COURIER_SECRET stands in the place of secrets.
QString curlCommand(const QString &url, const QByteArray &headers, const QByteArray &body);

} // namespace courier
