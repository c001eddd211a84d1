// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QDialog>
#include <QList>
#include <QString>

#include <memory>
#include <utility>

namespace courier {

class Desk;
struct Error;

namespace Ui {
class SettingsDialog;
}

/// Settings of a desk: the endpoint, the watched files, the severities of each source, where nothing is sent, how much
/// is kept. Nothing is in force before Save, which stores all of it or says what is wrong at its field. Deletes itself
/// when it is closed. GUI thread.
class SettingsDialog : public QDialog
{
    Q_OBJECT

public:
    enum class Page { Endpoint, Sources, Severities, Delivery, Storage };

    /// \a desk outlives the dialog.
    explicit SettingsDialog(Desk &desk, QWidget *parent = nullptr);
    ~SettingsDialog() override;

    void showPage(Page page);

private:
    using Changes = QList<std::pair<QString, QString>>;

    void load();
    void save();
    void storeNext(Changes changes);
    void refuse(const Error &error);
    bool validate();

    Desk &m_desk;
    std::unique_ptr<Ui::SettingsDialog> ui;
};

} // namespace courier
