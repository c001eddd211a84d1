// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "httpd/httpmessage.h"

#include <QUrl>

namespace courier {

/// What GET / answers: what this is, what is where, and a line for curl that works as it stands. A page without script,
/// or plain text where \a request asks for that. \a url is where the endpoint listens; \a needsToken where senders must
/// bear one. For any thread.
HttpResponse intakePage(const HttpRequest &request, const QUrl &url, bool needsToken);

} // namespace courier
