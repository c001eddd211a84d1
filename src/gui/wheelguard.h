// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QObject>

class QWidget;

namespace courier {

/// Leaves the wheel to the page: a choice or a number below \a form changes by it only once it has the focus, so that
/// nothing is changed unseen by who scrolls past. Owned by the form. GUI thread.
class WheelGuard : public QObject
{
    Q_OBJECT

public:
    explicit WheelGuard(QWidget *form);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
};

} // namespace courier
