// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "gui/destinationpagewords.h"

#include "models/certificatewords.h"
#include "models/words.h"

#include <QCoreApplication>

namespace courier {
namespace {

QString say(const char *text)
{
    return QCoreApplication::translate("DestinationPageWords", text);
}

} // namespace

QString standingWords(const Destination &destination, qint64 now)
{
    if (destination.paused) {
        return say("Paused");
    }
    if (standing(destination.certificate, now) != CertificateStanding::Good) {
        return certificateNote(destination.certificate, now);
    }
    switch (destination.testState) {
    case TestState::NotTested:
        return say("Not tested");
    case TestState::Failed:
        return say("Last test failed");
    case TestState::Passed:
        break;
    }
    return {};
}

QString lastTestWords(const Destination &destination, qint64 now)
{
    if (destination.testState == TestState::NotTested) {
        return say("Not tested");
    }
    const QString form = destination.testState == TestState::Passed ? say("Passed %1, %2") : say("Failed %1, %2");
    return form.arg(words::clockTime(destination.testedAt, now), destination.testResult);
}

QString waitingWords(const DestinationStats &stats)
{
    if (stats.waiting == 0 && stats.held == 0) {
        return say("Nothing");
    }
    QStringList parts;
    if (stats.waiting > 0) {
        const qint64 first = stats.waiting - stats.retrying;
        if (first > 0) {
            parts.append(say("%1 to be sent").arg(words::count(first)));
        }
        if (stats.retrying > 0) {
            parts.append(say("%1 to be sent again").arg(words::count(stats.retrying)));
        }
    }
    if (stats.held > 0) {
        parts.append(say("%1 held").arg(words::count(stats.held)));
    }
    return parts.join(say("; "));
}

QString heldWords(qint64 held)
{
    if (held == 0) {
        return say("Paused: what comes in for it waits here as Held.");
    }
    return held == 1 ? say("Paused: 1 delivery waits here as Held.")
                     : say("Paused: %1 deliveries wait here as Held.").arg(words::count(held));
}

QString streakWords(qsizetype streak, const QString &reason)
{
    const QString because = reason.endsWith(QLatin1Char('.')) ? reason.chopped(1) : reason;
    return streak == 1 ? say("The last delivery failed: %1.").arg(because)
                       : say("The last %1 deliveries failed: %2.").arg(words::count(streak), because);
}

QString failedWords(qint64 count)
{
    return count == 1 ? say("1 delivery has failed for good.")
                      : say("%1 deliveries have failed for good.").arg(words::count(count));
}

QString deleteWords(qint64 waiting)
{
    const QString stays = say("What was sent stays in the history.");
    if (waiting == 0) {
        return say("Nothing waits for it. %1").arg(stays);
    }
    return waiting == 1 ? say("1 delivery waits for it and will be cancelled. %1").arg(stays)
                        : say("%1 deliveries wait for it and will be cancelled. %2").arg(words::count(waiting), stays);
}

} // namespace courier
