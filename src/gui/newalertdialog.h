// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "desk/desk.h"

#include <QDialog>
#include <QTimer>

#include <memory>

namespace courier {

namespace Ui {
class NewAlertDialog;
}

/// A form for an alert of one's own. Shows which destinations will get it and why, and the exact JSON, before it is
/// sent. Open it with open(); it deletes itself.
class NewAlertDialog : public QDialog
{
    Q_OBJECT

public:
    /// \a desk outlives the dialog.
    explicit NewAlertDialog(Desk &desk, QWidget *parent = nullptr);
    ~NewAlertDialog() override;

Q_SIGNALS:
    void alertSent(courier::AlertId id);

private:
    Alert value() const;
    bool checkContext();
    bool checkRuleId();
    void showPreview();
    void send();
    QWidget *routeRow(const Route &route) const;

    Desk &m_desk;
    std::unique_ptr<Ui::NewAlertDialog> ui;
    QTimer m_previewTimer;
};

} // namespace courier
