// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "httpd/httpmessage.h"
#include "intake/format.h"

#include <QJsonObject>
#include <QList>
#include <QStringList>

namespace courier {

// What the endpoint answers, as JSON. Its sentences are for programs and their logs, so they are always in English.
// Plain functions for any thread.

/// What became of one alert that was taken.
struct TakenAnswer
{
    QString id;               ///< public
    QString result;           ///< "new", "known", "repeated", "resolved"
    bool isNew = true;        ///< false: it is the same as one that is there already
    QStringList destinations; ///< names of those that get it
};

HttpResponse jsonAnswer(int status, const QJsonObject &object);
HttpResponse jsonAnswer(int status, const QByteArray &json);

/// {"error": sentence}
HttpResponse refusal(int status, const QString &sentence);
/// The same, to be tried again after \a seconds.
HttpResponse refusalForNow(int status, const QString &sentence, int seconds);
/// 400 with {"error": ..., "faults": [{"index", "line", "column", "reason"}]}. \a taken alerts of the same body were
/// taken all the same.
HttpResponse faultsAnswer(const FormatResult &result, qsizetype taken);
/// 202 with {"alerts": [{"id", "new", "result", "destinations"}]}, in the order of the alerts.
HttpResponse takenAnswer(const QList<TakenAnswer> &alerts);

} // namespace courier
