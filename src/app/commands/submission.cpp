// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "app/commands/submission.h"

#include "app/commandline.h"
#include "app/commands/jsonvalues.h"

#include <QJsonArray>

#include <algorithm>
#include <cstdio>

namespace courier::commands {

void complainOf(Run &run, const QString &file, qint64 line, qint64 column, const QString &reason)
{
    run.out().flush();
    const QString name = file == QLatin1String("-") ? QStringLiteral("stdin") : file;
    const QString text =
        QStringLiteral("%1:%2:%3: %4\n").arg(printable(name)).arg(line).arg(column).arg(printable(reason));
    const QByteArray bytes = text.toUtf8();
    std::fwrite(bytes.constData(), 1, static_cast<std::size_t>(bytes.size()), stderr);
}

Submission::Submission(Run &run, const QString &file, const Format *format)
    : m_run(run)
    , m_file(file)
    , m_format(format)
{
}

void Submission::start()
{
    m_job = std::make_unique<ImportJob>(m_run.store(), m_run.clock(), m_file, Text::tr("Command line"));
    m_job->tellAllFaults();
    m_job->setFormat(m_format);
    connect(m_job.get(), &ImportJob::accepted, this, &Submission::print);
    connect(m_job.get(), &ImportJob::refused, this, &Submission::printFaults);
    connect(m_job.get(), &ImportJob::finished, this, &Submission::end);
    m_job->start();
}

void Submission::print(const QList<Accepted> &accepted)
{
    for (const Accepted &one : accepted) {
        m_run.out().say(words(one));
        if (m_run.out().isJson()) {
            m_run.out().print(JsonObject()
                                  .add("id", one.id == AlertId{} ? QJsonValue() : QJsonValue(m_run.idText(one.id)))
                                  .add("new", one.isNew())
                                  .add("kind", keyword(one.kind))
                                  .add("destinations", QJsonArray::fromStringList(namesOf(one))));
        }
    }
    m_run.out().flush();
}

QStringList Submission::namesOf(const Accepted &one)
{
    QStringList names;
    for (const DestinationId id : one.destinations) {
        names.append(m_run.destinationName(id));
    }
    std::sort(names.begin(), names.end());
    return names;
}

QString Submission::words(const Accepted &one)
{
    const QString id = m_run.idText(one.id);
    switch (one.kind) {
    case Accepted::Kind::New:
        break;
    case Accepted::Kind::Known:
        return Text::tr("%1  is there already, by its alertId").arg(id);
    case Accepted::Kind::Repeated:
        return Text::tr("%1  is there already, and was seen again").arg(id);
    case Accepted::Kind::Resolved:
        return one.id == AlertId{} ? Text::tr("Over, and never seen before: nothing is stored")
                                   : Text::tr("%1  is resolved").arg(id);
    }
    const QStringList names = namesOf(one);
    return id + QLatin1String("  ") +
           (names.isEmpty() ? Text::tr("no destination") : printable(names.join(QLatin1String(", "))));
}

void Submission::printFaults(const QList<ImportJob::BadEntry> &entries)
{
    m_anyRefused = m_anyRefused || !entries.isEmpty();
    for (const ImportJob::BadEntry &entry : entries) {
        complainOf(m_run, m_file, entry.line, entry.column, entry.reason);
    }
}

void Submission::end(const ImportJob::Summary &summary)
{
    if (summary.error) {
        m_run.out().complain(summary.error->message);
    }
    const bool isWhole = !summary.error && !m_anyRefused && summary.progress.refused == 0;
    QCoreApplication::exit(isWhole ? Done : Refused);
}

} // namespace courier::commands
