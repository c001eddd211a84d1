// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

namespace courier {

class Format;

// The formats there are; each in the file of its name. They live as long as the program.
const Format *ownAlertsFormat();

} // namespace courier
