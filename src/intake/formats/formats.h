// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "httpd/httpmessage.h"
#include "intake/format.h"

namespace courier {

// The formats there are; each in the file of its name. They live as long as the program.
const Format *ownAlertsFormat();
const Format *alertmanagerFormat();
const Format *suricataFormat();
const Format *wazuhFormat();
const Format *cloudEventsFormat();

/// A CloudEvent in HTTP's binary mode: its attributes are \a headers that begin with "ce-", \a body is its data
/// (CloudEvents 1.0, HTTP protocol binding 1.0.2, section 3.1). Its context is the data where that is a JSON object,
/// else the event in the JSON format.
FormatResult readBinaryCloudEvent(const QList<HttpHeader> &headers, const QByteArray &body, const ReadContext &context);

} // namespace courier
