// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "desk/intakesettings.h"

#include <QList>
#include <QString>

#include <functional>

namespace courier {

/// What an operator writes into one kind of source so that it sends here.
struct IntakeExample
{
    QString title; ///< "Prometheus" (translated where it can be)
    /// The lines, ready to be copied. \a token: empty where none is needed.
    std::function<QString(const IntakeAddress &address, const QString &token)> text;
};

QList<IntakeExample> intakeExamples();

} // namespace courier
