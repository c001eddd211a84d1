// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "gui/curl.h"

#include <QList>

namespace courier {
namespace {

QString quoted(const QString &text)
{
    QString inner = text;
    inner.replace(QLatin1Char('\''), QLatin1String("'\\''"));
    return QLatin1Char('\'') + inner + QLatin1Char('\'');
}

bool isMadeByCurl(const QByteArray &line)
{
    const QByteArray name = line.left(line.indexOf(':')).toLower();
    return name == "host" || name == "content-length" || name == "connection";
}

} // namespace

QString curlCommand(const QString &url, const QByteArray &headers, const QByteArray &body)
{
    QString command = QLatin1String("curl -i -X POST ") + quoted(url);
    const QList<QByteArray> lines = headers.split('\n');
    for (const QByteArray &raw : lines) {
        const QByteArray line = raw.trimmed();
        if (!line.isEmpty() && !isMadeByCurl(line)) {
            command += QLatin1String(" \\\n  -H ") + quoted(QString::fromUtf8(line));
        }
    }
    return command + QLatin1String(" \\\n  --data-binary ") + quoted(QString::fromUtf8(body));
}

} // namespace courier
