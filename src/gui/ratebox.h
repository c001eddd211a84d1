// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QDoubleSpinBox>

namespace courier {

/// A rate limit: none, or a number of requests a second that shows no more digits than it has ("5", "0.5"). Its steps
/// are small where the number is. GUI thread.
class RateBox : public QDoubleSpinBox
{
    Q_OBJECT

public:
    explicit RateBox(QWidget *parent = nullptr);

    QString textFromValue(double value) const override;
    void stepBy(int steps) override;
};

} // namespace courier
