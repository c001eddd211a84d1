// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QByteArray>
#include <QIODevice>

namespace courier {

/// The body of one attempt, which can be read once. When a connection breaks, QNetworkAccessManager quietly connects
/// anew and sends the request again; it needs to rewind the body for that, and this one can't be rewound once a byte
/// of it was taken. So one attempt never sends twice, while one of which nothing was sent may still reconnect.
/// Lives on the thread of the reply that reads it, as its child.
class OneShotBody final : public QIODevice
{
    Q_OBJECT

public:
    explicit OneShotBody(QByteArray bytes);

    bool isTaken() const { return m_taken; } ///< at least one byte was handed out: the receiver may have it all
    bool isSequential() const override { return false; }
    qint64 size() const override { return m_bytes.size(); }
    bool seek(qint64 to) override;
    bool reset() override { return seek(0); }

protected:
    qint64 readData(char *data, qint64 most) override;
    qint64 writeData(const char *data, qint64 size) override;

private:
    QByteArray m_bytes;
    bool m_taken = false;
};

} // namespace courier
