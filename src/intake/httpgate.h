// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "httpd/httpmessage.h"

#include <QByteArray>
#include <QString>

#include <optional>

namespace courier {

/// Who may send.
struct IntakeAccess
{
    QString address;      ///< numeric, which the endpoint listens on
    bool open = false;    ///< other machines may send: then each request must bear the token
    QByteArray tokenHash; ///< as IntakeToken::hash() gives it; used where open
};

/// Why a request is refused before its body is taken: a web page's request or one by a foreign name (403), without the
/// token (401), to no route (404), by a method that isn't for it (405), in a type that isn't (415), of no length (411).
/// Nothing where it may go on. For any thread.
std::optional<HttpResponse> refuseHead(const HttpRequest &head, const IntakeAccess &access);

} // namespace courier
