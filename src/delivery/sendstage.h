// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QMetaType>

namespace courier {

/// How far a request has come.
enum class SendStage { Connecting, Encrypted, Sent, Answered };

} // namespace courier

Q_DECLARE_METATYPE(courier::SendStage)
