// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QObject>

class QWidget;

namespace courier {

/// Knows whether the Alt key is held: only then are mnemonics underlined outside menus. Watches the application's
/// events. Owned by CourierStyle. GUI thread.
class MnemonicKeys : public QObject
{
    Q_OBJECT

public:
    explicit MnemonicKeys(QObject *parent = nullptr);

    bool areShown() const { return m_shown; }

    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void setShown(bool shown, QWidget *window);

    bool m_shown = false;
};

} // namespace courier
