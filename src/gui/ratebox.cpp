// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "gui/ratebox.h"

#include "domain/destination.h"
#include "models/words.h"

namespace courier {
namespace {

constexpr double smallStep = 0.1;

} // namespace

RateBox::RateBox(QWidget *parent)
    : QDoubleSpinBox(parent)
{
    setDecimals(2);
    setRange(0, maxRate);
    setGroupSeparatorShown(true);
}

QString RateBox::textFromValue(double value) const
{
    return words::number(value);
}

// Up to one request a second by tenths, from there on by whole ones.
void RateBox::stepBy(int steps)
{
    const bool isSmall = steps > 0 ? value() < 1 : value() <= 1;
    setSingleStep(isSmall && value() > 0 ? smallStep : 1);
    QDoubleSpinBox::stepBy(steps);
}

} // namespace courier
