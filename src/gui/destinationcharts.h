// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "models/deliveryhours.h"

#include <QWidget>

#include <memory>

namespace courier {

namespace Ui {
class DestinationCharts;
}

/// The last 24 hours of a destination: what arrived and how fast it was answered, each as a chart with the same facts
/// in words; under each other where there isn't room for both. Reads only while it is visible. GUI thread.
class DestinationCharts : public QWidget
{
    Q_OBJECT

public:
    /// \a store and \a clock outlive it.
    DestinationCharts(Store &store, const Clock &clock, QWidget *parent = nullptr);
    ~DestinationCharts() override;

    void setDestination(DestinationId id);
    /// Whether something came in that has neither arrived nor failed.
    void setWaits(bool waits);

    QSize minimumSizeHint() const override;

protected:
    void resizeEvent(QResizeEvent *event) override;
    void showEvent(QShowEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    void showHours();

    std::unique_ptr<Ui::DestinationCharts> ui;
    DeliveryHours *m_hours; ///< child
    bool m_waits = false;
};

} // namespace courier
