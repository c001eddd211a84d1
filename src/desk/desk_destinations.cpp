// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

// What a user can do with destinations. The rest is in desk.cpp.

#include "desk/desk.h"

#include "desk/destinationwriter.h"
#include "desk/dispatcher.h"
#include "desk/secretcache.h"
#include "secrets/secretvault.h"
#include "store/whendone.h"

#include <QLoggingCategory>

#include <algorithm>

Q_DECLARE_LOGGING_CATEGORY(lcDesk)

namespace courier {
namespace {

/// A test that could not be made for want of the destination's secrets.
Attempt unsentTest(const Destination &destination, qint64 now, const Error &error)
{
    Attempt attempt;
    attempt.destinationId = destination.id;
    attempt.number = 1;
    attempt.trigger = Trigger::Test;
    attempt.startedAt = now;
    attempt.outcome = Outcome::NotSent;
    attempt.reason = Desk::tr("Not sent: its secrets can't be read. %1").arg(error.message);
    attempt.maskedUrl = maskedUrl(destination.url);
    return attempt;
}

} // namespace

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

qint64 Desk::sendTest(const Destination &destination)
{
    const qint64 ticket = m_dispatcher->newTicket();
    if (!destination.secrets.exist()) {
        m_dispatcher->enqueueTest(ticket, destination, nullptr);
        return ticket;
    }
    whenDone(this, m_vault->read(destination.secrets.id),
             [this, ticket, destination](const Result<DestinationSecrets> &secrets) {
                 if (secrets) {
                     m_dispatcher->enqueueTest(ticket, destination,
                                               std::make_shared<const DestinationSecrets>(*secrets));
                 } else {
                     onTestFinished(ticket, unsentTest(destination, m_clock.nowUtc(), secrets.error()));
                 }
             });
    return ticket;
}

// The test is told once it is kept, so that whoever reads its destination then finds it there.
void Desk::onTestFinished(qint64 ticket, const Attempt &attempt)
{
    whenDone(this, m_store->recordTest(attempt), [this, ticket, attempt](const Result<Destination> &kept) {
        if (!kept) {
            qCWarning(lcDesk, "A test could not be kept: %s", qUtf8Printable(kept.error().detail));
        }
        Q_EMIT testFinished(ticket, attempt);
    });
}

} // namespace courier
