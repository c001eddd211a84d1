// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

// What can be done from the details of an alert. What they show is in alertdetails.cpp.

#include "gui/alertdetails.h"

#include "ui_alertdetails.h"

#include "delivery/notification.h"
#include "gui/curl.h"
#include "store/whendone.h"

#include <QApplication>
#include <QClipboard>
#include <QFileDialog>
#include <QGuiApplication>
#include <QSaveFile>

#include <algorithm>

namespace courier {

QByteArray AlertDetails::requestBody(const Attempt &attempt) const
{
    return m_alert ? notificationBody(*m_alert, attempt.resent, kindOf(attempt.deliveryId)) : QByteArray();
}

DeliveryKind AlertDetails::kindOf(DeliveryId id) const
{
    const QList<Delivery> list = deliveries();
    const auto found = std::find_if(list.begin(), list.end(), [id](const Delivery &one) { return one.id == id; });
    return found == list.end() ? DeliveryKind::Alert : found->kind;
}

void AlertDetails::sendAnyway(DestinationId destination)
{
    if (m_id) {
        reportFailure(m_desk.sendAnyway(*m_id, destination));
        ui->tabs->setCurrentWidget(ui->statusPage);
    }
}

QList<Delivery> AlertDetails::deliveries() const
{
    QList<Delivery> list;
    for (int row = 0; m_id && row < m_tree->rowCount(); ++row) {
        if (const Delivery *delivery = m_tree->delivery(m_tree->index(row, 0))) {
            list.append(*delivery);
        }
    }
    return list;
}

bool AlertDetails::hasDeliveryTo(DestinationId destination) const
{
    const QList<Delivery> list = deliveries();
    return std::any_of(list.begin(), list.end(),
                       [destination](const Delivery &one) { return one.destinationId == destination; });
}

// The chosen one, where it may be resent; else all that failed. One whose destination is gone can't be.
QList<DeliveryId> AlertDetails::resendable() const
{
    const auto exists = [this](const Delivery &one) { return m_desk.destination(one.destinationId).has_value(); };
    const Delivery *chosen = m_tree->delivery(ui->tree->currentIndex());
    if (chosen && exists(*chosen) &&
        (chosen->state == DeliveryState::Failed || chosen->state == DeliveryState::Retrying ||
         chosen->state == DeliveryState::Delivered)) {
        return {chosen->id};
    }
    QList<DeliveryId> failed;
    const QList<Delivery> list = deliveries();
    for (const Delivery &delivery : list) {
        if (delivery.state == DeliveryState::Failed && exists(delivery)) {
            failed.append(delivery.id);
        }
    }
    return failed;
}

void AlertDetails::resend()
{
    const QList<DeliveryId> deliveries = resendable();
    const bool isPressedTwice =
        deliveries == m_resent && m_resentAt.isValid() && m_resentAt.elapsed() < QApplication::doubleClickInterval();
    if (deliveries.isEmpty() || isPressedTwice) {
        return;
    }
    m_resent = deliveries;
    m_resentAt.start();
    m_chosenByHand = false; // what comes of it is shown
    reportFailure(m_desk.resend(deliveries));
}

void AlertDetails::dismiss()
{
    if (m_id) {
        reportFailure(m_desk.dismiss({*m_id}));
    }
}

void AlertDetails::copyAsCurl()
{
    if (!m_attempt || !m_alert) {
        return;
    }
    const auto destination = m_desk.destination(m_attempt->destinationId);
    const QString url = destination ? destination->url : m_attempt->maskedUrl;
    QGuiApplication::clipboard()->setText(curlCommand(url, m_attempt->requestHeaders, requestBody(*m_attempt)));
}

void AlertDetails::saveBody()
{
    auto *dialog = new QFileDialog(this, tr("Save Body"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->selectFile(QStringLiteral("response-body"));
    connect(dialog, &QFileDialog::fileSelected, this, [this, body = ui->body->body()](const QString &path) {
        QSaveFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(body) != body.size() || !file.commit()) {
            Q_EMIT failed({Error::Kind::Io, tr("The body could not be saved: %1.").arg(file.errorString()), path});
        }
    });
    dialog->open();
}

void AlertDetails::focusTree()
{
    ui->tabs->setCurrentWidget(ui->statusPage);
    ui->tree->setFocus(Qt::ShortcutFocusReason);
}

void AlertDetails::showWhyTab()
{
    ui->tabs->setCurrentWidget(ui->why);
}

bool AlertDetails::canDismiss() const
{
    for (const Delivery &delivery : deliveries()) {
        if (delivery.state == DeliveryState::Failed && !delivery.dismissed) {
            return true;
        }
    }
    return false;
}

bool AlertDetails::canSaveBody() const
{
    return !ui->body->body().isEmpty();
}

std::optional<DestinationId> AlertDetails::chosenDestination() const
{
    const bool isShown = m_id && m_tree->alert() == *m_id; // not the one before, while this one is read
    const Delivery *chosen = isShown ? m_tree->delivery(ui->tree->currentIndex()) : nullptr;
    return chosen ? std::optional(chosen->destinationId) : std::nullopt;
}

void AlertDetails::updateButtons()
{
    m_dismiss->setVisible(canDismiss());
    ui->resend->setEnabled(canResend());
    ui->copyAsCurl->setEnabled(canCopyAsCurl());
    ui->saveBody->setEnabled(canSaveBody());
    Q_EMIT changed();
}

} // namespace courier
