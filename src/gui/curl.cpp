// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "gui/curl.h"

#include "domain/delivery.h"

#include <QList>
#include <QRegularExpression>

namespace courier {
namespace {

QString quoted(const QString &text)
{
    QString inner = text;
    inner.replace(QLatin1Char('\''), QLatin1String("'\\''"));
    return QLatin1Char('\'') + inner + QLatin1Char('\'');
}

/// A header in which secrets were left out: the shell puts one in their place, so it can't be quoted as the others are.
QString withVariable(const QString &line)
{
    static const QRegularExpression special(QStringLiteral("([\\\\\"$`])"));
    QString inner = line;
    inner.replace(special, QStringLiteral("\\\\1"));
    inner.replace(QLatin1String(secretMark), QLatin1String("$ALERT_COURIER_SECRET"));
    return QLatin1Char('"') + inner + QLatin1Char('"');
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
            const QString text = QString::fromUtf8(line);
            command += QLatin1String(" \\\n  -H ");
            command += line.endsWith(secretMark) ? withVariable(text) : quoted(text);
        }
    }
    return command + QLatin1String(" \\\n  --data-binary ") + quoted(QString::fromUtf8(body));
}

} // namespace courier
