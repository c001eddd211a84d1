// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "desk/desk.h"
#include "models/deliverytreemodel.h"
#include "models/occurrencefacts.h"
#include "store/whendone.h"

#include <QElapsedTimer>
#include <QPushButton>
#include <QWidget>

#include <memory>
#include <optional>

class QItemSelection;
class QSettings;

namespace courier {

namespace Ui {
class AlertDetails;
}

/// The details of one alert: its facts, a sentence on its delivery, the tree of deliveries and attempts, why it went
/// where it went, and what the chosen attempt sent and got. Resends by hand from here.
class AlertDetails : public QWidget
{
    Q_OBJECT

public:
    /// \a desk outlives the widget.
    explicit AlertDetails(Desk &desk, QWidget *parent = nullptr);
    ~AlertDetails() override;

    /// Shows another alert; nothing: the hint that one should be chosen.
    void setAlert(std::optional<AlertId> id);
    std::optional<AlertId> alert() const { return m_id; }
    /// Beside the table (narrow) or below it (wide).
    void setBeside(bool beside);
    void saveState(QSettings &settings) const;
    void restoreState(const QSettings &settings); ///< after setBeside()

    bool canResend() const { return !resendable().isEmpty(); }
    bool canDismiss() const;
    bool canCopyAsCurl() const { return m_attempt && m_alert; }
    bool canSaveBody() const;
    /// The destination of the chosen row in Delivery Status; none while there is no row of this alert.
    std::optional<DestinationId> chosenDestination() const;
    /// Resends the chosen delivery, or all of the alert that failed where none is chosen.
    void resend();
    void copyAsCurl();
    void saveBody();
    void dismiss();
    void focusTree();
    void showWhyTab();

Q_SIGNALS:
    void changed(); ///< what can be done has changed
    void failed(const courier::Error &error);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void setUpLook();
    void fitColumns();
    void fitParts();
    void showAlert(const Alert &alert);
    void showFacts();
    void onLoaded();
    void onSelection(const QItemSelection &selected);
    void chooseFirst();
    void showSummary();
    void showChosen();
    void showAttempt(AttemptId id);
    void showWhy();
    void sendAnyway(DestinationId destination);
    void updateButtons();
    QList<Delivery> deliveries() const;
    bool hasDeliveryTo(DestinationId destination) const;
    QList<DeliveryId> resendable() const;
    DeliveryKind kindOf(DeliveryId id) const;
    QByteArray requestBody(const Attempt &attempt) const;

    /// Tells the operator where what was asked for could not be done.
    template<typename Future>
    void reportFailure(const Future &future)
    {
        whenDone(this, future, [this](const auto &result) {
            if (!result) {
                Q_EMIT failed(result.error());
            }
        });
    }

    Desk &m_desk;
    std::unique_ptr<Ui::AlertDetails> ui;
    DeliveryTreeModel *m_tree;        ///< child
    OccurrenceFacts *m_occurrence;    ///< child
    QPushButton *m_dismiss = nullptr; ///< in the summary
    std::optional<AlertId> m_id;
    std::optional<Alert> m_alert;
    std::optional<Attempt> m_attempt; ///< the one shown at the right
    QList<DeliveryId> m_resent;       ///< by the last press, since when a second one would be a double click
    QElapsedTimer m_resentAt;
    bool m_chosenByHand = false; ///< the operator chose an attempt: new ones don't take its place
    bool m_isChoosing = false;   ///< it is not the operator who chooses
    bool m_partsChosen = false;  ///< the operator moved the line between tree and body
};

} // namespace courier
