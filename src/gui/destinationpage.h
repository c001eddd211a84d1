// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "desk/desk.h"
#include "models/destinationdeliveriesmodel.h"
#include "models/testattemptsmodel.h"

#include <QWidget>

#include <memory>

class QPushButton;

namespace courier {

namespace Ui {
class DestinationPage;
}

/// One destination: how it does, its settings in short, its latest deliveries and tests. What is to be done with it is
/// asked of the window by signals.
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
    void pauseRequested(courier::DestinationId id);
    void duplicateRequested(courier::DestinationId id);
    void resendRequested(const QString &search);
    void alertActivated(courier::AlertId id);
    void failed(const courier::Error &error);

private:
    void setUpTables();
    void setStats(const QList<DestinationStats> &stats);
    void showAll();
    void showFacts(const Destination &destination);
    void showNotice(const Destination &destination);
    void showTest();
    void askDelete(DestinationId id, const DestinationStats &stats);

    Desk &m_desk;
    std::unique_ptr<Ui::DestinationPage> ui;
    DestinationDeliveriesModel *m_latest; ///< child
    TestAttemptsModel *m_tests;           ///< child
    QPushButton *m_resend;                ///< in the notice
    DestinationId m_id{};
    QHash<DestinationId, DestinationStats> m_stats;
};

} // namespace courier
