// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "store/inflightledger.h"

#include "store/connection.h"
#include "store/ownfile.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>

#include <array>
#include <atomic>
#include <cerrno>
#include <cstring>
#include <mutex>
#include <vector>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace courier {
namespace {

constexpr int slotCount = 4096;
constexpr quint64 magic = 0x31465249554f43ULL; // "COUIRF1", little-endian

// The file: one head, then the slots; numbers as this machine writes them, since it never leaves the machine.
struct FileHead
{
    quint64 magic = 0;
    std::array<quint64, 7> unused{};
};

struct Slot
{
    qint64 delivery = 0; ///< 0: free
    qint64 startedAt = 0;
    qint32 number = 0;
    qint32 round = 0;
    quint8 trigger = 0;
    quint8 resent = 0;
    std::array<quint8, 6> unused{};
    quint64 checksum = 0; ///< written last: a slot whose writing was cut short doesn't count
    std::array<quint64, 3> unusedToo{};
};

static_assert(sizeof(FileHead) == 64 && sizeof(Slot) == 64);
constexpr std::size_t fileSize = sizeof(FileHead) + slotCount * sizeof(Slot);

// FNV-1a over what comes before the checksum.
quint64 checksumOf(const Slot &slot)
{
    std::array<quint8, offsetof(Slot, checksum)> bytes{};
    std::memcpy(bytes.data(), &slot, bytes.size());
    quint64 sum = 0xcbf29ce484222325ULL;
    for (const quint8 byte : bytes) {
        sum = (sum ^ byte) * 0x100000001b3ULL;
    }
    return sum;
}

Slot slotFor(const InFlight &send)
{
    Slot slot;
    slot.delivery = number(send.deliveryId);
    slot.startedAt = send.startedAt;
    slot.number = send.number;
    slot.round = send.round;
    slot.trigger = static_cast<quint8>(send.trigger);
    slot.resent = send.resent ? 1 : 0;
    slot.checksum = checksumOf(slot);
    return slot;
}

InFlight sendOf(const Slot &slot)
{
    InFlight send;
    send.deliveryId = DeliveryId{slot.delivery};
    send.number = slot.number;
    send.trigger = static_cast<Trigger>(slot.trigger);
    send.round = slot.round;
    send.resent = slot.resent != 0;
    send.startedAt = slot.startedAt;
    return send;
}

tl::unexpected<Error> ledgerError(const QString &path, int number)
{
    const QString file = QDir::toNativeSeparators(path);
    const bool isFull = number == ENOSPC || number == EDQUOT;
    const bool isReadOnly = number == EACCES || number == EPERM || number == EROFS;
    const QString message = isFull
                                ? QCoreApplication::translate("Store", "The disk is full: %1 can't be made.").arg(file)
                                : QCoreApplication::translate("Store", "%1 can't be opened.").arg(file);
    const Error::Kind kind = isFull ? Error::Kind::DiskFull : (isReadOnly ? Error::Kind::ReadOnly : Error::Kind::Io);
    return failure(kind, message, QString::fromLocal8Bit(std::strerror(number)));
}

} // namespace

class InFlightLedger::Private
{
public:
    explicit Private(void *mapped)
        : memory(static_cast<quint8 *>(mapped))
    {
    }
    ~Private() { ::munmap(memory, fileSize); }
    Private(const Private &) = delete;
    Private &operator=(const Private &) = delete;

    Slot read(int index) const
    {
        Slot slot;
        std::memcpy(&slot, at(index), sizeof(Slot));
        return slot;
    }
    // The checksum goes last, and the compiler may not think otherwise.
    void write(int index, const Slot &slot) const
    {
        std::memcpy(at(index), &slot, offsetof(Slot, checksum));
        std::atomic_signal_fence(std::memory_order_seq_cst);
        std::memcpy(at(index) + offsetof(Slot, checksum), &slot.checksum, sizeof(slot.checksum));
        std::atomic_signal_fence(std::memory_order_seq_cst);
    }
    quint8 *at(int index) const { return memory + sizeof(FileHead) + static_cast<std::size_t>(index) * sizeof(Slot); }
    bool isOurs() const;
    void empty() const;
    void takeStock();

