// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QNetworkProxy>
#include <QProcessEnvironment>
#include <QUrl>

#include <optional>

namespace courier {

/// The proxy that the variables http_proxy, https_proxy, all_proxy and no_proxy (in small or capital letters) name for
/// \a url, as curl and Go read them; of type NoProxy where no_proxy leaves it out. Nothing where no variable is set at
/// all for such an address: then the desktop's settings hold.
std::optional<QNetworkProxy> environmentProxy(const QUrl &url, const QProcessEnvironment &environment);

/// Whether \a list, as no_proxy has it, holds the host: "*", "example.com" and ".example.com" (the host itself and
/// those under it), "10.0.0.0/8", "[::1]", each with ":port" where only that port is meant.
bool isLeftOut(const QUrl &url, const QString &list);

} // namespace courier
