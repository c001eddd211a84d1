// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "intake/httpanswers.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace courier {
namespace {

QJsonObject toJson(const IntakeFault &fault)
{
    QJsonObject object{{QStringLiteral("index"), fault.index}, {QStringLiteral("reason"), fault.reason}};
    if (fault.line > 0) {
        object.insert(QStringLiteral("line"), fault.line);
        object.insert(QStringLiteral("column"), fault.column);
    }
    return object;
}

/// "Line 3, column 7: severity: ..."
QString sentenceOf(const IntakeFault &fault)
{
    const QString place = fault.line > 0
                              ? QStringLiteral("Line %1, column %2: ").arg(fault.line).arg(fault.column)
                              : (fault.index >= 0 ? QStringLiteral("Alert %1: ").arg(fault.index + 1) : QString());
    return place + fault.reason;
}

QString summary(const FormatResult &result, qsizetype taken)
{
    const QString first = result.faults.isEmpty() ? QString() : sentenceOf(result.faults.first());
    const qsizetype faults = result.faults.size() + result.moreFaults;
    if (taken > 0) {
        return QStringLiteral("%1 of %2 alerts were taken. %3").arg(taken).arg(taken + faults).arg(first);
    }
    return faults > 1 ? QStringLiteral("Nothing was taken, for %1 faults. %2").arg(faults).arg(first)
                      : QStringLiteral("Nothing was taken. %1").arg(first);
}

} // namespace

HttpResponse jsonAnswer(int status, const QByteArray &json)
{
    return {status, {{QByteArrayLiteral("Content-Type"), QByteArrayLiteral("application/json")}}, json + '\n'};
}

HttpResponse jsonAnswer(int status, const QJsonObject &object)
{
    return jsonAnswer(status, QJsonDocument(object).toJson(QJsonDocument::Compact));
}

HttpResponse refusal(int status, const QString &sentence)
{
    return jsonAnswer(status, QJsonObject{{QStringLiteral("error"), sentence}});
}

HttpResponse refusalForNow(int status, const QString &sentence, int seconds)
{
    HttpResponse response = refusal(status, sentence);
    response.headers.append({QByteArrayLiteral("Retry-After"), QByteArray::number(seconds)});
    return response;
}

HttpResponse faultsAnswer(const FormatResult &result, qsizetype taken)
{
    QJsonArray list;
    for (const IntakeFault &fault : result.faults) {
        list.append(toJson(fault));
    }
    return jsonAnswer(400,
                      QJsonObject{{QStringLiteral("error"), summary(result, taken)}, {QStringLiteral("faults"), list}});
}

HttpResponse takenAnswer(const QList<TakenAnswer> &alerts)
{
    QJsonArray list;
    for (const TakenAnswer &alert : alerts) {
        list.append(QJsonObject{{QStringLiteral("id"), alert.id},
                                {QStringLiteral("new"), alert.isNew},
                                {QStringLiteral("result"), alert.result},
                                {QStringLiteral("destinations"), QJsonArray::fromStringList(alert.destinations)}});
    }
    return jsonAnswer(202, QJsonObject{{QStringLiteral("alerts"), list}});
}

} // namespace courier
