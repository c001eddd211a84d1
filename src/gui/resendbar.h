// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "desk/bulkresend.h"

#include <QPointer>
#include <QWidget>

#include <memory>

class QPushButton;

namespace courier {

namespace Ui {
class ResendBar;
}

/// A resend of many, without a modal window: its progress with Pause and Cancel, then its result, which leads to what
/// still failed. Takes no room while there is neither.
class ResendBar : public QWidget
{
    Q_OBJECT

public:
    explicit ResendBar(QWidget *parent = nullptr);
    ~ResendBar() override;

    /// Follows \a resend (owned by the desk).
    void follow(BulkResend *resend);

Q_SIGNALS:
    void showFailedRequested();

private:
    void showProgress(const BulkResend::Progress &progress);
    void showResult(const BulkResend::Progress &progress);

    std::unique_ptr<Ui::ResendBar> ui;
    QPointer<BulkResend> m_resend;
    QPushButton *m_showFailed;
};

} // namespace courier
