// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "domain/delivery.h"
#include "store/writesession.h"

// The certificates that receivers showed last, each kept with every destination at that receiver: they share
// connections, so that not each of them sees it for itself.
namespace courier::certificatewrites {

/// Keeps the one that \a attempt saw, where it is another one than is known: else it is one comparison.
void note(WriteSession &session, const Attempt &attempt);
/// A destination was written: where its address was another receiver's, or it had none, it gets what is known of the
/// one that it has now.
void adopt(WriteSession &session, const Destination &destination, const QString &addressBefore);

} // namespace courier::certificatewrites
