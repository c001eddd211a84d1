// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "models/destinationmarks.h"

#include "models/certificatewords.h"
#include "models/marks.h"
#include "models/words.h"

#include <QCoreApplication>
#include <QStringList>

#include <optional>

namespace courier {
namespace {

struct Say
{
    Q_DECLARE_TR_FUNCTIONS(DestinationMarks)
};

// Real alerts that arrived say more than a test that wasn't made.
bool isUntested(const Destination &destination, const DestinationStats &stats)
{
    return destination.testState == TestState::NotTested && stats.delivered24h == 0;
}

// Whether its certificate says more than the state of its deliveries does.
bool isMarkedByCertificate(const Destination &destination, const DestinationStats &stats, qint64 now)
{
    if (destination.paused || destination.isDeleted() || stats.isStruggling() || stats.attention > 0) {
        return false;
    }
    const CertificateStanding its = standing(destination.certificate, now);
    return its == CertificateStanding::Expired || (its == CertificateStanding::Expiring && stats.retrying == 0);
}

// The state of its deliveries that stands for it; nothing where its own mark says more.
std::optional<DeliveryState> stateOf(const Destination &destination, const DestinationStats &stats)
{
    if (destination.paused || destination.isDeleted()) {
        return std::nullopt;
    }
    if (stats.isStruggling()) {
        return DeliveryState::Retrying;
    }
    if (stats.attention > 0) {
        return DeliveryState::Failed;
    }
    if (stats.retrying > 0) {
        return DeliveryState::Retrying;
    }
    if (destination.testState == TestState::Failed || isUntested(destination, stats)) {
        return std::nullopt;
    }
    return DeliveryState::Delivered;
}

} // namespace

QString destinationGlyph(const Destination &destination, const DestinationStats &stats, qint64 now)
{
    if (isMarkedByCertificate(destination, stats, now)) {
        return QStringLiteral("warning");
    }
    const std::optional<DeliveryState> state = stateOf(destination, stats);
    if (destination.builtInReceiver && state == DeliveryState::Delivered) {
        return QStringLiteral("receiver");
    }
    return state ? statusGlyph(*state) : destinationGlyph(destination);
}

QString destinationColorKey(const Destination &destination, const DestinationStats &stats, qint64 now)
{
    if (isMarkedByCertificate(destination, stats, now)) {
        const bool isExpired = standing(destination.certificate, now) == CertificateStanding::Expired;
        return isExpired ? QStringLiteral("error") : QStringLiteral("warning");
    }
    const std::optional<DeliveryState> state = stateOf(destination, stats);
    return state ? statusColorKey(*state) : destinationColorKey(destination);
}

QString struggleWords(const DestinationStats &stats, qint64 now)
{
    if (!stats.isStruggling()) {
        return {};
    }
    const QString reason = stats.struggle.endsWith(QLatin1Char('.')) ? stats.struggle.chopped(1) : stats.struggle;
    const QString struggling = Say::tr("Struggling: %1.").arg(reason);
    return stats.nextTryAt > now
               ? Say::tr("%1 Next try in %2.").arg(struggling, words::countdown(stats.nextTryAt - now))
               : struggling;
}

QString destinationNote(const Destination &destination, const DestinationStats &stats, qint64 now)
{
    if (destination.paused) {
        return Say::tr("Paused");
    }
    if (stats.isStruggling()) {
        return Say::tr("Struggling");
    }
    if (standing(destination.certificate, now) != CertificateStanding::Good) {
        return certificateNote(destination.certificate, now);
    }
    if (destination.testState == TestState::Failed) {
        return Say::tr("Last test failed");
    }
    if (isUntested(destination, stats) && stats.failed24h == 0) {
        return Say::tr("Not tested");
    }
    return words::success(stats.delivered24h, stats.failed24h);
}

QString destinationLines(const Destination &destination, const DestinationStats &stats, qint64 now)
{
    QStringList lines{destination.name};
    if (stats.isStruggling() && !destination.paused) {
        lines.append(Say::tr("Struggling: %1").arg(stats.struggle));
    }
    if (standing(destination.certificate, now) != CertificateStanding::Good) {
        lines.append(certificateWarning(destination, now));
    }
    if (stats.delivered24h + stats.failed24h > 0) {
        lines.append(Say::tr("Last 24 h: %1 arrived, %2 failed")
                         .arg(words::count(stats.delivered24h), words::count(stats.failed24h)));
    }
    if (stats.attention > 0) {
        lines.append(Say::tr("Need attention: %1").arg(words::count(stats.attention)));
    }
    if (stats.waiting > 0) {
        lines.append(Say::tr("Waiting: %1").arg(words::count(stats.waiting)));
    }
    if (stats.held > 0) {
        lines.append(Say::tr("Held: %1").arg(words::count(stats.held)));
    }
    if (destination.testState != TestState::NotTested) {
        lines.append(Say::tr("Last test: %1").arg(destination.testResult));
    }
    return lines.join(QLatin1Char('\n'));
}

} // namespace courier
