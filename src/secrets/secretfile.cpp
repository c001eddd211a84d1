// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "secrets/secretfile.h"

#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QFile>
#include <QJsonDocument>
#include <QLoggingCategory>
#include <QThread>

#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace courier {
namespace {

Q_LOGGING_CATEGORY(lcSecretFile, "courier.secrets")

struct Text
{
    Q_DECLARE_TR_FUNCTIONS(SecretFile)
};

constexpr std::chrono::seconds longestWait{10}; ///< for another process that changes the file
constexpr unsigned long lookIntervalMs = 10;
constexpr int version = 1;
constexpr QLatin1String versionKey("alertCourierSecrets");
constexpr QLatin1String chosenKey("chosen");
constexpr QLatin1String secretsKey("secrets");

/// A file descriptor, closed at the end.
class Handle
{
public:
    Handle(const QString &path, int flags)
        : m_number(::open(QFile::encodeName(path).constData(), flags | O_CLOEXEC | O_NOFOLLOW, 0600))
    {
    }
    ~Handle()
    {
        if (m_number >= 0) {
            ::close(m_number);
        }
    }
    Handle(const Handle &) = delete;
    Handle &operator=(const Handle &) = delete;
    bool isOpen() const { return m_number >= 0; }
    int number() const { return m_number; }

private:
    int m_number;
};

tl::unexpected<Error> fault(int number, const QString &path, const QString &sentence)
{
    Error::Kind kind = Error::Kind::Io;
    if (number == ENOSPC || number == EDQUOT) {
        kind = Error::Kind::DiskFull;
    } else if (number == EACCES || number == EPERM || number == EROFS) {
        kind = Error::Kind::ReadOnly;
    }
    const QString why = QString::fromLocal8Bit(std::strerror(number));
    return failure(kind, sentence.arg(path, why), path + QLatin1String(": ") + why);
}

tl::unexpected<Error> cantRead(int number, const QString &path)
{
    return fault(number, path, Text::tr("The file of secrets %1 can't be read: %2."));
}

tl::unexpected<Error> cantWrite(int number, const QString &path)
{
    return fault(number, path, Text::tr("The file of secrets %1 can't be written: %2."));
}

bool writeAll(int handle, QByteArrayView bytes)
{
    while (!bytes.isEmpty()) {
        const ssize_t written = ::write(handle, bytes.data(), static_cast<std::size_t>(bytes.size()));
        if (written < 0 && errno == EINTR) {
            continue;
        }
        if (written <= 0) {
            return false;
        }
        bytes = bytes.sliced(written);
    }
    return true;
}

// Somebody changed its mode, or copied it here: what others could read is a secret no more, which the log says.
void keepPrivate(int handle, const QString &path)
{
    struct stat facts = {};
    if (::fstat(handle, &facts) == 0 && (facts.st_mode & 0077) != 0) {
        ::fchmod(handle, 0600);
        qCWarning(lcSecretFile, "Others could read %s; it is for its owner alone again. Consider new secrets.",
                  qUtf8Printable(path));
    }
}

QString nameOf(SecretsId id)
{
    return QString::number(static_cast<qint64>(id), 16);
}

/// One process at a time changes the file. The lock ends with its process.
Result<std::unique_ptr<Handle>> lock(const QString &path)
{
    auto handle = std::make_unique<Handle>(path, O_RDWR | O_CREAT);
    if (!handle->isOpen()) {
        return cantWrite(errno, path);
    }
    const QDeadlineTimer deadline(longestWait);
    while (::flock(handle->number(), LOCK_EX | LOCK_NB) != 0) {
        if (errno != EWOULDBLOCK && errno != EINTR) {
            return cantWrite(errno, path);
        }
        if (deadline.hasExpired()) {
            return failure(Error::Kind::Busy, Text::tr("Another process holds the file of secrets. Try again."), path);
        }
        QThread::msleep(lookIntervalMs);
    }
    return handle;
}

} // namespace

SecretFile::SecretFile(const QString &directory)
    : m_directory(directory)
    , m_path(directory + QLatin1String("/secrets.json"))
{
}

Result<bool> SecretFile::isChosen() const
{
    return load().map([](const Contents &contents) { return contents.chosen; });
}

Result<void> SecretFile::choose(bool chosen)
{
    return change([chosen](Contents &contents) { return std::exchange(contents.chosen, chosen) != chosen; });
}

