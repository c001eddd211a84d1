// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QDeadlineTimer>
#include <QHostAddress>
#include <QTcpSocket>

namespace courier::test {

/// What came back: the status line's number, the head and the body as bytes.
struct RawReply
{
    int status = 0; ///< 0: the connection ended before a whole reply
    QByteArray head;
    QByteArray body;
};

/// A blocking HTTP client that sends exactly the bytes it is told to.
class RawClient
{
public:
    static constexpr int patience = 10000; ///< ms, for what must come

    explicit RawClient(quint16 port, QHostAddress address = QHostAddress::LocalHost)
    {
        m_socket.connectToHost(address, port);
        m_socket.waitForConnected(patience);
    }

    bool isConnected() const { return m_socket.state() == QTcpSocket::ConnectedState; }

    void send(const QByteArray &bytes)
    {
        m_socket.write(bytes);
        while (m_socket.bytesToWrite() > 0 && m_socket.waitForBytesWritten(patience)) {
        }
    }

    /// Reads one reply; its body by Content-Length.
    RawReply reply()
    {
        const QDeadlineTimer deadline(patience);
        RawReply result;
        result.head = head();
        const qsizetype bodySize = contentLength(result.head);
        while (m_received.size() < bodySize) {
            if (!more(deadline)) {
                return {};
            }
        }
        result.body = m_received.first(bodySize);
        m_received.remove(0, bodySize);
        result.status = result.head.mid(9, 3).toInt();
        return result;
    }

    /// Reads one reply's head, where no body follows it whatever it says.
    QByteArray head()
    {
        const QDeadlineTimer deadline(patience);
        while (!m_received.contains("\r\n\r\n")) {
            if (!more(deadline)) {
                return {};
            }
        }
        const qsizetype size = m_received.indexOf("\r\n\r\n") + 4;
        const QByteArray taken = m_received.first(size);
        m_received.remove(0, size);
        return taken;
    }

    RawReply ask(const QByteArray &bytes)
    {
        send(bytes);
        return reply();
    }

    /// Everything that comes until the server closes; null where it doesn't.
    QByteArray untilClosed()
    {
        const QDeadlineTimer deadline(patience);
        while (more(deadline)) {
        }
        if (m_socket.state() == QTcpSocket::ConnectedState) {
            return {};
        }
        return m_received.isNull() ? QByteArrayLiteral("") : m_received;
    }

    /// Whether anything came, or comes within \a time (ms).
    bool hasBytes(int time = 0)
    {
        return !m_received.isEmpty() || m_socket.bytesAvailable() > 0 || m_socket.waitForReadyRead(time);
    }

    void close() { m_socket.abort(); }
    void closeGently()
    {
        m_socket.disconnectFromHost();
        if (m_socket.state() != QTcpSocket::UnconnectedState) {
            m_socket.waitForDisconnected(patience);
        }
    }

    static QByteArray post(const QByteArray &body, const QByteArray &path = "/")
    {
        return "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: " + QByteArray::number(body.size()) +
               "\r\n\r\n" + body;
    }

private:
    bool more(const QDeadlineTimer &deadline)
    {
        if (m_socket.bytesAvailable() == 0 && !m_socket.waitForReadyRead(static_cast<int>(deadline.remainingTime()))) {
            return false;
        }
        m_received += m_socket.readAll();
        return true;
    }

    static qsizetype contentLength(const QByteArray &head)
    {
        const qsizetype at = head.toLower().indexOf("content-length:");
        return at < 0 ? 0 : head.mid(at + 15, head.indexOf('\r', at) - at - 15).trimmed().toLongLong();
    }

    QTcpSocket m_socket;
    QByteArray m_received;
};

} // namespace courier::test
