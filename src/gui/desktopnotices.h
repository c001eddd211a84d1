// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "desk/desk.h"
#include "desk/failurewatch.h"
#include "gui/destinationnews.h"
#include "gui/noticeservice.h"

#include <QHash>
#include <QObject>
#include <QSet>

namespace courier {

class MainWindow;

/// Tells by the desktop's notices what an operator should hear who isn't looking at the window: a delivery has failed
/// for good, a destination struggles, it no longer does. Open leads there in the window, Resend resends. GUI thread.
class DesktopNotices : public QObject
{
    Q_OBJECT

public:
    /// \a desk and \a window outlive it.
    DesktopNotices(Desk &desk, MainWindow &window, QObject *parent = nullptr);

    /// The clock was set, or time went by that no timer noticed.
    void lookAtClock();

Q_SIGNALS:
    /// The window is wanted; \a token is its right to come to the front, where the desktop gave one.
    void raiseRequested(const QByteArray &token);

private:
    void onFailed(const FailedDelivery &failed);
    void onStats(const QList<DestinationStats> &stats);
    void show(const DesktopNotice &notice);
    void onChosen(qint64 about, NoticeService::Action action, const QByteArray &token);
    void open(const DesktopNotice &notice);
    void resend(const DesktopNotice &notice, const QByteArray &token);

    Desk &m_desk;
    MainWindow &m_window;
    FailureWatch m_others; ///< while this process doesn't send
    DestinationNews m_news;
    NoticeService m_service;
    QHash<qint64, DesktopNotice> m_shown;       ///< the last of each destination
    std::optional<QSet<DestinationId>> m_known; ///< struggled before the window came, and still do
};

} // namespace courier
