// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "gui/desktopnotices.h"

#include "gui/mainwindow.h"
#include "store/whendone.h"

namespace courier {

DesktopNotices::DesktopNotices(Desk &desk, MainWindow &window, QObject *parent)
    : QObject(parent)
    , m_desk(desk)
    , m_window(window)
    , m_others(desk.store(), desk.clock())
    , m_news(desk.clock())
{
    connect(&m_others, &FailureWatch::failedForGood, this, &DesktopNotices::onFailed);
    connect(&desk, &Desk::sendingChanged, &m_others, &FailureWatch::stop);
    connect(&desk, &Desk::failedForGood, this, &DesktopNotices::onFailed);
    connect(&desk, &Desk::statsChanged, this, &DesktopNotices::onStats);
    connect(&m_news, &DestinationNews::due, this, &DesktopNotices::show);
    connect(&m_service, &NoticeService::chosen, this, &DesktopNotices::onChosen);
    if (desk.isSending()) {
        m_others.stop();
    }
}

void DesktopNotices::lookAtClock()
{
    m_news.look();
}

// What was on its way to one that was deleted meanwhile is cancelled.
void DesktopNotices::onFailed(const FailedDelivery &failed)
{
    if (const auto destination = m_desk.destination(failed.destination)) {
        m_news.noteFailure(failed, destination->name);
    }
}

// Whichever process sends: it keeps with its destinations which of them struggle.
void DesktopNotices::onStats(const QList<DestinationStats> &stats)
{
    const bool isFirst = !m_known;
    if (isFirst) {
        m_known.emplace();
    }
    for (const DestinationStats &one : stats) {
        const auto destination = m_desk.destination(one.id);
        if (!one.isStruggling()) {
            m_known->remove(one.id);
        } else if (isFirst) {
            m_known->insert(one.id);
        }
        if (!destination || destination->paused) {
            m_news.forgetStruggle(one.id);
        } else if (!m_known->contains(one.id)) {
            m_news.noteStruggle(one.id, destination->name, one.struggle);
        }
    }
}

void DesktopNotices::show(const DesktopNotice &notice)
{
    const qint64 about = number(notice.destination);
    m_shown.insert(about, notice);
    m_service.show(about, {notice.title, notice.text, notice.failures > 0});
}

void DesktopNotices::onChosen(qint64 about, NoticeService::Action action, const QByteArray &token)
{
    if (!m_shown.contains(about)) {
        return;
    }
    const DesktopNotice notice = m_shown.value(about); // what follows may show another
    if (action == NoticeService::Action::Resend) {
        resend(notice, token);
    } else {
        Q_EMIT raiseRequested(token);
        open(notice);
    }
}

void DesktopNotices::open(const DesktopNotice &notice)
{
    if (notice.failures == 1) {
        m_window.showAlert(notice.last.alert);
    } else {
        m_window.showDestination(notice.destination);
    }
}

// One goes at once, if it wasn't resent meanwhile; of many the window asks first, with their exact number.
void DesktopNotices::resend(const DesktopNotice &notice, const QByteArray &token)
{
    if (notice.failures > 1) {
        Q_EMIT raiseRequested(token);
        m_window.openResendOf(
            QStringLiteral("dest:\"%1\" status:failed").arg(m_desk.destinationName(notice.destination)));
        return;
    }
    const auto query = [id = notice.last.id](Queries &queries) { return queries.delivery(id); };
    whenDone(this, m_desk.store().read(query), [this](const std::optional<Delivery> &delivery) {
        if (!delivery || delivery->state != DeliveryState::Failed) {
            return;
        }
        whenDone(this, m_desk.resend({delivery->id}), [this](const Result<qint64> &started) {
            if (!started) {
                m_window.showError(started.error());
            }
        });
    });
}

} // namespace courier
