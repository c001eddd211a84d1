// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

// What a user can do with destinations. The rest is in desk.cpp.

#include "desk/desk.h"

#include "desk/destinationwriter.h"
#include "desk/secretcache.h"
#include "store/whendone.h"

#include <QLoggingCategory>

#include <algorithm>

Q_DECLARE_LOGGING_CATEGORY(lcDesk)

namespace courier {

std::optional<Destination> Desk::destination(DestinationId id) const
{
    const auto found = std::find_if(m_destinations.begin(), m_destinations.end(),
                                    [id](const Destination &one) { return one.id == id; });
    return found == m_destinations.end() ? std::nullopt : std::optional<Destination>(*found);
}

QString Desk::destinationName(DestinationId id) const
{
    return m_names.value(id);
}

QList<FieldIssue> Desk::check(const Destination &destination) const
{
    QList<FieldIssue> issues = courier::check(destination);
    const QString name = destination.name.trimmed();
    const bool taken = std::any_of(m_destinations.begin(), m_destinations.end(), [&](const Destination &other) {
        return other.id != destination.id && other.name.compare(name, Qt::CaseInsensitive) == 0;
    });
    if (taken) {
        issues.prepend({DestinationField::Name, true, tr("A destination named %1 exists.").arg(name), -1});
    }
    return issues;
}

QString Desk::freeName(const QString &name) const
{
    const auto isTaken = [this](const QString &candidate) {
        return std::any_of(m_destinations.begin(), m_destinations.end(), [&](const Destination &other) {
            return other.name.compare(candidate, Qt::CaseInsensitive) == 0;
        });
    };
    QString candidate = name;
    for (int number = 2; isTaken(candidate); ++number) {
        candidate = name.left(maxNameLength - 8) + QLatin1Char(' ') + QString::number(number);
    }
    return candidate;
}

QFuture<Result<Destination>> Desk::addDestination(const Destination &destination, const SecretChanges &changes)
{
    return m_writer->add(destination, changes);
}

QFuture<Result<Destination>> Desk::updateDestination(const Destination &destination, const SecretChanges &changes)
{
    return m_writer->update(this->destination(destination.id).value_or(destination), destination, changes);
}

QString Desk::waitReason(DestinationId id) const
{
    return m_secretCache->waitReason(id);
}

QFuture<Result<qint64>> Desk::setPaused(DestinationId id, bool paused)
{
    const QFuture<Result<qint64>> done = m_store->setPaused(id, paused);
    whenDone(this, done, [this, id, paused](const Result<qint64> &result) {
        if (result) {
            qCInfo(lcDesk, "%s %s", qUtf8Printable(destinationName(id)), paused ? "is paused." : "is resumed.");
        }
    });
    return done;
}

QFuture<Result<qint64>> Desk::deleteDestination(DestinationId id)
{
    Destination known;
    known.id = id;
    const QFuture<Result<qint64>> done = m_writer->remove(destination(id).value_or(known));
    whenDone(this, done, [this, id](const Result<qint64> &result) {
        if (result) {
            qCInfo(lcDesk, "%s is deleted; %lld deliveries that waited are cancelled.",
                   qUtf8Printable(destinationName(id)), static_cast<long long>(*result));
        }
    });
    return done;
}

QFuture<Result<Destination>> Desk::duplicateDestination(DestinationId id)
{
    Destination copy = destination(id).value_or(Destination{});
    copy.id = {};
    copy.name = freeName(copy.name);
    copy.paused = true;
    copy.builtInReceiver = false;
    copy.testState = TestState::NotTested;
    copy.testedAt = 0;
    copy.testResult.clear();
    return m_writer->add(copy, {}, copy.secrets);
}

QFuture<Result<Destination>> Desk::startReceiver()
{
    const auto known = std::find_if(m_destinations.begin(), m_destinations.end(),
                                    [](const Destination &one) { return one.builtInReceiver; });
    const bool isKnown = known != m_destinations.end();
    Destination destination = isKnown ? *known : Destination{};
    const Result<QUrl> url = m_receiver->start(isKnown ? QUrl(destination.url).port(0) : 0);
    if (!url) {
        return QtFuture::makeReadyFuture(Result<Destination>(tl::unexpected(url.error())));
    }
    destination.url = url->toString(QUrl::FullyEncoded);
    if (isKnown) {
        return updateDestination(destination);
    }
    destination.name = freeName(tr("Built-in receiver"));
    destination.severities = SeveritySet::all();
    destination.schedule = RetrySchedule::Quick;
    destination.builtInReceiver = true;
    return addDestination(destination);
}

} // namespace courier
