// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QByteArray>
#include <QList>
#include <QString>

namespace courier {

/// One header field as it stood on the wire; the value without the white space around it.
struct HttpHeader
{
    QByteArray name;
    QByteArray value;
    bool operator==(const HttpHeader &) const = default;
};

/// A whole request. Bytes are as they came: nothing is decoded.
struct HttpRequest
{
    QByteArray method;         ///< "POST"; methods are case-sensitive
    QByteArray path;           ///< "/api/v1/alerts", still percent-encoded
    QByteArray query;          ///< what follows the "?", still percent-encoded
    QList<HttpHeader> headers; ///< in the order they came
    QByteArray body;           ///< without chunked framing
    QString peer;              ///< "127.0.0.1:51234"
};

/// An answer. Content-Length, Date and Connection are the server's own to add.
struct HttpResponse
{
    int status = 200; ///< 200 to 999
    QList<HttpHeader> headers;
    QByteArray body;
};

/// The value of the first header called \a name, whatever the case; null where there is none.
QByteArray headerValue(const QList<HttpHeader> &headers, QByteArrayView name);

/// The type that Content-Type names, in lower case, without its parameters: "application/json". Empty where there is
/// none.
QByteArray mediaType(const QList<HttpHeader> &headers);

/// \a text and a line break as text/plain.
HttpResponse textResponse(int status, const QByteArray &text);

/// {"error":"\a sentence"} and a line break as application/json.
HttpResponse errorResponse(int status, const QByteArray &sentence);

} // namespace courier