Result<std::optional<DestinationSecrets>> SecretFile::read(SecretsId id) const
{
    return load().map([id](const Contents &contents) -> std::optional<DestinationSecrets> {
        const auto found = contents.secrets.constFind(nameOf(id));
        return found == contents.secrets.constEnd() ? std::nullopt : std::optional(secretsFromJson(found->toObject()));
    });
}

Result<void> SecretFile::write(SecretsId id, const DestinationSecrets &secrets)
{
    return change([&](Contents &contents) {
        contents.secrets.insert(nameOf(id), toJson(secrets));
        return true;
    });
}

Result<bool> SecretFile::remove(SecretsId id)
{
    bool wasThere = false;
    if (!QFile::exists(m_path)) {
        return wasThere;
    }
    const Result<void> changed = change([&](Contents &contents) {
        wasThere = contents.secrets.contains(nameOf(id));
        contents.secrets.remove(nameOf(id));
        return wasThere;
    });
    return changed.map([&] { return wasThere; });
}

Result<SecretFile::Contents> SecretFile::load() const
{
    const Handle handle(m_path, O_RDONLY | O_NONBLOCK);
    if (!handle.isOpen()) {
        return errno == ENOENT ? Result<Contents>(Contents()) : cantRead(errno, m_path);
    }
    struct stat facts = {};
    if (::fstat(handle.number(), &facts) != 0 || !S_ISREG(facts.st_mode) || facts.st_uid != ::geteuid()) {
        return failure(Error::Kind::Damaged, Text::tr("%1 is no file of your own: it is not used.").arg(m_path),
                       m_path);
    }
    keepPrivate(handle.number(), m_path);
    QFile file;
    const bool isOpen = file.open(handle.number(), QIODevice::ReadOnly);
    const QJsonObject object = isOpen ? QJsonDocument::fromJson(file.readAll()).object() : QJsonObject();
    if (object.value(versionKey).toInt() != version || !object.value(secretsKey).isObject()) {
        return failure(Error::Kind::Damaged,
                       Text::tr("The file of secrets %1 is damaged. Restore it, or move it away and enter the secrets "
                                "again.")
                           .arg(m_path),
                       m_path);
    }
    return Contents{object.value(chosenKey).toBool(), object.value(secretsKey).toObject()};
}

Result<void> SecretFile::change(const std::function<bool(Contents &)> &edit)
{
    const auto held = lock(m_directory + QLatin1String("/secrets.lock"));
    if (!held) {
        return tl::unexpected(held.error());
    }
    auto contents = load();
    if (!contents) {
        return tl::unexpected(contents.error());
    }
    if (!edit(*contents)) {
        return {};
    }
    if (!contents->chosen && contents->secrets.isEmpty()) {
        const bool isGone = ::unlink(QFile::encodeName(m_path).constData()) == 0 || errno == ENOENT;
        return isGone ? Result<void>() : cantWrite(errno, m_path);
    }
    return save(*contents);
}

// A file of its own with the new contents takes the place of the old one: a reader, or a power cut, meets either.
Result<void> SecretFile::save(const Contents &contents) const
{
    const QJsonObject object{{versionKey, version}, {chosenKey, contents.chosen}, {secretsKey, contents.secrets}};
    const QByteArray json = QJsonDocument(object).toJson();
    const QString draft = m_path + QLatin1String(".new");
    const QByteArray from = QFile::encodeName(draft);
    ::unlink(from.constData()); // of a process that was cut short
    {
        const Handle handle(draft, O_WRONLY | O_CREAT | O_EXCL);
        if (!handle.isOpen()) {
            return cantWrite(errno, m_path);
        }
        if (!writeAll(handle.number(), json) || ::fsync(handle.number()) != 0) {
            const int number = errno;
            ::unlink(from.constData());
            return cantWrite(number, m_path);
        }
    }
    if (std::rename(from.constData(), QFile::encodeName(m_path).constData()) != 0) {
        const int number = errno;
        ::unlink(from.constData());
        return cantWrite(number, m_path);
    }
    const Handle directory(m_directory, O_RDONLY | O_DIRECTORY);
    if (directory.isOpen()) {
        ::fsync(directory.number());
    }
    return {};
}

} // namespace courier