    quint8 *memory;
    std::mutex mutex; ///< guards what follows, and the slots
    std::vector<int> free;
    QList<InFlight> leftBehind;
    std::vector<int> leftSlots;
};

bool InFlightLedger::Private::isOurs() const
{
    FileHead head;
    std::memcpy(&head, memory, sizeof(head));
    return head.magic == magic;
}

void InFlightLedger::Private::empty() const
{
    std::memset(memory, 0, fileSize);
    FileHead head;
    head.magic = magic;
    std::memcpy(memory, &head, sizeof(head));
}

// Finds what was left behind, and the free slots.
void InFlightLedger::Private::takeStock()
{
    for (int i = slotCount - 1; i >= 0; --i) {
        const Slot slot = read(i);
        if (slot.delivery > 0 && slot.checksum == checksumOf(slot)) {
            leftBehind.append(sendOf(slot));
            leftSlots.push_back(i);
        } else {
            free.push_back(i);
        }
    }
}

InFlightLedger::InFlightLedger(std::unique_ptr<Private> given)
    : m_private(std::move(given))
{
}

InFlightLedger::~InFlightLedger() = default;

Result<std::unique_ptr<InFlightLedger>> InFlightLedger::open(const QString &directory)
{
    const QString path = QDir(directory).absoluteFilePath(QStringLiteral("inflight"));
    const int file = ::open(QFile::encodeName(path).constData(), O_CREAT | O_RDWR | O_CLOEXEC, 0600);
    if (file < 0) {
        return ledgerError(path, errno);
    }
    struct stat facts = {};
    ::fstat(file, &facts);
    const bool isNew = facts.st_size == 0;
    const bool hasItsSize = facts.st_size == static_cast<off_t>(fileSize);
    // All of it has its place on the disk from the start: writing to a mapped page for which there is none kills.
    const int noRoom = ::ftruncate(file, static_cast<off_t>(fileSize)) != 0
                           ? errno
                           : ::posix_fallocate(file, 0, static_cast<off_t>(fileSize));
    void *memory = noRoom != 0 ? MAP_FAILED : ::mmap(nullptr, fileSize, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    const int problem = noRoom != 0 ? noRoom : errno;
    ::close(file);
    if (memory == MAP_FAILED) {
        return ledgerError(path, problem);
    }
    auto ledger = std::make_unique<Private>(memory);
    if (!hasItsSize || !ledger->isOurs()) {
        if (!isNew) {
            qCWarning(lcStore).noquote() << path << "was damaged; what was being sent is sent again unrecorded";
        }
        ledger->empty();
    }
    ledger->takeStock();
    ownfile::keepPrivate(path);
    return std::unique_ptr<InFlightLedger>(new InFlightLedger(std::move(ledger)));
}

QList<InFlight> InFlightLedger::leftBehind() const
{
    const std::lock_guard lock(m_private->mutex);
    return m_private->leftBehind;
}

void InFlightLedger::clear()
{
    const std::lock_guard lock(m_private->mutex);
    for (const int index : m_private->leftSlots) {
        m_private->write(index, Slot());
        m_private->free.push_back(index);
    }
    m_private->leftSlots.clear();
    m_private->leftBehind.clear();
}

int InFlightLedger::begin(const InFlight &send)
{
    const std::lock_guard lock(m_private->mutex);
    if (m_private->free.empty()) {
        return -1;
    }
    const int index = m_private->free.back();
    m_private->free.pop_back();
    m_private->write(index, slotFor(send));
    return index;
}

void InFlightLedger::end(int slot)
{
    if (slot < 0 || slot >= slotCount) {
        return;
    }
    const std::lock_guard lock(m_private->mutex);
    m_private->write(slot, Slot());
    m_private->free.push_back(slot);
}

} // namespace courier
