// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "httpd/exchange.h"

#include <algorithm>
#include <utility>

#include <arpa/inet.h>
#include <microhttpd.h>
#include <netinet/in.h>

namespace courier {

namespace {

/// How much of a refused body is read, so that the client gets to read the refusal instead of a reset connection.
constexpr qsizetype discardLimit = 64 * 1024 * 1024;
/// Room made for a body on the word of its Content-Length alone.
constexpr quint64 trustedLength = 64 * 1024;

MHD_Result addHeader(void *context, MHD_ValueKind /*kind*/, const char *name, size_t nameSize, const char *value,
                     size_t valueSize)
{
    static_cast<QList<HttpHeader> *>(context)->append({QByteArray(name, static_cast<qsizetype>(nameSize)),
                                                       QByteArray(value, static_cast<qsizetype>(valueSize)).trimmed()});
    return MHD_YES;
}

QString peerOf(MHD_Connection *connection)
{
    const MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    if (!info || !info->client_addr) {
        return {};
    }
    char text[INET6_ADDRSTRLEN] = {};
    if (info->client_addr->sa_family == AF_INET6) {
        const auto *v6 = reinterpret_cast<const sockaddr_in6 *>(info->client_addr);
        inet_ntop(AF_INET6, &v6->sin6_addr, text, sizeof text);
        return QStringLiteral("[%1]:%2").arg(QLatin1String(text)).arg(ntohs(v6->sin6_port));
    }
    const auto *v4 = reinterpret_cast<const sockaddr_in *>(info->client_addr);
    inet_ntop(AF_INET, &v4->sin_addr, text, sizeof text);
    return QStringLiteral("%1:%2").arg(QLatin1String(text)).arg(ntohs(v4->sin_port));
}

/// Of the request line and the headers, with the empty line after them.
qsizetype headSize(MHD_Connection *connection)
{
    const MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE);
    return info ? static_cast<qsizetype>(info->header_size) : 0;
}

HttpResponse bodyTooLarge(const HttpLimits &limits)
{
    return errorResponse(413, "The body is larger than " + QByteArray::number(limits.bodyBytes) + " bytes.");
}

} // namespace

Exchange::Exchange(const QByteArray &target)
{
    const qsizetype mark = target.indexOf('?');
    request.path = target.first(mark < 0 ? target.size() : mark);
    if (mark >= 0) {
        request.query = target.sliced(mark + 1);
    }
}

void Exchange::readHead(MHD_Connection *connection, const char *method, const char *version, const HttpLimits &limits)
{
    stage = Stage::Body;
    request.method = method;
    request.peer = peerOf(connection);
    MHD_get_connection_values_n(connection, MHD_HEADER_KIND, addHeader, &request.headers);
    m_expectsContinue = headerValue(request.headers, "Expect").compare("100-continue", Qt::CaseInsensitive) == 0;
    m_announced = headerValue(request.headers, "Content-Length").toULongLong();
    refuseBadHead(version);
    if (response) {
        return;
    }
    if (headSize(connection) > limits.headerBytes) {
        refuse(errorResponse(431, "The headers are larger than " + QByteArray::number(limits.headerBytes) + " bytes."));
    } else if (m_announced > static_cast<quint64>(limits.bodyBytes)) {
        refuse(bodyTooLarge(limits));
    } else {
        request.body.reserve(static_cast<qsizetype>(std::min(m_announced, trustedLength)));
    }
}

/// What libmicrohttpd lets pass: HTTP/1.1 without a host (RFC 9112, 3.2), and bodies of which nobody can say for sure
/// where they end (6.1 and 6.3).
void Exchange::refuseBadHead(QByteArrayView version)
{
    const auto isLength = [](const HttpHeader &header) {
        return header.name.compare("Content-Length", Qt::CaseInsensitive) == 0;
    };
    const auto lengths = std::count_if(request.headers.cbegin(), request.headers.cend(), isLength);
    const QByteArray coding = headerValue(request.headers, "Transfer-Encoding");
    if (lengths > 1 || (lengths > 0 && !coding.isNull())) {
        refuse(errorResponse(400, "The length of the body is given more than once."));
    } else if (!coding.isNull() && coding.compare("chunked", Qt::CaseInsensitive) != 0) {
        refuse(errorResponse(501, "The only transfer encoding understood here is chunked."));
    }
    m_endIsKnown = !response;
    if (!response && version == "HTTP/1.1" && headerValue(request.headers, "Host").isNull()) {
        refuse(errorResponse(400, "The Host header is missing."));
    }
}

bool Exchange::mustRefuseAtOnce() const
{
    return response && (m_expectsContinue || !m_endIsKnown || m_announced > static_cast<quint64>(discardLimit));
}

bool Exchange::takeBody(const char *data, size_t size, const HttpLimits &limits)
{
    const auto length = static_cast<qsizetype>(size);
    if (!response && request.body.size() + length > limits.bodyBytes) {
        refuse(bodyTooLarge(limits));
    }
    if (!response) {
        request.body.append(data, length);
        m_held = request.body.size();
    } else {
        m_discarded += length;
    }
    return m_discarded <= discardLimit;
}

void Exchange::refuse(HttpResponse refusal)
{
    response = std::move(refusal);
    request.body = QByteArray();
    m_held = 0;
}

} // namespace courier
