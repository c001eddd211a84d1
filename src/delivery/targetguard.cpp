// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "delivery/targetguard.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace courier::targetguard {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(TargetGuard)
};

/// A range of addresses, and what it is.
struct Range
{
    const char *subnet;
    const char *kind;
};

constexpr auto kindOfThis = QT_TRANSLATE_NOOP("TargetGuard", "of this computer");
constexpr auto kindPrivate = QT_TRANSLATE_NOOP("TargetGuard", "of a private network");
constexpr auto kindLinkLocal = QT_TRANSLATE_NOOP("TargetGuard", "of the local link");
constexpr auto kindMetadata = QT_TRANSLATE_NOOP("TargetGuard", "of a cloud's metadata");
constexpr auto kindMulticast = QT_TRANSLATE_NOOP("TargetGuard", "for many receivers");
constexpr auto kindReserved = QT_TRANSLATE_NOOP("TargetGuard", "that is not part of the public internet");

// The registries of special-purpose addresses (RFC 6890 and what came after), the narrow before the wide.
constexpr std::array ranges{Range{"169.254.169.254/32", kindMetadata},
                            Range{"169.254.170.2/32", kindMetadata},
                            Range{"169.254.170.23/32", kindMetadata},
                            Range{"100.100.100.200/32", kindMetadata},
                            Range{"168.63.129.16/32", kindMetadata},
                            Range{"192.0.0.192/32", kindMetadata},
                            Range{"0.0.0.0/8", kindOfThis},
                            Range{"127.0.0.0/8", kindOfThis},
                            Range{"10.0.0.0/8", kindPrivate},
                            Range{"172.16.0.0/12", kindPrivate},
                            Range{"192.168.0.0/16", kindPrivate},
                            Range{"100.64.0.0/10", kindPrivate},
                            Range{"169.254.0.0/16", kindLinkLocal},
                            Range{"192.0.0.0/24", kindReserved},
                            Range{"192.0.2.0/24", kindReserved},
                            Range{"192.88.99.0/24", kindReserved},
                            Range{"198.18.0.0/15", kindReserved},
                            Range{"198.51.100.0/24", kindReserved},
                            Range{"203.0.113.0/24", kindReserved},
                            Range{"224.0.0.0/4", kindMulticast},
                            Range{"240.0.0.0/4", kindReserved},
                            Range{"fd00:ec2::254/128", kindMetadata},
                            Range{"fd00:ec2::23/128", kindMetadata},
                            Range{"fd20:ce::254/128", kindMetadata},
                            Range{"::1/128", kindOfThis},
                            Range{"::/128", kindOfThis},
                            Range{"fc00::/7", kindPrivate},
                            Range{"fec0::/10", kindPrivate},
                            Range{"fe80::/10", kindLinkLocal},
                            Range{"ff00::/8", kindMulticast},
                            Range{"2001::/23", kindReserved},
                            Range{"2001:db8::/32", kindReserved},
                            Range{"3fff::/20", kindReserved},
                            Range{"5f00::/16", kindReserved},
                            Range{"100::/64", kindReserved}};

quint32 fourBytes(const Q_IPV6ADDR &address, int from)
{
    quint32 value = 0;
    for (int i = from; i < from + 4; ++i) {
        value = value << 8 | address[i];
    }
    return value;
}

bool isIn(const QHostAddress &address, const char *subnet)
{
    return address.isInSubnet(QHostAddress::parseSubnet(QLatin1String(subnet)));
}

// The IPv4 address that an IPv6 one leads to: mapped, compatible, by NAT64 or by 6to4.
std::optional<QHostAddress> embedded(const QHostAddress &address)
{
    const Q_IPV6ADDR bytes = address.toIPv6Address();
    if (isIn(address, "::ffff:0:0/96") || isIn(address, "64:ff9b::/96") || isIn(address, "64:ff9b:1::/48") ||
        isIn(address, "::ffff:0:0:0/96") || (isIn(address, "::/96") && fourBytes(bytes, 12) > 1)) {
        return QHostAddress(fourBytes(bytes, 12));
    }
    if (isIn(address, "2002::/16")) {
        return QHostAddress(fourBytes(bytes, 2));
    }
    return std::nullopt;
}

} // namespace

std::optional<QString> refusal(const QHostAddress &address)
{
    QHostAddress plain = address;
    if (address.protocol() == QAbstractSocket::IPv6Protocol) {
        plain.setScopeId({});
        if (const auto inner = embedded(plain)) {
            plain = *inner;
        }
    }
    const auto *const found = std::find_if(ranges.begin(), ranges.end(), [&](const Range &range) {
        const bool isIPv6 = QLatin1String(range.subnet).contains(QLatin1Char(':'));
        return isIPv6 == (plain.protocol() == QAbstractSocket::IPv6Protocol) && isIn(plain, range.subnet);
    });
    if (found != ranges.end()) {
        return Words::tr(found->kind);
    }
    return plain.isNull() ? std::optional(Words::tr(kindReserved)) : std::nullopt;
}

std::optional<QString> refusal(const QString &host, const QList<QHostAddress> &addresses)
{
    for (const QHostAddress &address : addresses) {
        if (const std::optional<QString> kind = refusal(address)) {
            const QString shown = address.toString();
            return shown == host ? Words::tr("Refused: %1 is an address %2, where this installation sends nothing.")
                                       .arg(shown, *kind)
                                 : Words::tr("Refused: %1 leads to %2, an address %3, where this installation sends "
                                             "nothing.")
                                       .arg(host, shown, *kind);
        }
    }
    return std::nullopt;
}

} // namespace courier::targetguard
