// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "gui/destinationwords.h"

#include "gui/destinationsecuritywords.h"
#include "models/words.h"

#include <QCoreApplication>

namespace courier {
namespace {

QString say(const char *text, int n = -1)
{
    return QCoreApplication::translate("DestinationWords", text, nullptr, n);
}

QStringList namesOf(SeveritySet severities)
{
    QStringList names;
    for (const Severity severity : severities.toList()) {
        names.append(displayName(severity));
    }
    return names;
}

QStringList namesOf(AlertTypeSet types)
{
    QStringList names;
    for (const AlertType type : types.toList()) {
        names.append(pluralName(type));
    }
    return names;
}

QString triesWords(int retries)
{
    return retries == 0 ? say("tried once") : say("tried up to %Ln times", retries + 1);
}

QString retriesSummary(const Destination &destination)
{
    if (destination.maxRetries == 0) {
        return say("no retries");
    }
    const QString schedule = displayName(destination.schedule).toLower();
    if (destination.maxRetries == maxRetriesLimit) {
        return say("%1 retries").arg(schedule);
    }
    return destination.maxRetries == 1 ? say("1 %1 retry").arg(schedule)
                                       : say("%Ln %1 retries", destination.maxRetries).arg(schedule);
}

QString headersSummary(qsizetype count)
{
    if (count == 0) {
        return say("no headers");
    }
    return count == 1 ? say("1 header") : say("%Ln headers", static_cast<int>(count));
}

QString orJoinedWords(const QStringList &words)
{
    return words.size() < 2
               ? words.join(QString())
               : say("%1 or %2").arg(QStringList(words.mid(0, words.size() - 1)).join(say(", ")), words.constLast());
}

QString alertsSentence(const Destination &destination)
{
    const QString name =
        destination.name.simplified().isEmpty() ? say("this destination") : destination.name.simplified();
    const QString tries = triesWords(destination.maxRetries);
    if (destination.types.isEmpty() || destination.severities.isEmpty()) {
        return say("Only alerts that name it go to %1, %2.").arg(name, tries);
    }
    const bool everySeverity = destination.severities == SeveritySet::all();
    const bool everyType = destination.types == AlertTypeSet::all();
    const QString severities = joinedWords(namesOf(destination.severities));
    const QString types = orJoinedWords(namesOf(destination.types));
    if (everySeverity) {
        return everyType ? say("All alerts go to %1, %2.").arg(name, tries)
                         : say("Alerts of every severity go to %1, %2, if their type is %3.").arg(name, tries, types);
    }
    return everyType ? say("%3 alerts of every type go to %1, %2.").arg(name, tries, severities)
                     : say("%3 alerts go to %1, %2, if their type is %4.").arg(name, tries, severities, types);
}

} // namespace

QString joinedWords(const QStringList &words)
{
    return words.size() < 2
               ? words.join(QString())
               : say("%1 and %2").arg(QStringList(words.mid(0, words.size() - 1)).join(say(", ")), words.constLast());
}

QString severityWords(SeveritySet severities)
{
    if (severities.isEmpty()) {
        return say("None");
    }
    return severities == SeveritySet::all() ? say("Every severity") : namesOf(severities).join(say(", "));
}

QString typeWords(AlertTypeSet types)
{
    if (types.isEmpty()) {
        return say("None");
    }
    return types == AlertTypeSet::all() ? say("Every type") : namesOf(types).join(say(", "));
}

QString headerWords(const QList<Header> &headers)
{
    QStringList names;
    for (const Header &header : headers) {
        names.append(QString::fromUtf8(header.name));
    }
    return names.isEmpty() ? say("None") : names.join(say(", "));
}

QString retryWords(const Destination &destination)
{
    if (destination.maxRetries == 0) {
        return say("None");
    }
    const QString schedule = displayName(destination.schedule);
    return destination.maxRetries == 1 ? say("%1, 1 retry").arg(schedule)
                                       : say("%1, up to %Ln retries", destination.maxRetries).arg(schedule);
}

QString rateWords(double ratePerSecond)
{
    return ratePerSecond > 0 ? ratePerSecond == 1
                                   ? say("At most 1 request a second")
                                   : say("At most %1 requests a second").arg(words::number(ratePerSecond))
                             : say("No limit");
}

QString advancedSummary(const Destination &destination)
{
    const QString summary = say("%1 s time-out, %2, %3")
                                .arg(QString::number(destination.timeoutSeconds), retriesSummary(destination),
                                     headersSummary(destination.headers.size()));
    const QString limited = destination.ratePerSecond > 0
                                ? say("%1, at most %2 a second").arg(summary, words::number(destination.ratePerSecond))
                                : summary;
    const QString security = securitySummary(destination);
    const QString secured = security.isEmpty() ? limited : say("%1, %2").arg(limited, security);
    return destination.resolutions ? say("%1, resolutions too").arg(secured) : secured;
}

QString resolutionWords(const Destination &destination)
{
    return destination.resolutions ? say("Sent, too") : say("Not sent");
}

QString routeSentence(const Destination &destination)
{
    const QString sentence = alertsSentence(destination);
    return destination.resolutions ? say("%1 When one is resolved, that is sent, too.").arg(sentence) : sentence;
}

} // namespace courier
