// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "gui/deliverypage.h"

#include "desk/guardsetting.h"
#include "ui_deliverypage.h"

namespace courier {

DeliveryPage::DeliveryPage(QWidget *parent)
    : QWidget(parent)
    , ui(std::make_unique<Ui::DeliveryPage>())
{
    ui->setupUi(this);
    connect(ui->guard, &QCheckBox::clicked, this, &DeliveryPage::edited);
}

DeliveryPage::~DeliveryPage() = default;

void DeliveryPage::setValue(const GuardSetting &guard)
{
    m_stored = guard.isOn();
    ui->guard->setChecked(m_stored);
}

DeliveryPage::Changes DeliveryPage::changes() const
{
    const bool now = ui->guard->isChecked();
    return now == m_stored ? Changes() : Changes{{GuardSetting::key(), GuardSetting::valueOf(now)}};
}

} // namespace courier
