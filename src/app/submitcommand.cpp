// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "app/submitcommand.h"

#include "store/whendone.h"
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <cstdio>

namespace courier {

SubmitCommand::SubmitCommand(Store &store, const Clock &clock, const CommandLine &line, QObject *parent)
    : QObject(parent)
    , m_store(store)
    , m_clock(clock)
    , m_line(line)
    , m_out(stdout, QIODevice::WriteOnly)
    , m_err(stderr, QIODevice::WriteOnly)
{
}

void SubmitCommand::start()
{
    whenDone(this, m_store.read([](Queries &queries) { return queries.destinations(); }),
             [this](const QList<Destination> &destinations) { begin(destinations); });
}

void SubmitCommand::begin(const QList<Destination> &destinations)
{
    for (const Destination &destination : destinations) {
        m_names.insert(destination.id, destination.name);
    }
    m_job = std::make_unique<ImportJob>(m_store, m_clock, m_line.file, tr("Command line"));
    m_job->tellAllFaults();
    connect(m_job.get(), &ImportJob::accepted, this, &SubmitCommand::print);
    connect(m_job.get(), &ImportJob::refused, this, &SubmitCommand::printFaults);
    connect(m_job.get(), &ImportJob::finished, this, &SubmitCommand::end);
    m_job->start();
}

void SubmitCommand::print(const QList<Accepted> &accepted)
{
    for (const Accepted &one : accepted) {
        m_out << (m_line.json ? QString::fromUtf8(jsonLine(one)) : plainLine(one)) << '\n';
    }
    m_out.flush();
}

QStringList SubmitCommand::namesOf(const Accepted &one) const
{
    QStringList names;
    for (const DestinationId id : one.destinations) {
        names.append(m_names.value(id, publicId(id, m_store.key())));
    }
    std::sort(names.begin(), names.end());
    return names;
}

QString SubmitCommand::plainLine(const Accepted &one) const
{
    const QString id = publicId(one.id, m_store.key());
    if (!one.isNew()) {
        return tr("%1  is there already, by its alertId").arg(id);
    }
    const QStringList names = namesOf(one);
    return id + QLatin1String("  ") + (names.isEmpty() ? tr("no destination") : names.join(QLatin1String(", ")));
}

QByteArray SubmitCommand::jsonLine(const Accepted &one) const
{
    const QJsonObject object{{QStringLiteral("id"), publicId(one.id, m_store.key())},
                             {QStringLiteral("new"), one.isNew()},
                             {QStringLiteral("destinations"), QJsonArray::fromStringList(namesOf(one))}};
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

void SubmitCommand::printFaults(const QList<ImportJob::BadEntry> &entries)
{
    const QString file = m_line.file == QLatin1String("-") ? QStringLiteral("stdin") : m_line.file;
    for (const ImportJob::BadEntry &entry : entries) {
        m_anyRefused = true;
        m_err << file << ':' << entry.line << ':' << entry.column << ": " << entry.reason << '\n';
    }
    m_err.flush();
}

void SubmitCommand::end(const ImportJob::Summary &summary)
{
    if (summary.error) {
        m_err << QStringLiteral("alert-courier: ") << summary.error->message << '\n';
        m_err.flush();
    }
    Q_EMIT finished(summary.error || m_anyRefused || summary.progress.refused > 0 ? Refused : Done);
}

} // namespace courier
