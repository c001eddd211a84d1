// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "delivery/namedconnections.h"

#include <QHash>
#include <QMetaMethod>
#include <QNetworkAccessManager>

#include <algorithm>
#include <limits>
#include <vector>

#include <dlfcn.h>
#include <link.h>

namespace {

using ByName = QMetaObject::Connection (*)(const QObject *, const char *, const QObject *, const char *,
                                           Qt::ConnectionType);

// Qt's own, which stands behind ours in the order in which libraries are asked.
ByName qtsOwn()
{
    static const auto function =
        reinterpret_cast<ByName>(dlsym(RTLD_NEXT, "_ZN7QObject7connectEPKS_PKcS1_S3_N2Qt14ConnectionTypeE"));
    return function;
}

// Texts are literals, nearly always: looked for by where they stand, and compared when found.
struct Names
{
    const QMetaObject *sender;
    const char *signal;
    const QMetaObject *receiver;
    const char *member;
    bool operator==(const Names &) const = default;
};

size_t qHash(const Names &names, size_t seed)
{
    return qHashMulti(seed, names.sender, names.signal, names.receiver, names.member);
}

struct Resolved
{
    QByteArray signal;
    QByteArray member;
    int signalIndex = -1;
    int memberIndex = -1;
    std::vector<int> types; // of the arguments, and a zero
};

thread_local QHash<Names, Resolved> resolved;
thread_local qint64 count = 0;

// Where a library stands in memory. Told once: to ask of each address which library it is in would take longer than
// Qt's own looking up, for all that windows connect by name.
struct Library
{
    quintptr address = 0; ///< one in it
    quintptr from = 0;
    quintptr to = 0;

    bool holds(const void *object) const
    {
        const auto place = reinterpret_cast<quintptr>(object);
        return place >= from && place < to;
    }
};

int lookAt(dl_phdr_info *info, size_t, void *data)
{
    auto *const library = static_cast<Library *>(data);
    Library seen{library->address, std::numeric_limits<quintptr>::max(), 0};
    for (int i = 0; i < info->dlpi_phnum; ++i) {
        const auto &part = info->dlpi_phdr[i];
        if (part.p_type == PT_LOAD) {
            seen.from = std::min<quintptr>(seen.from, info->dlpi_addr + part.p_vaddr);
            seen.to = std::max<quintptr>(seen.to, info->dlpi_addr + part.p_vaddr + part.p_memsz);
        }
    }
    if (library->address < seen.from || library->address >= seen.to) {
        return 0;
    }
    *library = seen;
    return 1;
}

Library libraryOf(const void *object)
{
    Library library{reinterpret_cast<quintptr>(object)};
    dl_iterate_phdr(&lookAt, &library);
    return library;
}

// Meta-objects that stand in a library never change.
bool isOfQtNetwork(const QMetaObject *sender, const QMetaObject *receiver)
{
    static const Library network = libraryOf(&QNetworkAccessManager::staticMetaObject);
    static const Library core = libraryOf(&QObject::staticMetaObject);
    return (network.holds(sender) && (network.holds(receiver) || core.holds(receiver))) ||
           (core.holds(sender) && network.holds(receiver));
}

// What is not understood is not remembered.
void remember(const Names &names)
{
    if (!isOfQtNetwork(names.sender, names.receiver)) {
        return;
    }
    const char *const member = names.member + 1; // behind the digit of SIGNAL() or SLOT()
    Resolved found{names.signal,
                   names.member,
                   names.sender->indexOfSignal(names.signal + 1),
                   *names.member == '0' + QSIGNAL_CODE ? names.receiver->indexOfSignal(member)
                                                       : names.receiver->indexOfSlot(member),
                   {}};
    if (found.signalIndex < 0 || found.memberIndex < 0) {
        return;
    }
    const QMetaMethod signal = names.sender->method(found.signalIndex);
    for (int i = 0; i < signal.parameterCount(); ++i) {
        found.types.push_back(signal.parameterType(i));
    }
    if (std::find(found.types.cbegin(), found.types.cend(), QMetaType::UnknownType) == found.types.cend()) {
        found.types.push_back(0);
        resolved.insert(names, found);
    }
}

} // namespace

// The connection owns the list of types.
QMetaObject::Connection QObject::connect(const QObject *sender, const char *signal, const QObject *receiver,
                                         const char *member, Qt::ConnectionType type)
{
    if (!sender || !signal || !receiver || !member || type > Qt::BlockingQueuedConnection) {
        return qtsOwn()(sender, signal, receiver, member, type);
    }
    const Names names{sender->metaObject(), signal, receiver->metaObject(), member};
    const auto known = resolved.constFind(names);
    if (known == resolved.cend() || known->signal != signal || known->member != member) {
        QMetaObject::Connection made = qtsOwn()(sender, signal, receiver, member, type);
        if (made) {
            remember(names);
        }
        return made;
    }
    ++count;
    int *types = nullptr;
    if (type != Qt::DirectConnection) {
        types = new int[known->types.size()];
        std::copy(known->types.cbegin(), known->types.cend(), types);
    }
    return QMetaObject::connect(sender, known->signalIndex, receiver, known->memberIndex, type, types);
}

namespace courier::namedconnections {

void provide() {}

qint64 remembered()
{
    return count;
}

} // namespace courier::namedconnections
