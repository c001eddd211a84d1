// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "intake/alertfault.h"

namespace courier {

QString sentence(const AlertFault &fault)
{
    return fault.field.isEmpty() ? fault.message : QString(fault.field % QLatin1String(": ") % fault.message);
}

QString placedSentence(const AlertFault &fault)
{
    return QString::number(fault.place.line) % QLatin1Char(':') % QString::number(fault.place.column) %
           QLatin1String(": ") % sentence(fault);
}

Error toError(const AlertFault &fault)
{
    return {Error::Kind::Invalid, placedSentence(fault), {}};
}

} // namespace courier
