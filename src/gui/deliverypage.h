// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QList>
#include <QWidget>

#include <memory>
#include <utility>

namespace courier {

class GuardSetting;

namespace Ui {
class DeliveryPage;
}

/// Where nothing may be sent, whatever a destination says. GUI thread.
class DeliveryPage : public QWidget
{
    Q_OBJECT

public:
    using Changes = QList<std::pair<QString, QString>>; ///< settings' keys and values

    explicit DeliveryPage(QWidget *parent = nullptr);
    ~DeliveryPage() override;

    /// Shows what \a guard says now.
    void setValue(const GuardSetting &guard);
    Changes changes() const;

Q_SIGNALS:
    void edited();

private:
    std::unique_ptr<Ui::DeliveryPage> ui;
    bool m_stored = false;
};

} // namespace courier
