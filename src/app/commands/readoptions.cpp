// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "app/commands/readoptions.h"

#include "intake/format.h"

#include <array>
#include <cmath>

namespace courier::commands {
namespace {

constexpr int usualLimit = 100;

bool isWord(const QString &text, const char *word)
{
    return text.compare(QLatin1String(word), Qt::CaseInsensitive) == 0;
}

tl::expected<int, Failure> readNumber(const Call &call, const QString &option)
{
    bool isNumber = false;
    const int number = call.value(option).toInt(&isNumber);
    if (!isNumber || number < 0) {
        return misused(Text::tr("--%1 takes a whole number.").arg(option));
    }
    return number;
}

/// "critical,high", given once or more often, as a set; "all" and "none" are all and none of it.
template<typename Set, typename Read>
tl::expected<Set, Failure> readSet(const QStringList &values, Read read, const QString &complaint)
{
    Set set;
    for (const QString &value : values) {
        for (const QString &word : value.split(u',')) {
            if (isWord(word, "all")) {
                set = Set::all();
            } else if (const auto one = read(word.trimmed())) {
                set.set(*one);
            } else if (!isWord(word, "none")) {
                return misused(complaint.arg(word));
            }
        }
    }
    return set;
}

std::optional<AlertType> typeFromUser(const QString &word)
{
    return alertTypeFromWire(word.toUpper().replace(u'-', u'_'));
}

Ending readSets(const Call &call, Destination &destination)
{
    if (call.isSet(QStringLiteral("severity"))) {
        const auto set = readSet<SeveritySet>(
            call.values(QStringLiteral("severity")), severityFromUser,
            Text::tr("--severity takes critical, high, medium, low, info, all or none, not “%1”."));
        if (!set) {
            return tl::unexpected(set.error());
        }
        destination.severities = *set;
    }
    if (call.isSet(QStringLiteral("type"))) {
        const auto set = readSet<AlertTypeSet>(
            call.values(QStringLiteral("type")), typeFromUser,
            Text::tr("--type takes rule, rule-error, policy, scheduled-rule, scheduled-rule-error, system-error or "
                     "all, not “%1”."));
        if (!set) {
            return tl::unexpected(set.error());
        }
        destination.types = *set;
    }
    return {};
}

/// Each replaces the header of its name, or comes behind the others.
Ending readHeaders(const Call &call, Destination &destination)
{
    for (const QString &text : call.values(QStringLiteral("header"))) {
        const qsizetype colon = text.indexOf(u':');
        if (colon < 1) {
            return misused(Text::tr("--header takes 'Name: value'."));
        }
        const Header header{text.left(colon).trimmed().toUtf8(), text.mid(colon + 1).trimmed().toUtf8()};
        const auto hasName = [&](const Header &other) {
            return other.name.compare(header.name, Qt::CaseInsensitive) == 0;
        };
        const auto same = std::find_if(destination.headers.begin(), destination.headers.end(), hasName);
        if (same != destination.headers.end()) {
            *same = header;
        } else {
            destination.headers.append(header);
        }
    }
    return {};
}

Ending readNumbers(const Call &call, Destination &destination)
{
    const std::array<std::pair<QString, int *>, 2> numbers{{{QStringLiteral("timeout"), &destination.timeoutSeconds},
                                                            {QStringLiteral("retries"), &destination.maxRetries}}};
    for (const auto &[option, target] : numbers) {
        if (call.isSet(option)) {
            const auto number = readNumber(call, option);
            if (!number) {
                return tl::unexpected(number.error());
            }
            *target = *number;
        }
    }
    if (call.isSet(QStringLiteral("schedule"))) {
        const auto schedule = retryScheduleFromKeyword(call.value(QStringLiteral("schedule")).toLower());
        if (!schedule) {
            return misused(Text::tr("--schedule takes standard, quick, patient or reference."));
        }
        destination.schedule = *schedule;
    }
    return {};
}

Ending readRate(const Call &call, Destination &destination)
{
    if (!call.isSet(QStringLiteral("rate"))) {
        return {};
    }
    const QString word = call.value(QStringLiteral("rate"));
    bool isNumber = false;
    const double rate = isWord(word, "none") ? 0 : word.toDouble(&isNumber);
    if (!isWord(word, "none") && (!isNumber || !std::isfinite(rate) || rate < 0)) {
        return misused(Text::tr("--rate takes a number of requests a second, such as 5 or 0.5, or none."));
    }
    destination.ratePerSecond = rate > 0 && rate < minRate ? rate : roundedRate(rate);
    return {};
}

Ending readResolutions(const Call &call, Destination &destination)
{
    const QString word = call.value(QStringLiteral("resolutions"));
    if (call.isSet(QStringLiteral("resolutions")) && !isWord(word, "on") && !isWord(word, "off")) {
        return misused(Text::tr("--resolutions takes on or off."));
    }
    destination.resolutions = word.isNull() ? destination.resolutions : isWord(word, "on");
    return {};
}

QString optionOf(DestinationField field)
{
    switch (field) {
    case DestinationField::Name:
        return QStringLiteral("--name");
    case DestinationField::Url:
        return QStringLiteral("--url");
    case DestinationField::Severities:
        return QStringLiteral("--severity");
    case DestinationField::Types:
        return QStringLiteral("--type");
    case DestinationField::Headers:
        return QStringLiteral("--header");
    case DestinationField::Timeout:
        return QStringLiteral("--timeout");
    case DestinationField::Rate:
        return QStringLiteral("--rate");
    case DestinationField::Retries:
        return QStringLiteral("--retries");
    case DestinationField::Signing:
        return QStringLiteral("--signing");
    case DestinationField::Authentication:
        return QStringLiteral("--auth");
    case DestinationField::Tls:
        return QStringLiteral("--client-certificate");
    case DestinationField::Proxy:
        break;
    }
    return QStringLiteral("--proxy");
}

/// True where \a argument is one part whose value has blanks.
bool isPartWithBlanks(const QString &argument)
{
    static constexpr std::array<const char *, 5> keys{"dest:", "destination:", "source:", "since:", "until:"};
    const bool hasKey = std::any_of(keys.begin(), keys.end(), [&](const char *key) {
        return argument.startsWith(QLatin1String(key), Qt::CaseInsensitive);
    });
    const QString rest = argument.section(u':', 1);
    const QStringList words = rest.split(u' ');
    return hasKey && words.size() > 1 && std::none_of(words.begin() + 1, words.end(), [](const QString &word) {
               return word.contains(u':') && word.front().isLetter();
           });
}

} // namespace

QList<OptionSpec> settingOptions()
{
    return {{QStringLiteral("name"), QStringLiteral("NAME"), Text::tr("Its display name.")},
            {QStringLiteral("url"), QStringLiteral("URL"), Text::tr("The webhook's address.")},
            {QStringLiteral("severity"), QStringLiteral("LIST"),
             Text::tr("The severities it takes: critical, high, medium, low, info, all or none."), Completes::Severity},
            {QStringLiteral("type"), QStringLiteral("LIST"),
             Text::tr("The alert types it takes: rule, rule-error, policy, scheduled-rule, scheduled-rule-error, "
                      "system-error or all."),
             Completes::Type},
            {QStringLiteral("schedule"), QStringLiteral("WORD"),
             Text::tr("When it is tried again: standard, quick, patient or reference."), Completes::Schedule},
            {QStringLiteral("timeout"), QStringLiteral("SECONDS"), Text::tr("The time an attempt may take, 1 to 120.")},
            {QStringLiteral("retries"), QStringLiteral("NUMBER"), Text::tr("How often it is tried again, 0 to 10.")},
            {QStringLiteral("rate"), QStringLiteral("NUMBER"),
             Text::tr("At most so many requests a second, such as 5 or 0.5; none for no limit.")},
            {QStringLiteral("resolutions"), QStringLiteral("on|off"),
             Text::tr("Whether it is also told when an alert is over."), Completes::OnOff},
            {QStringLiteral("header"), QStringLiteral("'NAME: VALUE'"),
             Text::tr("A header of your own; may be given more than once.")}};
}

Ending readSettings(const Call &call, Destination &destination)
{
    if (call.isSet(QStringLiteral("name"))) {
        destination.name = call.value(QStringLiteral("name")).trimmed();
    }
    if (call.isSet(QStringLiteral("url"))) {
        destination.url = call.value(QStringLiteral("url")).trimmed();
    }
    for (const auto read : {readSets, readHeaders, readNumbers, readRate, readResolutions}) {
        if (const Ending done = read(call, destination); !done) {
            return done;
        }
    }
    return {};
}

Ending checkSettings(const Destination &destination, QStringList &warnings)
{
    for (const FieldIssue &issue : check(destination)) {
        const QString sentence = QStringLiteral("%1: %2").arg(optionOf(issue.field), issue.message);
        if (issue.isError) {
            return refused(sentence);
        }
        warnings.append(sentence);
    }
    return {};
}

QStringList formatIds()
{
    QStringList ids;
    for (const Format *format : allFormats()) {
        ids.append(format->id());
    }
    return ids;
}

OptionSpec limitOption()
{
    return {QStringLiteral("limit"), QStringLiteral("NUMBER"),
            Text::tr("At most so many, the newest first; 0 for all. Without it, %1.").arg(usualLimit)};
}

tl::expected<int, Failure> readLimit(const Call &call)
{
    if (!call.isSet(QStringLiteral("limit"))) {
        return usualLimit;
    }
    return readNumber(call, QStringLiteral("limit")).map([](int limit) { return limit == 0 ? everything : limit; });
}

QString searchText(const QStringList &arguments)
{
    QStringList parts;
    for (const QString &argument : arguments) {
        if (argument.contains(u'"') || !isPartWithBlanks(argument)) {
            parts.append(argument);
            continue;
        }
        QStringList values = argument.section(u':', 1).split(u',');
        for (QString &value : values) {
            value = u'"' + value.trimmed().replace(u'\\', QLatin1String("\\\\")) + u'"';
        }
        parts.append(argument.section(u':', 0, 0) + u':' + values.join(u','));
    }
    return parts.join(u' ');
}

tl::expected<AlertFilter, Failure> readFilter(const QString &search, const Clock &clock)
{
    const Result<AlertFilter> filter = parseSearch(search, clock.nowUtc());
    if (!filter) {
        return misused(filter.error().message);
    }
    return *filter;
}

} // namespace courier::commands
