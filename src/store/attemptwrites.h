// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "domain/delivery.h"
#include "store/writesession.h"

namespace courier::attemptwrites {

/// Adds an attempt; its number is the one that its delivery's row counts by now.
void insert(WriteSession &session, const Attempt &attempt);
void insertTest(WriteSession &session, const Attempt &attempt);

} // namespace courier::attemptwrites
