// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "desk/desk.h"
#include "guisupport.h"
#include "support/fakeclock.h"
#include "support/scriptedreceiver.h"

#include <QLineEdit>
#include <QPushButton>
#include <QTemporaryDir>

namespace courier::test {

/// A real desk that sends, in a directory of its own.
class GuiDesk
{
public:
    GuiDesk()
    {
        auto opened = Desk::open(directory.path(), clock);
        if (!opened) {
            qFatal("%s", qPrintable(opened.error().message));
        }
        desk = std::move(*opened);
        desk->startSending();
    }

    /// Stored, and known to the desk.
    Destination add(const QString &name, const QString &url, SeveritySet severities = SeveritySet::all(),
                    int retries = 0)
    {
        Destination destination;
        destination.name = name;
        destination.url = url;
        destination.severities = severities;
        destination.maxRetries = retries;
        const Destination stored = *desk->addDestination(destination).result();
        settle([&] { return desk->destination(stored.id).has_value(); });
        return stored;
    }

    void pause(DestinationId id)
    {
        desk->setPaused(id, true).waitForFinished();
        settle([&] { return desk->destination(id)->paused; });
    }

    AlertId accept(const QString &title, Severity severity = Severity::High)
    {
        Alert alert;
        alert.ruleId = QStringLiteral("R.1");
        alert.createdAt = rfc3339(clock.nowUtc());
        alert.severity = severity;
        alert.title = title;
        return desk->accept({alert}).result()->constFirst().id;
    }

    QList<AlertSummary> alerts()
    {
        return desk->store().read([](Queries &queries) { return queries.summaries(AlertId{}, 100); }).result();
    }

    QHash<DeliveryState, qint64> states(DestinationId id)
    {
        const auto rows =
            desk->store().read([id](Queries &queries) { return queries.latestDeliveries(id, 100); }).result();
        QHash<DeliveryState, qint64> states;
        for (const DeliveryRow &row : rows) {
            ++states[row.delivery.state];
        }
        return states;
    }

    template<typename Condition>
    static void settle(Condition condition)
    {
        if (!QTest::qWaitFor(condition, 10'000)) {
            qFatal("The desk didn't get there in time.");
        }
    }

    QTemporaryDir directory;
    ShiftedClock clock;
    std::unique_ptr<Desk> desk;
};

/// The shown push button with this text; null where there is none.
inline QPushButton *button(const QWidget &root, const QString &text)
{
    const QList<QPushButton *> buttons = root.findChildren<QPushButton *>();
    for (QPushButton *one : buttons) {
        if (one->isVisible() && QString(one->text()).remove(u'&') == text) {
            return one;
        }
    }
    return nullptr;
}

inline bool press(const QWidget &root, const char *text)
{
    QPushButton *found = button(root, QString::fromUtf8(text));
    if (found == nullptr || !found->isEnabled()) {
        return false;
    }
    QTest::mouseClick(found, Qt::LeftButton);
    return true;
}

/// A shown label holds a text that begins so.
inline bool says(const QWidget &root, const QString &beginning)
{
    const QList<QLabel *> labels = root.findChildren<QLabel *>();
    return std::any_of(labels.begin(), labels.end(),
                       [&](const QLabel *label) { return label->isVisible() && label->text().startsWith(beginning); });
}

inline void typeInto(QWidget &root, const char *field, const QString &text)
{
    auto *edit = root.findChild<QWidget *>(QString::fromLatin1(field));
    edit->setFocus();
    QTest::keyClick(edit, Qt::Key_A, Qt::ControlModifier);
    QTest::keyClick(edit, Qt::Key_Delete);
    QTest::keyClicks(edit, text);
}

} // namespace courier::test
