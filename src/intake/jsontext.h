// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

namespace courier {

/// The text that a checked string or name stands for, its escapes resolved. \a string has its quotes. For
/// any thread.
QString jsonText(QByteArrayView string);

/// The same as UTF-8.
QByteArray jsonUtf8(QByteArrayView string);

} // namespace courier
