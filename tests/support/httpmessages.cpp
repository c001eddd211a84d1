// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "support/httpmessages.h"

namespace courier::test {

QByteArray Request::header(const QByteArray &name) const
{
    for (const auto &[one, value] : headers) {
        if (one.compare(name, Qt::CaseInsensitive) == 0) {
            return value;
        }
    }
    return {};
}

std::optional<Request> takeRequest(QByteArray &bytes)
{
    const qsizetype end = bytes.indexOf("\r\n\r\n");
    if (end < 0) {
        return std::nullopt;
    }
    Request request;
    request.head = bytes.left(end + 4);
    const QList<QByteArray> lines = request.head.trimmed().split('\n');
    const QList<QByteArray> words = lines.first().trimmed().split(' ');
    request.method = words.value(0);
    request.target = words.value(1);
    for (const QByteArray &line : lines.mid(1)) {
        const qsizetype colon = line.indexOf(':');
        request.headers.append({line.left(colon), line.mid(colon + 1).trimmed()});
    }
    const qsizetype length = request.header("Content-Length").toLongLong();
    if (bytes.size() < request.head.size() + length) {
        return std::nullopt;
    }
    request.body = bytes.mid(request.head.size(), length);
    bytes.remove(0, request.head.size() + length);
    return request;
}

Answer Answer::ok(const QByteArray &body)
{
    Answer answer;
    answer.body = body;
    return answer;
}

Answer Answer::withStatus(int status, const QByteArray &reason, const QByteArray &body)
{
    Answer answer = ok(body);
    answer.status = status;
    answer.reason = reason;
    return answer;
}

Answer Answer::never()
{
    Answer answer;
    answer.silent = true;
    return answer;
}

Answer Answer::reset()
{
    Answer answer;
    answer.cutAfter = 0;
    return answer;
}

Answer Answer::bytes(QByteArray raw)
{
    Answer answer;
    answer.raw = std::move(raw);
    answer.then = Then::CloseUnannounced;
    return answer;
}

QByteArray Answer::head() const
{
    QByteArray text = "HTTP/1.1 " + QByteArray::number(status) + ' ' + reason + "\r\n";
    for (const auto &[name, value] : headers) {
        text += name + ": " + value + "\r\n";
    }
    if (framing == Framing::Chunked) {
        text += "Transfer-Encoding: chunked\r\n";
    } else if (framing == Framing::ContentLength) {
        const qint64 real = bodySize >= 0 ? bodySize : body.size();
        text += "Content-Length: " + QByteArray::number(announcedLength >= 0 ? announcedLength : real) + "\r\n";
    }
    if (then == Then::Close) {
        text += "Connection: close\r\n";
    }
    return text;
}

} // namespace courier::test
