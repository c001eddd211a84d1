// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "desk/watchedfile.h"

#include "intake/format.h"

#include <QCoreApplication>
#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <limits>

namespace courier {
namespace {

QString say(const char *sentence)
{
    return QCoreApplication::translate("WatchedFile", sentence);
}

QJsonObject toObject(const WatchedFile &file)
{
    return {{QStringLiteral("id"), file.id},
            {QStringLiteral("path"), file.path},
            {QStringLiteral("pattern"), file.pattern},
            {QStringLiteral("format"), file.formatId},
            {QStringLiteral("fromStart"), file.fromStart},
            {QStringLiteral("enabled"), file.enabled}};
}

WatchedFile fromObject(const QJsonObject &object)
{
    WatchedFile file;
    file.id = object.value(QLatin1String("id")).toInteger();
    file.path = object.value(QLatin1String("path")).toString();
    file.pattern = object.value(QLatin1String("pattern")).toString();
    file.formatId = object.value(QLatin1String("format")).toString();
    file.fromStart = object.value(QLatin1String("fromStart")).toBool(false);
    file.enabled = object.value(QLatin1String("enabled")).toBool(true);
    return file;
}

} // namespace

QString sourcesKey()
{
    return QStringLiteral("sources");
}

QByteArray toJson(const QList<WatchedFile> &files)
{
    QJsonArray array;
    for (const WatchedFile &file : files) {
        array.append(toObject(file));
    }
    return QJsonDocument(array).toJson(QJsonDocument::Compact);
}

Result<QList<WatchedFile>> watchedFilesFromJson(const QByteArray &json)
{
    QList<WatchedFile> files;
    const QJsonDocument document = QJsonDocument::fromJson(json);
    if (!document.isArray()) {
        return failure(Error::Kind::Invalid,
                       say(QT_TRANSLATE_NOOP("WatchedFile", "The list of watched files is no JSON array.")));
    }
    const QJsonArray array = document.array();
    for (const QJsonValueConstRef value : array) {
        const WatchedFile file = fromObject(value.toObject());
        const bool isTwice =
            std::any_of(files.begin(), files.end(), [&file](const WatchedFile &other) { return other.id == file.id; });
        const bool isId = file.id > 0 && file.id < std::numeric_limits<qint64>::max(); // a new one is one more
        const QString fault = !isId || isTwice
                                  ? say(QT_TRANSLATE_NOOP("WatchedFile", "id: a number of its own is needed."))
                                  : watchFault(file);
        if (!fault.isEmpty()) {
            return failure(Error::Kind::Invalid, say(QT_TRANSLATE_NOOP("WatchedFile", "Watched file %1: %2"))
                                                     .arg(QString::number(files.size() + 1), fault));
        }
        files.append(file);
    }
    return files;
}

qint64 newWatchId(const QList<WatchedFile> &files, qint64 nowUtc)
{
    qint64 id = nowUtc;
    for (const WatchedFile &file : files) {
        id = std::max(id, file.id + 1);
    }
    return id;
}

QString watchFault(const WatchedFile &file)
{
    if (file.path.isEmpty() || !QDir::isAbsolutePath(file.path)) {
        return say(QT_TRANSLATE_NOOP("WatchedFile", "path: enter a full path that starts with /."));
    }
    if (file.pattern.contains(QLatin1Char('/'))) {
        return say(QT_TRANSLATE_NOOP("WatchedFile", "pattern: it is for names in the folder, without /."));
    }
    if (!file.formatId.isEmpty() && !formatById(file.formatId)) {
        QStringList ids;
        for (const Format *format : allFormats()) {
            ids.append(format->id());
        }
        return say(QT_TRANSLATE_NOOP("WatchedFile", "format: \"%1\" is none of %2."))
            .arg(file.formatId.left(60), ids.join(QLatin1String(", ")));
    }
    return {};
}

} // namespace courier
