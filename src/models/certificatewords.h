// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "domain/destination.h"

#include <QString>

// What a receiver's certificate is and how long it lasts, in words (translated). Plain functions; \a now is ms since
// 1970 UTC.
namespace courier {

/// "hooks.example.com, issued by Example CA, valid until 12 Jan 2027"; "..., expired on 3 Nov 2026". Empty where none
/// was seen.
QString certificateWords(const ServerCertificate &certificate, qint64 now);
/// Behind a destination's name: "Certificate: 9 days", "Certificate expired"; empty while it is good.
QString certificateNote(const ServerCertificate &certificate, qint64 now);
/// The same in a sentence or two, with what follows from it.
QString certificateWarning(const Destination &destination, qint64 now);

} // namespace courier
