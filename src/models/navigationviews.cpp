// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "models/navigationviews.h"

#include "models/marks.h"
#include "models/words.h"

namespace courier {

using Kind = NavigationModel::Kind;

QString viewGlyph(Kind kind)
{
    switch (kind) {
    case Kind::NeedsAttention:
        return QStringLiteral("attention");
    case Kind::Retrying:
        return statusGlyph(AlertStatus::Retrying);
    case Kind::DeliveredToday:
        return statusGlyph(AlertStatus::Delivered);
    default:
        return QStringLiteral("all");
    }
}

QString viewColorKey(Kind kind)
{
    switch (kind) {
    case Kind::NeedsAttention:
        return statusColorKey(AlertStatus::Failed);
    case Kind::Retrying:
        return statusColorKey(AlertStatus::Retrying);
    case Kind::DeliveredToday:
        return statusColorKey(AlertStatus::Delivered);
    default:
        return QStringLiteral("muted");
    }
}

QString viewName(Kind kind)
{
    switch (kind) {
    case Kind::NeedsAttention:
        return NavigationModel::tr("Needs attention");
    case Kind::Retrying:
        return NavigationModel::tr("Retrying");
    case Kind::DeliveredToday:
        return NavigationModel::tr("Delivered today");
    default:
        return NavigationModel::tr("All alerts");
    }
}

AlertFilter filterOf(NavigationModel::Kind kind, qint64 now)
{
    AlertFilter filter;
    switch (kind) {
    case Kind::NeedsAttention:
        filter.needsAttention = true;
        break;
    case Kind::Retrying:
        filter.statuses = {AlertStatus::Retrying};
        break;
    case Kind::DeliveredToday:
        filter.deliveredSince = words::startOfDay(now);
        break;
    default:
        break;
    }
    return filter;
}

} // namespace courier
