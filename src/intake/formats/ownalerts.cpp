// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "intake/alertreader.h"
#include "intake/format.h"
#include "intake/formats/formats.h"

#include <QCoreApplication>

namespace courier {

namespace {

/// Our own JSON: the wire contract's field names. Severities are ours already.
class OwnAlerts final : public Format
{
public:
    QString id() const override { return QStringLiteral("alerts"); }
    QString title() const override { return QCoreApplication::translate("Format", "Alert Courier alerts"); }
    SeverityMap defaultSeverities() const override { return {}; }
    bool recognises(QByteArrayView) const override { return false; } // what looks like nothing else

protected:
    void take(QByteArrayView record, const ReadContext &context, RecordResult &result) const override
    {
        auto alert = readAlert(record, context.nowUtc);
        if (alert) {
            alert->source = context.source;
            result.alerts.emplaceBack().alert = std::move(*alert);
        } else {
            result.faults.append(std::move(alert.error()));
        }
    }
};

} // namespace

const Format *ownAlertsFormat()
{
    static const OwnAlerts format;
    return &format;
}

} // namespace courier
