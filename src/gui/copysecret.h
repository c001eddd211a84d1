// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QByteArray>
#include <QString>

namespace courier {

/// To the clipboard, because the operator asked for it.
void copyText(const QString &text);
/// Likewise, with the mark that keeps it out of the histories of clipboard managers.
void copySecret(const QByteArray &secret);

} // namespace courier
