// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "desk/desk.h"

#include <QTimer>
#include <QWidget>

#include <memory>

class QPushButton;

namespace courier {

class DestinationCharts;
class DestinationDeliveriesModel;
class TestAttemptsModel;

namespace Ui {
class DestinationPage;
}

/// One destination: how it does, its settings in short, its last 24 hours, its latest deliveries and tests. What is to
/// be done with it is asked of the window by signals. GUI thread.
class DestinationPage : public QWidget
{
    Q_OBJECT

public:
    /// \a desk outlives the page.
    explicit DestinationPage(Desk &desk, QWidget *parent = nullptr);
    ~DestinationPage() override;

    void setDestination(DestinationId id);
    DestinationId destination() const { return m_id; }
    /// Asks, saying how many deliveries wait, and then deletes it.
    void confirmDelete(DestinationId id);

Q_SIGNALS:
    void testRequested(courier::DestinationId id);
    void editRequested(courier::DestinationId id);
    void pauseRequested(courier::DestinationId id); ///< or resume, where it is paused
    void duplicateRequested(courier::DestinationId id);
    void resendRequested(const QString &search); ///< more than the page lists: what a search finds
    void alertActivated(courier::AlertId id);
    void failed(const courier::Error &error);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    /// The latest settled deliveries that all failed, and what can be resent at once.
    struct Failures
    {
        qsizetype streak = 0;   ///< the last so many failed, with none delivered in between
        qint64 since = 0;       ///< the first of them, ms since 1970 UTC
        QString reason;         ///< of the last one
        QList<DeliveryId> open; ///< all listed that failed and were not dismissed
    };
    void prepareButtons();
    void prepareLatest();
    void prepareTests();
    void layOutLatest(bool isNarrow);
    void setStats(const QList<DestinationStats> &stats);
    void showAll();
    void showHead(const Destination &destination, const Failures &failures);
    void showFacts(const Destination &destination);
    void showNotice(const Destination &destination, const Failures &failures);
    void showTest();
    void showPlaces();
    Failures failures() const;
    void resendFailed();
    void askDelete(DestinationId id, const DestinationStats &stats);

    Desk &m_desk;
    std::unique_ptr<Ui::DestinationPage> ui;
    DestinationCharts *m_charts;          ///< child
    DestinationDeliveriesModel *m_latest; ///< child
    TestAttemptsModel *m_tests;           ///< child
    QPushButton *m_resend;                ///< in the notice
    QPushButton *m_resume;                ///< in the notice
    DestinationId m_id{};
    QTimer m_countdown; ///< while the notice says when the next try is
    bool m_isNarrow = false;
    QHash<DestinationId, DestinationStats> m_stats;
};

} // namespace courier
