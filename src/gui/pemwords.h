// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QByteArray>
#include <QString>

namespace courier {

/// The first certificate of a PEM text, in words (translated): "Ops Root CA, valid until 1 Jan 2031", "..., and 2
/// more"; empty where there is none.
QString pemWords(const QByteArray &pem);

} // namespace courier
