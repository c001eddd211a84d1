// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

// Alerts in each of the formats: as a document, and as a stream whose bytes come in any pieces.

#include "fuzz/fuzz.h"
#include "intake/alertstream.h"
#include "intake/fixedclock.h"
#include "intake/format.h"
#include "intake/jsonslice.h"

#include <QDateTime>

#include <algorithm>

using namespace courier;
using fuzz::must;

namespace {

const FixedClock fixedClock;

void checkAlert(const IncomingAlert &one)
{
    const Alert &alert = one.alert;
    const auto context = takeApart(alert.context);
    must(context && context->whole.kind == JsonKind::Object, "a context is a JSON object");
    must(!alert.ruleId.isEmpty(), "an alert has the id of its rule");
    must(QDateTime::fromString(alert.createdAt, Qt::ISODate).isValid() ||
             alert.createdAt.contains(QLatin1String(":60")),
         "an alert's time is one");
    must(one.startsAt >= 0 || !one.fingerprint.isEmpty(), "only what is repeated has a start");
}

void checkFault(const IntakeFault &fault)
{
    must(!fault.reason.isEmpty() && fault.line >= 0 && fault.column >= 0, "a fault has words and a place");
}

void checkDocument(const Format &format, const QByteArray &document)
{
    const FormatResult result = format.read(document, {nullptr, fixedClock.nowUtc(), {}});
    for (const IncomingAlert &one : result.alerts) {
        checkAlert(one);
    }
    std::for_each(result.faults.begin(), result.faults.end(), checkFault);
    must(result.faults.isEmpty() || result.alerts.isEmpty() || format.takesTheGoodOnes(), "a batch is taken whole");
    must(format.read(document, {nullptr, fixedClock.nowUtc(), {}}).alerts.size() == result.alerts.size(),
         "a document is read the same each time");
}

// What a stream came to, as one text.
QString read(const Format *format, QByteArrayView stream, qsizetype step)
{
    AlertStream alerts(fixedClock);
    alerts.setFormat(format);
    QString told;
    const auto drain = [&] {
        while (const auto item = alerts.next()) {
            if (const auto *taken = std::get_if<TakenAlert>(&*item)) {
                checkAlert(*taken);
                told += QStringLiteral("%1 %2 %3\n").arg(taken->line).arg(taken->alert.ruleId, taken->alert.title);
            } else {
                told += placedSentence(std::get<AlertFault>(*item)) + u'\n';
            }
        }
    };
    for (qsizetype at = 0; at < stream.size(); at += step) {
        alerts.append(stream.sliced(at, std::min(step, stream.size() - at)));
        drain();
    }
    alerts.finish();
    drain();
    must(alerts.isDone(), "a stream that ended is done");
    return told;
}

} // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArray document = fuzz::bytesOf(data, size);
    for (const Format *format : allFormats()) {
        checkDocument(*format, document);
    }
    const Format *guessed = guessFormat(document);
    must(guessed != nullptr, "a format is guessed for anything");
    const auto step = static_cast<qsizetype>(1 + fuzz::choice(document, 60));
    const auto chosen = static_cast<qsizetype>(fuzz::choice(document, 6));
    const Format *format = allFormats().value(chosen); // null: to be guessed
    must(read(format, document, step) == read(format, document, std::max<qsizetype>(1, document.size())),
         "a stream comes to the same in whatever pieces it comes");
    return 0;
}
