// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "desk/desk.h"
#include "desk/intakeservice.h"
#include "httpd/rawclient.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

namespace courier::test {

/// A desk that takes alerts in at a free port.
class IntakeFixture
{
public:
    IntakeFixture()
        : directory(std::make_unique<QTemporaryDir>())
    {
        path = directory->path();
    }
    explicit IntakeFixture(const QString &place)
        : path(place)
    {
    }

    void open()
    {
        auto opened = Desk::open(path, clock);
        if (!opened) {
            qFatal("%s", qPrintable(opened.error().message));
        }
        desk = std::move(*opened);
    }

    /// Opens, and waits until it listens.
    bool listen(const QString &address = QStringLiteral("127.0.0.1:0"))
    {
        open();
        IntakeOptions options;
        options.off = false;
        options.address = address;
        return start(options) && isListening();
    }
    bool start(const IntakeOptions &options)
    {
        desk->intake().setOptions(options);
        desk->startSending();
        return QTest::qWaitFor([this] { return desk->intake().status().state != IntakeStatus::State::Elsewhere; });
    }
    bool isListening() const { return desk->intake().status().state == IntakeStatus::State::Listening; }

    quint16 port() const { return static_cast<quint16>(desk->intake().status().url.port()); }
    RawReply ask(const QByteArray &bytes) const { return RawClient(port()).ask(bytes); }
    RawReply get(const QByteArray &target) const { return ask(request("GET", target)); }
    RawReply post(const QByteArray &target, const QByteArray &body) const { return ask(posted(target, body)); }

    static QByteArray request(const QByteArray &method, const QByteArray &target, const QByteArray &headers = {})
    {
        return method + ' ' + target + " HTTP/1.1\r\nHost: 127.0.0.1\r\n" + headers + "\r\n";
    }
    static QByteArray posted(const QByteArray &target, const QByteArray &body, const QByteArray &headers = {})
    {
        return request("POST", target,
                       "Content-Type: application/json\r\n" + headers +
                           "Content-Length: " + QByteArray::number(body.size()) + "\r\n") +
               body;
    }
    /// An alert in our own JSON.
    static QByteArray alert(const QByteArray &title = "T")
    {
        return R"({"id":"R.1","severity":"HIGH","title":")" + title + "\"}";
    }
    static QByteArray alerts(int count, qsizetype padding = 0)
    {
        const QByteArray one = alert(QByteArray(padding, 'x'));
        return '[' + QByteArrayList(count, one).join(',') + ']';
    }

    qint64 alertCount() const
    {
        return desk->store().read([](Queries &queries) { return queries.alertCount(); }).result();
    }
    void set(const QString &key, const QString &value) const
    {
        if (!desk->store().setSetting(key, value).result()) {
            qFatal("a setting can't be kept");
        }
    }

    static QJsonValue json(const RawReply &reply)
    {
        const QJsonDocument document = QJsonDocument::fromJson(reply.body);
        return document.isArray() ? QJsonValue(document.array()) : QJsonValue(document.object());
    }

    std::unique_ptr<QTemporaryDir> directory;
    QString path;
    SystemClock clock;
    std::unique_ptr<Desk> desk;
};

} // namespace courier::test
