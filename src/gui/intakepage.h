// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "desk/intakesettings.h"

#include <QList>
#include <QWidget>

#include <memory>
#include <utility>

namespace courier {

class IntakeService;

namespace Ui {
class IntakePage;
}

/// Settings of the endpoint that alerts come in by, its state, and what to write into a source's configuration so that
/// it sends here. GUI thread.
class IntakePage : public QWidget
{
    Q_OBJECT

public:
    using Changes = QList<std::pair<QString, QString>>; ///< settings' keys and values

    explicit IntakePage(QWidget *parent = nullptr);
    ~IntakePage() override;

    /// Shows how it stands, as long as both live.
    void follow(IntakeService &service);
    void setValue(const IntakeSettings &settings);
    /// Says what is wrong at its field, the focus goes there.
    bool validate();
    Changes changes() const;

Q_SIGNALS:
    void edited();

private:
    void showState();
    void showToken();
    void showExample();
    void makeToken();
    bool checkAddress();
    bool checkToken();

    std::unique_ptr<Ui::IntakePage> ui;
    IntakeService *m_service = nullptr;
    IntakeSettings m_stored;
    QString m_newToken; ///< made here, and not shown again
};

} // namespace courier
