// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "app/commands/commandspec.h"

#include "app/commandline.h"

namespace courier::commands {

tl::unexpected<Failure> refused(const QString &sentence)
{
    return tl::unexpected(Failure{Refused, sentence});
}

tl::unexpected<Failure> refused(const Error &error)
{
    return refused(error.message);
}

tl::unexpected<Failure> refused()
{
    return refused(QString());
}

tl::unexpected<Failure> misused(const QString &sentence)
{
    return tl::unexpected(Failure{Usage, sentence});
}

} // namespace courier::commands
