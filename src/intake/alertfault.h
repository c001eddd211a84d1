// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "domain/error.h"
#include "intake/jsonfault.h"

#include <QString>

namespace courier {

/// Why an alert was not taken.
struct AlertFault
{
    TextPlace place;      ///< in the document
    QString field;        ///< its name on the wire; empty where it is about none
    QString message;      ///< for the operator (translated), without place and field
    bool notJson = false; ///< where it ends can't be trusted
    int index = 0;        ///< of the alert in its batch, from 0; -1: it is about no one of them
};

/// "severity: \"URGENT\" is none of CRITICAL, HIGH, MEDIUM, LOW, INFO."
QString sentence(const AlertFault &fault);
/// The sentence with its place: "12:5: severity: ..."
QString placedSentence(const AlertFault &fault);
Error toError(const AlertFault &fault);

} // namespace courier
