// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "domain/alert.h"
#include "domain/error.h"

#include <QDialog>
#include <QTimer>

#include <memory>

namespace courier {

class Desk;

namespace Ui {
class NewAlertDialog;
}

/// A form for an alert of one's own. Shows which destinations will get it and why, and the exact JSON, before it is
/// sent. Open it by open(); it deletes itself when it is closed. GUI thread.
class NewAlertDialog : public QDialog
{
    Q_OBJECT

public:
    /// \a desk outlives the dialog.
    explicit NewAlertDialog(Desk &desk, QWidget *parent = nullptr);
    ~NewAlertDialog() override;

    /// What would be sent now.
    Alert value() const;

Q_SIGNALS:
    void alertSent(courier::AlertId id);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void prepareFields();
    void connectFields();
    bool checkContext();
    bool checkRuleId();
    void showPreview();
    void send();
    void onRefused(const Error &error);

    Desk &m_desk;
    std::unique_ptr<Ui::NewAlertDialog> ui;
    QTimer m_previewTimer;
};

} // namespace courier
