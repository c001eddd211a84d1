// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

// A configuration that is imported: what can be read is exported, and read again as the same.

#include "app/commands/configdocument.h"
#include "delivery/target.h"
#include "desk/intakesettings.h"
#include "desk/watchedfile.h"
#include "fuzz/fuzz.h"

#include <QCoreApplication>

using namespace courier;
using namespace courier::commands;
using fuzz::must;

namespace {

void checkSettings(const Settings &settings)
{
    for (const auto &[key, value] : settings) {
        must(isExported(key), "only settings that are exported are imported");
        if (key == sourcesKey()) {
            if (const auto files = watchedFilesFromJson(value.toUtf8())) {
                must(newWatchId(*files, 1) > 0, "a new watch gets an id");
                must(watchedFilesFromJson(toJson(*files)).has_value(), "watched files are written as they are");
            }
        }
        if (const auto address = IntakeAddress::parse(value)) {
            must(IntakeAddress::parse(address->text()).has_value(), "an address is written as it is read");
        }
    }
}

void checkTarget(const ImportedDestination &one)
{
    const QList<FieldIssue> issues = check(one.destination);
    const bool isFine =
        std::none_of(issues.begin(), issues.end(), [](const FieldIssue &issue) { return issue.isError; });
    if (!isFine || !one.missing.isEmpty() || !one.fault.isEmpty()) {
        return;
    }
    const DestinationSecrets secrets{one.secrets.values, one.secrets.headers};
    const auto target = Target::make(std::make_shared<const Destination>(one.destination),
                                     std::make_shared<const DestinationSecrets>(secrets));
    if (!target) {
        must(!target.error().message.isEmpty(), "a fault has words");
        return;
    }
    const QByteArray headers = (*target)->outgoing({"msg_1", "{}", "token", 1'790'000'000'000}).headers;
    must(headers.count('\n') == headers.count("\r\n"), "no header breaks its line");
    for (const QByteArray &line : headers.split('\n')) {
        must(line.isEmpty() || line.contains(": ") || line.endsWith(":\r"), "each line is a header");
    }
}

void checkAgain(const ConfigDocument &document)
{
    QList<Destination> destinations;
    AllSecrets secrets;
    for (const ImportedDestination &one : document.destinations) {
        if (!one.fault.isEmpty() || !one.missing.isEmpty()) {
            continue;
        }
        Destination destination = one.destination;
        destination.id = DestinationId{destinations.size() + 1};
        secrets.insert(destination.id, {one.secrets.values, one.secrets.headers});
        destinations.append(destination);
    }
    const QByteArray json = configDocument(destinations, document.settings, secrets).text();
    const Result<ConfigDocument> again = readConfig(json, {});
    must(again && again->settings == document.settings, "settings are exported as they were");
    must(again->destinations.size() == destinations.size(), "destinations are exported");
    for (qsizetype i = 0; i < destinations.size(); ++i) {
        const Destination &was = destinations.at(i);
        const Destination &is = again->destinations.at(i).destination;
        must(is.name == was.name && is.url == was.url && is.security == was.security &&
                 is.severities == was.severities && is.types == was.types,
             "a destination is exported as it was");
    }
}

} // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    // Qt finds its TLS library by the application.
    static int argc = 1;
    static char name[] = "fuzz_config";
    static char *argv[] = {name, nullptr};
    static const QCoreApplication app(argc, argv);
    const Result<ConfigDocument> document = readConfig(fuzz::bytesOf(data, size), {});
    if (!document) {
        must(!document.error().message.isEmpty(), "a fault has words");
        return 0;
    }
    checkSettings(document->settings);
    for (const ImportedDestination &one : document->destinations) {
        checkTarget(one);
    }
    checkAgain(*document);
    return 0;
}
