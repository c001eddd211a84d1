// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "app/commands/run.h"

#include <algorithm>

namespace courier::commands {
namespace {

bool isLatest(const QString &text)
{
    return text.compare(QLatin1String("latest"), Qt::CaseInsensitive) == 0;
}

} // namespace

Run::Run(const Call &call, const Clock &clock)
    : m_call(call)
    , m_out(call.json)
    , m_clock(clock)
{
}

// What a key ring was asked to let go it has a moment to: the vault's own limit ends it.
Run::~Run()
{
    if (m_writer && !m_writer->isSettled()) {
        QEventLoop loop;
        QObject::connect(m_writer.get(), &DestinationWriter::settled, &loop, &QEventLoop::quit);
        loop.exec();
    }
    m_writer.reset();
    m_vault.reset();
    m_queries.reset(); // it reads from the store, which goes with what owns it
}

Result<std::unique_ptr<Run>> Run::open(const CommandSpec &spec, const Call &call, const QString &directory,
                                       const Clock &clock)
{
    std::unique_ptr<Run> run(new Run(call, clock));
    if (spec.sends) {
        auto desk = Desk::open(directory, clock);
        if (!desk) {
            return tl::unexpected(desk.error());
        }
        run->m_desk = std::move(*desk);
    } else {
        auto store = Store::open(directory, clock);
        if (!store) {
            return tl::unexpected(store.error());
        }
        run->m_store = std::move(*store);
        run->m_vault = std::make_unique<SecretVault>(directory, run->m_store->key());
        run->m_writer = std::make_unique<DestinationWriter>(*run->m_store, *run->m_vault, clock);
    }
    auto queries = run->store().connectQueries();
    if (!queries) {
        return tl::unexpected(queries.error());
    }
    run->m_queries = std::move(*queries);
    return run;
}

QList<Destination> Run::destinations()
{
    return m_queries->destinations();
}

tl::expected<Destination, Failure> Run::destination(const QString &idOrName)
{
    const QList<Destination> all = destinations();
    const QString text = idOrName.trimmed();
    auto found = std::find_if(all.begin(), all.end(),
                              [&](const Destination &one) { return one.name.compare(text, Qt::CaseInsensitive) == 0; });
    if (found == all.end()) {
        found = std::find_if(all.begin(), all.end(), [&](const Destination &one) {
            return idText(one.id).compare(text, Qt::CaseInsensitive) == 0;
        });
    }
    if (found == all.end()) {
        return refused(Text::tr("There is no destination “%1”.").arg(printable(idOrName)));
    }
    return *found;
}

tl::expected<QList<Destination>, Failure> Run::destinationArguments()
{
    QList<Destination> found;
    for (const QString &argument : m_call.arguments) {
        const auto one = destination(argument);
        if (!one) {
            return tl::unexpected(one.error());
        }
        const bool isNew =
            std::none_of(found.begin(), found.end(), [&](const Destination &other) { return other.id == one->id; });
        if (isNew) {
            found.append(*one);
        }
    }
    return found;
}

QString Run::destinationName(DestinationId id)
{
    if (!m_names.contains(id)) {
        for (const Destination &one : m_queries->destinations(true)) {
            m_names.insert(one.id, one.name);
        }
    }
    return m_names.value(id);
}

tl::expected<AlertId, Failure> Run::alert(const QString &idOrLatest)
{
    if (isLatest(idOrLatest)) {
        const QList<AlertId> newest = m_queries->newestMatching({}, {}, 1);
        if (newest.isEmpty()) {
            return refused(Text::tr("There is no alert yet."));
        }
        return newest.first();
    }
    const auto number = numberFromPublicId(idOrLatest, store().key());
    if (!number || m_queries->summariesOf({AlertId{*number}}).isEmpty()) {
        return refused(Text::tr("There is no alert “%1”.").arg(printable(idOrLatest)));
    }
    return AlertId{*number};
}

tl::expected<Delivery, Failure> Run::delivery(const QString &idOrLatest)
{
    if (isLatest(idOrLatest)) {
        const QList<Delivery> newest = m_queries->newestDeliveries({}, {}, 1);
        if (newest.isEmpty()) {
            return refused(Text::tr("There is no delivery yet."));
        }
        return newest.first();
    }
    const auto number = numberFromPublicId(idOrLatest, store().key());
    const auto found = number ? m_queries->delivery(DeliveryId{*number}) : std::nullopt;
    if (!found) {
        return refused(Text::tr("There is no delivery “%1”.").arg(printable(idOrLatest)));
    }
    return *found;
}

} // namespace courier::commands
