// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QWidget>

namespace courier {

/// An area of its own colour: content (Base) or chrome (Window); a bordered one is a card with round corners. Promote a
/// QWidget to it. GUI thread.
class Panel : public QWidget
{
    Q_OBJECT
    Q_PROPERTY(Surface surface READ surface WRITE setSurface)
    Q_PROPERTY(bool bordered READ isBordered WRITE setBordered)

public:
    enum class Surface { Base, Window };
    Q_ENUM(Surface)

    explicit Panel(QWidget *parent = nullptr);
    explicit Panel(Surface surface, bool bordered = false, QWidget *parent = nullptr);

    Surface surface() const { return m_surface; }
    void setSurface(Surface surface);
    bool isBordered() const { return m_bordered; }
    void setBordered(bool bordered);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Surface m_surface = Surface::Base;
    bool m_bordered = false;
};

} // namespace courier
