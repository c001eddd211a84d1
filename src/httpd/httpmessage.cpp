// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "httpd/httpmessage.h"

#include <QJsonDocument>
#include <QJsonObject>

namespace courier {

QByteArray headerValue(const QList<HttpHeader> &headers, QByteArrayView name)
{
    for (const HttpHeader &header : headers) {
        if (name.compare(header.name, Qt::CaseInsensitive) == 0) {
            return header.value.isNull() ? QByteArrayLiteral("") : header.value;
        }
    }
    return {};
}

QByteArray mediaType(const QList<HttpHeader> &headers)
{
    const QByteArray value = headerValue(headers, "Content-Type");
    const qsizetype parameters = value.indexOf(';');
    return value.first(parameters < 0 ? value.size() : parameters).trimmed().toLower();
}

HttpResponse textResponse(int status, const QByteArray &text)
{
    return {status,
            {{QByteArrayLiteral("Content-Type"), QByteArrayLiteral("text/plain; charset=utf-8")}},
            QByteArray(text + '\n')};
}

HttpResponse errorResponse(int status, const QByteArray &sentence)
{
    const QJsonObject object{{QStringLiteral("error"), QString::fromUtf8(sentence)}};
    return {status,
            {{QByteArrayLiteral("Content-Type"), QByteArrayLiteral("application/json")}},
            QJsonDocument(object).toJson(QJsonDocument::Compact).append('\n')};
}

} // namespace courier
