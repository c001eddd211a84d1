// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "app/journey.h"

#include "app/hands.h"
#include "gui/alertspage.h"
#include "store/whendone.h"

#include <QApplication>
#include <QDir>
#include <QFile>
#include <QIODevice>
#include <QTextStream>

#include <cstdio>

namespace courier {
namespace {

constexpr int stepMs = 100;
constexpr qint64 stepLimitMs = 20'000;
constexpr QSize pictureSize{1280, 800}; ///< whatever the screen is: there may be none

Alert sampleAlert(Severity severity, AlertType type, const QString &title, qint64 now)
{
    Alert alert;
    alert.source = QStringLiteral("Journey");
    alert.ruleId = QStringLiteral("Journey.") + wireName(type);
    alert.name = QStringLiteral("Journey rule");
    alert.createdAt = rfc3339(now);
    alert.severity = severity;
    alert.type = type;
    alert.title = title;
    alert.description = QStringLiteral("Made by the journey, to show where an alert goes.");
    alert.context = QByteArrayLiteral("{\"host\":\"db-03\",\"free_gib\":11}");
    return alert;
}

} // namespace

Journey::Journey(Desk &desk, Theme &theme, MainWindow &window, const QString &directory)
    : m_desk(desk)
    , m_theme(theme)
    , m_window(window)
    , m_directory(directory)
{
    m_timer.setInterval(stepMs);
    connect(&m_timer, &QTimer::timeout, this, &Journey::next);
}

void Journey::start()
{
    QDir().mkpath(m_directory);
    m_window.resize(pictureSize);
    planReceiver();
    planDestination();
    planAlerts();
    planResend();
    planEnd();
    m_waited.start();
    m_timer.start();
}

void Journey::add(const QString &what, std::function<bool()> act)
{
    m_steps.append({what, std::move(act)});
}

// A change of look needs a turn of the event loop to reach every widget.
void Journey::addPicture(const QString &name)
{
    for (const auto &[appearance, suffix] :
         {std::pair(Theme::Appearance::Dark, "dark"), std::pair(Theme::Appearance::Light, "light")}) {
        add({}, [this, look = appearance] {
            m_theme.setAppearance(look);
            return true;
        });
        add({}, [this, file = QString(name + QLatin1Char('-') + QLatin1String(suffix))] {
            savePicture(file);
            return true;
        });
    }
}

void Journey::planReceiver()
{
    addPicture(QStringLiteral("1-first-run"));
    add({}, [this] {
        hands::click(hands::button(&m_window, tr("Try it with the built-in receiver")));
        return true;
    });
    add(tr("Try it with the built-in receiver: its first test alert arrived."),
        [this] { return hands::says(&m_window, tr("Your first alert has arrived")); });
    addPicture(QStringLiteral("2-built-in-receiver"));
}

void Journey::planDestination()
{
    add({}, [this] {
        hands::click(hands::button(&m_window, tr("Add Destination")));
        return true;
    });
    add({}, [this] {
        QWidget *dialog = hands::window(tr("Add Destination"));
        QWidget *name = hands::field(dialog, tr("Display name"));
        if (!name) {
            return false;
        }
        hands::type(name, QStringLiteral("Ops bridge"));
        hands::type(hands::field(dialog, tr("Webhook URL")), m_desk.receiver().url().toString());
        return true;
    });
    addPicture(QStringLiteral("3-add-destination"));
    add(tr("Add Destination: Ops bridge takes Critical, High and Medium."), [this] {
        if (QWidget *button = hands::button(hands::window(tr("Add Destination")), tr("Add Destination"))) {
            hands::click(button);
        }
        return hands::button(hands::window(tr("Add Destination")), tr("Send Test Alert")) != nullptr;
    });
    add({}, [] {
        hands::click(hands::button(hands::window(tr("Add Destination")), tr("Send Test Alert")));
        return true;
    });
    add(tr("Send Test Alert: Received: 200 OK."),
        [] { return hands::says(hands::window(tr("Add Destination")), tr("Received: 200 OK")); });
    addPicture(QStringLiteral("4-test-received"));
    add(tr("Finish Setup."), [this] {
        if (QWidget *button = hands::button(hands::window(tr("Add Destination")), tr("Finish Setup"))) {
            hands::click(button);
        }
        for (const Destination &one : m_desk.destinations()) {
            m_destination = one.builtInReceiver ? m_destination : one.id;
        }
        return !hands::window(tr("Add Destination"));
    });
}

void Journey::planAlerts()
{
    add(tr("Ten alerts of all severities and types came in."), [this] {
        QList<Alert> alerts;
        const qint64 now = m_desk.clock().nowUtc();
        const QStringList titles{tr("Root login from a new country"), tr("Disk 95 % full on db-03"),
                                 tr("API error rate above 5 %"), tr("TLS certificate expires in 7 days"),
                                 tr("Nightly backup finished 40 min late")};
        for (int i = 0; i < 10; ++i) {
            alerts.append(sampleAlert(allSeverities().at(i % 5), allAlertTypes().at(i % 6), titles.at(i % 5), now));
        }
        m_desk.accept(alerts);
        m_window.showAlerts();
        return true;
    });
    add(tr("Each was delivered to every destination that takes it."), [this] {
        const QueueState &queue = m_desk.queueState();
        return m_desk.receiver().requests().size() >= 2 + 10 + 6 && queue.queued + queue.sending + queue.retrying == 0;
    });
    addPicture(QStringLiteral("5-alerts"));
}

void Journey::planResend()
{
    add({}, [this] {
        m_desk.receiver().setAnswer(EchoReceiver::Answer::ServerError500);
        Destination once = *m_desk.destination(m_destination);
        once.maxRetries = 0;
        m_desk.updateDestination(once);
        return true;
    });
    add({}, [this] { return m_desk.destination(m_destination)->maxRetries == 0; });
    add({}, [this] {
        Alert alert = sampleAlert(Severity::Critical, AlertType::Rule, tr("Payment gateway unreachable"),
                                  m_desk.clock().nowUtc());
        alert.destinations = QStringList{QStringLiteral("Ops bridge")};
        whenDone(this, m_desk.accept({alert}), [this](const Result<QList<Accepted>> &taken) {
            if (taken) {
                m_window.showAlert(taken->first().id);
            }
        });
        return true;
    });
    add(tr("The receiver answers 500: the delivery failed for good, with status and body kept."),
        [this] { return hands::says(&m_window, tr("Ops bridge failed")); });
    addPicture(QStringLiteral("6-failed"));
    add({}, [this] {
        m_desk.receiver().setAnswer(EchoReceiver::Answer::Ok200);
        hands::click(hands::button(&m_window, tr("Resend")));
        return true;
    });
    add(tr("The receiver answers 200 again: Resend, and it is delivered."), [this] {
        const auto requests = m_desk.receiver().requests();
        return !requests.isEmpty() && requests.last().body.contains("\"[Re-sent]: Payment gateway unreachable\"") &&
               !hands::says(&m_window, tr("Ops bridge failed"));
    });
    addPicture(QStringLiteral("7-resent"));
}

void Journey::planEnd()
{
    add({}, [this] {
        summarize();
        end(true);
        return true;
    });
}

void Journey::next()
{
    const qsizetype at = m_at;
    if (m_steps.at(at).act()) {
        if (!m_steps.at(at).what.isEmpty()) {
            say(QStringLiteral("ok    ") + m_steps.at(at).what);
        }
        ++m_at;
        m_waited.restart();
    } else if (m_waited.elapsed() > stepLimitMs) {
        say(QStringLiteral("FAILED ") + m_steps.at(at).what);
        savePicture(QStringLiteral("failed"));
        end(false);
    }
}

void Journey::savePicture(const QString &name)
{
    QWidget *shown = QApplication::activeModalWidget() ? QApplication::activeModalWidget() : &m_window;
    shown->grab().save(QStringLiteral("%1/%2.png").arg(m_directory, name));
}

void Journey::say(const QString &line)
{
    m_summary.append(line);
    QTextStream(stdout) << line << '\n';
}

void Journey::summarize()
{
    say(QString());
    say(tr("The built-in receiver at %1 got:").arg(m_desk.receiver().url().toString()));
    const auto requests = m_desk.receiver().requests();
    for (const auto &request : requests) {
        const QByteArray key = QByteArrayLiteral("\"title\":\"");
        const qsizetype from = request.body.indexOf(key) + key.size();
        const QByteArray title = request.body.mid(from, request.body.indexOf('"', from) - from);
        say(QStringLiteral("  %1  %2").arg(request.status).arg(QString::fromUtf8(title)));
    }
    say(tr("Pictures are in %1").arg(m_directory));
}

void Journey::end(bool good)
{
    m_timer.stop();
    QFile file(m_directory + QLatin1String("/summary.txt"));
    if (file.open(QIODevice::WriteOnly)) {
        file.write(m_summary.join(QLatin1Char('\n')).toUtf8() + '\n');
    }
    Q_EMIT finished(good);
}

} // namespace courier
