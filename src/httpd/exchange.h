// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "httpd/httpmessage.h"
#include "httpd/httpserver.h"

#include <optional>

struct MHD_Connection;

namespace courier {

/// One request on its way through the server, from its first line to the last byte of its answer. Server's thread only.
class Exchange
{
public:
    enum class Stage {
        Line,    ///< its first line came
        Body,    ///< its headers came, and were let in or refused
        Handed,  ///< the handler has it, no answer yet
        Answered ///< the answer is libmicrohttpd's to send
    };

    /// \a target is the request line's own, undecoded.
    explicit Exchange(const QByteArray &target);

    /// Reads the headers, and sets a refusal where they ask for more than \a limits or say nothing that can be trusted.
    void readHead(MHD_Connection *connection, const char *method, const char *version, const HttpLimits &limits);
    /// True where the refusal can't wait for the end of the body: the client waits for leave to send it, or there is no
    /// telling where it ends, or it is not worth reading.
    bool mustRefuseAtOnce() const;
    /// Takes a piece of the body, or throws it away where the request was refused. False where the client has sent so
    /// much past its refusal that the connection is to be cut.
    bool takeBody(const char *data, size_t size, const HttpLimits &limits);
    /// Answers without the handler. The body so far is forgotten.
    void refuse(HttpResponse refusal);
    /// Bytes of the body in memory, here or with the handler.
    qsizetype heldBytes() const { return m_held; }

    Stage stage = Stage::Line;
    quint64 id = 0; ///< set once it is handed over
    HttpRequest request;
    std::optional<HttpResponse> response; ///< the refusal or the answer, once there is one

private:
    void refuseBadHead(QByteArrayView version);

    qsizetype m_held = 0;
    qsizetype m_discarded = 0; ///< bytes of the body thrown away
    bool m_expectsContinue = false;
    bool m_endIsKnown = true; ///< of the body
    quint64 m_announced = 0;  ///< Content-Length
};

} // namespace courier
