// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "gui/dialogfit.h"

#include "gui/glyphs.h"

#include <QDialog>
#include <QGuiApplication>
#include <QLayout>
#include <QPushButton>
#include <QScreen>
#include <QScrollArea>
#include <QScrollBar>

#include <algorithm>

namespace courier {
namespace {

constexpr int windowFrame = 48; // title bar and a little air, pixels

int heightOf(const QLayoutItem *item, int width)
{
    if (item->isEmpty()) {
        return 0;
    }
    return item->hasHeightForWidth() ? item->heightForWidth(width) : item->sizeHint().height();
}

int contentsHeight(const QWidget *contents, int width)
{
    return contents->hasHeightForWidth() ? contents->heightForWidth(width) : contents->sizeHint().height();
}

} // namespace

DialogFit::DialogFit(QDialog *dialog, QScrollArea *area, int width)
    : QObject(dialog)
    , m_dialog(dialog)
    , m_area(area)
    , m_contents(area->widget())
    , m_width(width)
{
    m_dialog->installEventFilter(this);
    m_contents->installEventFilter(this);
    m_area->viewport()->setBackgroundRole(QPalette::Window);
    m_later.setSingleShot(true);
    m_later.setInterval(30);
    connect(&m_later, &QTimer::timeout, this, &DialogFit::onContentsChanged);
}

void DialogFit::fit()
{
    if (!m_sizedByHand) {
        m_dialog->resize(wantedSize());
    }
}

bool DialogFit::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_dialog && event->type() == QEvent::Show && !event->spontaneous()) {
        fit();
    } else if (watched == m_dialog && event->type() == QEvent::Resize && event->spontaneous()) {
        m_sizedByHand = m_dialog->isVisible() && m_dialog->isActiveWindow() && m_dialog->size() != wantedSize();
    } else if (watched == m_contents && event->type() == QEvent::LayoutRequest) {
        m_later.start();
    }
    return QObject::eventFilter(watched, event);
}

QSize DialogFit::wantedSize() const
{
    const QLayout *column = m_dialog->layout();
    const QSize screen = m_dialog->screen()->availableSize() - QSize(0, windowFrame);
    const int least = std::max(column->minimumSize().width(), m_area->widget()->minimumSizeHint().width());
    const int width = std::min(std::max(m_width, least), screen.width());
    int height = 0;
    for (int i = 0; i < column->count(); ++i) {
        const QLayoutItem *item = column->itemAt(i);
        height += item->widget() == m_area ? contentsHeight(m_area->widget(), width) : heightOf(item, width);
    }
    return {width, std::min(height, screen.height())};
}

void DialogFit::onContentsChanged()
{
    // A button that is being pressed must not move away from under the pointer.
    if (QGuiApplication::mouseButtons() != Qt::NoButton) {
        m_later.start();
        return;
    }
    if (m_dialog->isVisible()) {
        fit();
    }
}

void setPrimary(QPushButton *button, bool primary, const QString &glyph)
{
    button->setProperty("primary", primary);
    if (!glyph.isEmpty()) {
        button->setIcon(glyphIcon(glyph, primary ? QStringLiteral("onaccent") : QStringLiteral("text")));
    }
    button->setDefault(primary);
    button->update();
}

} // namespace courier
