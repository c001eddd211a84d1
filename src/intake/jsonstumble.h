// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "intake/jsonfault.h"

#include <rapidjson/error/error.h>

namespace courier {

/// What a parser stumbled over.
struct JsonStumble
{
    rapidjson::ParseErrorCode code;
    qsizetype offset; ///< where it was noticed
    qsizetype token;  ///< where the string, number or word begins that it was in; else the same as offset
    bool cut;         ///< it was the end of the text
};

/// The stumble in words, at the place where a person would look for it.
JsonFault describe(QByteArrayView text, const JsonStumble &stumble);

} // namespace courier
