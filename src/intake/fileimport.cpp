// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "intake/fileimport.h"

#include <QCoreApplication>
#include <QFile>

#include <algorithm>
#include <cerrno>
#include <utility>

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

namespace courier {

namespace {

constexpr qsizetype chunkSize = 256 * 1024;
constexpr int silenceMsecs = 200;

QString say(const char *sentence)
{
    return QCoreApplication::translate("FileImport", sentence);
}

Error cantRead(const QString &name, int errorNumber)
{
    const QString detail = name % QLatin1String(": ") % qt_error_string(errorNumber);
    switch (errorNumber) {
    case ENOENT:
    case ENOTDIR:
        return {Error::Kind::NotFound, say(QT_TRANSLATE_NOOP("FileImport", "There is no file %1.")).arg(name), detail};
    case EISDIR:
        return {Error::Kind::Invalid,
                say(QT_TRANSLATE_NOOP("FileImport", "%1 is a directory. Choose a file of alerts.")).arg(name), detail};
    case EACCES:
    case EPERM:
        return {Error::Kind::Io, say(QT_TRANSLATE_NOOP("FileImport", "You are not allowed to read %1.")).arg(name),
                detail};
    default:
        return {Error::Kind::Io,
                say(QT_TRANSLATE_NOOP("FileImport", "%1 can't be read: %2.")).arg(name, qt_error_string(errorNumber)),
                detail};
    }
}

} // namespace

Result<std::unique_ptr<AlertFileReader>> AlertFileReader::open(const QString &path, const Clock &clock)
{
    const bool standardInput = path == QLatin1Char('-');
    const QString name = standardInput ? say(QT_TRANSLATE_NOOP("FileImport", "Standard input")) : path;
    // Without O_NONBLOCK, opening a pipe would wait for its writer.
    const int descriptor = standardInput
                               ? ::fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3)
                               : ::open(QFile::encodeName(path).constData(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (descriptor < 0) {
        return tl::unexpected(cantRead(name, errno));
    }
    std::unique_ptr<AlertFileReader> reader(new AlertFileReader(name, descriptor, clock));
    if (const auto begun = reader->begin(); !begun) {
        return tl::unexpected(begun.error());
    }
    return reader;
}

AlertFileReader::AlertFileReader(QString name, int descriptor, const Clock &clock)
    : m_name(std::move(name))
    , m_descriptor(descriptor)
    , m_stream(clock)
    , m_chunk(chunkSize, Qt::Uninitialized)
{
}

AlertFileReader::~AlertFileReader()
{
    ::close(m_descriptor);
}

Result<void> AlertFileReader::begin()
{
    struct stat about = {};
    if (::fstat(m_descriptor, &about) != 0) {
        return tl::unexpected(cantRead(m_name, errno));
    }
    if (S_ISDIR(about.st_mode)) {
        return tl::unexpected(cantRead(m_name, EISDIR));
    }
    m_isFile = S_ISREG(about.st_mode);
    if (!m_isFile) {
        return {};
    }
    // Some files, as those in /proc, have a size of 0 and still something to read.
    const Fill first = fill(0);
    if (first == Fill::End) {
        return failure(Error::Kind::Invalid, say(QT_TRANSLATE_NOOP("FileImport", "%1 is empty.")).arg(m_name));
    }
    return first == Fill::Failed ? Result<void>(tl::unexpected(*m_error)) : Result<void>();
}

AlertFileReader::Batch AlertFileReader::next(int maxItems, qint64 maxBytes)
{
    Batch batch;
    const qint64 readBefore = m_bytesRead;
    Fill state = Fill::Got;
    while (batch.alerts.size() + batch.faults.size() < maxItems && !m_stream.isDone()) {
        if (auto item = m_stream.next()) {
            if (auto *taken = std::get_if<TakenAlert>(&*item)) {
                batch.alerts.append(std::move(*taken));
            } else {
                batch.faults.append(std::get<AlertFault>(*item));
            }
            continue;
        }
        if (m_stream.isDone() || m_bytesRead - readBefore >= maxBytes) {
            break;
        }
        const bool empty = batch.alerts.isEmpty() && batch.faults.isEmpty();
        state = fill(empty ? silenceMsecs : 0);
        if (state == Fill::Nothing || state == Fill::Failed) {
            break;
        }
    }
    measure();
    batch.error = m_error;
    batch.atEnd = m_stream.isDone() || m_error;
    batch.bytesRead = m_bytesRead;
    batch.bytesTotal = m_bytesTotal;
    batch.summary = m_stream.summary();
    return batch;
}

/// Gives the stream one more chunk, or tells it that there is none.
AlertFileReader::Fill AlertFileReader::fill(int waitMsecs)
{
    if (!m_isFile) {
        pollfd waiting = {m_descriptor, POLLIN, 0};
        if (::poll(&waiting, 1, waitMsecs) <= 0) {
            return Fill::Nothing;
        }
    }
    ssize_t got = 0;
    do {
        got = ::read(m_descriptor, m_chunk.data(), static_cast<size_t>(m_chunk.size()));
    } while (got < 0 && errno == EINTR);
    if (got < 0 && errno == EAGAIN) {
        return Fill::Nothing;
    }
    if (got < 0) {
        m_error = cantRead(m_name, errno);
        return Fill::Failed;
    }
    if (got == 0) {
        m_stream.finish();
        return Fill::End;
    }
    m_bytesRead += got;
    m_stream.append(QByteArrayView(m_chunk).first(got));
    return Fill::Got;
}

/// A file may have grown since it was opened.
void AlertFileReader::measure()
{
    struct stat about = {};
    if (m_isFile && ::fstat(m_descriptor, &about) == 0) {
        m_bytesTotal = std::max<qint64>(about.st_size, m_bytesRead);
    }
}

} // namespace courier
