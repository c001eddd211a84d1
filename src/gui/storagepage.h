// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "desk/retentionsettings.h"

#include <QList>
#include <QWidget>

#include <memory>
#include <utility>

namespace courier {

class Desk;
struct StoreSize;

namespace Ui {
class StoragePage;
}

/// How long and how much is kept, and what the store takes just now. GUI thread.
class StoragePage : public QWidget
{
    Q_OBJECT

public:
    using Changes = QList<std::pair<QString, QString>>; ///< settings' keys and values

    explicit StoragePage(QWidget *parent = nullptr);
    ~StoragePage() override;

    /// Reads the settings, and shows how the store does, as long as both live.
    void follow(Desk &desk);
    Changes changes() const;

Q_SIGNALS:
    void edited();

private:
    RetentionSettings shown() const;
    void setValue(const RetentionSettings &settings);
    void onEdited();
    void readSize();
    void showSize(const StoreSize &size);
    void countWhatGoes();

    std::unique_ptr<Ui::StoragePage> ui;
    Desk *m_desk = nullptr;
    RetentionSettings m_stored;
    quint64 m_countTicket = 0;
    bool m_showing = true; ///< the fields change by themselves
};

} // namespace courier
