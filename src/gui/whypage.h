// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "domain/alert.h"
#include "domain/router.h"

#include <QScrollArea>

class QGridLayout;

namespace courier {

/// "Why these destinations": for each destination the rule that took or left an alert, and Send Anyway for those that
/// were left out.
class WhyPage : public QScrollArea
{
    Q_OBJECT

public:
    struct Entry
    {
        DestinationId destination{};
        QString name;
        QString words;
        bool taken = false;
        bool sent = false; ///< a delivery to it is there, whatever the rules say today
    };
    explicit WhyPage(QWidget *parent = nullptr);
    void setEntries(const QList<Entry> &entries);

Q_SIGNALS:
    void sendAnywayRequested(courier::DestinationId destination);

private:
    void addRow(QGridLayout *grid, const Entry &entry);
};

} // namespace courier
