// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QByteArray>
#include <QNetworkProxy>
#include <QNetworkRequest>
#include <QString>

namespace courier {

/// Plain HTTP/1.1 and nothing that one request could leave behind for another.
void setPolicies(QNetworkRequest &request);
QByteArray userAgent();
/// "proxy.example.com:3128"; empty where \a proxy is none.
QString shownProxy(const QNetworkProxy &proxy);

} // namespace courier
