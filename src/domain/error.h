// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QString>

#include <tl/expected.hpp>

namespace courier {

/// What went wrong, for two readers: a sentence for the operator and the detail for the log.
/// Neither ever holds a secret or a full webhook URL.
struct Error
{
    enum class Kind {
        Invalid,  ///< what was given can't be used; the message names the field or the place
        NotFound, ///< what was asked for is not there (any more)
        Conflict, ///< it clashes with what is there, e.g. a name that is taken
        Damaged,  ///< a file is not what it should be
        TooNew,   ///< a file was written by a newer version of the program
        DiskFull, ///< no room, nothing was kept
        ReadOnly, ///< the place can't be written to
        Busy,     ///< somebody else holds it
        Io,       ///< any other failure of a file, a socket or the database
        Cancelled ///< the operator stopped it
    };
    Kind kind = Kind::Io;
    QString message; ///< one sentence, translated
    QString detail;  ///< for the log, not translated
};

/// A value or an Error; no exception crosses a folder.
template<typename T>
using Result = tl::expected<T, Error>;

inline tl::unexpected<Error> failure(Error::Kind kind, const QString &message, const QString &detail = {})
{
    return tl::unexpected<Error>(Error{kind, message, detail});
}

} // namespace courier
