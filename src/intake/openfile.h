// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QByteArray>
#include <QString>

#include <memory>
#include <optional>

namespace courier {

/// Which file it is, whatever its name.
struct FileIdentity
{
    quint64 device = 0;
    quint64 inode = 0;
    bool operator==(const FileIdentity &) const = default;
};

/// A regular file that is open for reading at any place, and stays the same one whatever becomes of its name. For one
/// thread.
class OpenFile
{
public:
    struct About
    {
        FileIdentity identity;
        qint64 size = 0;
        qint64 modified = 0; ///< ns since 1970
    };

    /// Null where there is none that can be read; then \a errorNumber says why (EISDIR: it is no regular file).
    static std::unique_ptr<OpenFile> open(const QString &path, int *errorNumber = nullptr);
    ~OpenFile();
    OpenFile(const OpenFile &) = delete;
    OpenFile &operator=(const OpenFile &) = delete;

    About about() const;
    FileIdentity identity() const { return m_identity; }
    /// Up to \a size bytes from \a offset on, fewer at the end; nothing where they can't be read.
    std::optional<QByteArray> readAt(qint64 offset, qint64 size) const;

private:
    explicit OpenFile(int descriptor);

    int m_descriptor;
    FileIdentity m_identity;
};

/// The same without opening it; nothing where there is no regular file.
std::optional<OpenFile::About> aboutFile(const QString &path);

} // namespace courier
