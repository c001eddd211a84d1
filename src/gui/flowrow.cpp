// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "gui/flowrow.h"

#include <algorithm>
#include <numeric>

namespace courier {

FlowLayout::FlowLayout(QWidget *parent)
    : QLayout(parent)
{
    setContentsMargins(0, 0, 0, 0);
}

FlowLayout::~FlowLayout()
{
    qDeleteAll(m_items);
}

void FlowLayout::setGaps(int between, int lines)
{
    m_between = between;
    m_lineGap = lines;
    invalidate();
}

void FlowLayout::addItem(QLayoutItem *item)
{
    m_items.append(item);
}

QLayoutItem *FlowLayout::takeAt(int index)
{
    return index >= 0 && index < count() ? m_items.takeAt(index) : nullptr;
}

int FlowLayout::heightForWidth(int width) const
{
    const QMargins margins = contentsMargins();
    const QList<Line> lines = linesFor(width - margins.left() - margins.right());
    const int heights =
        std::accumulate(lines.begin(), lines.end(), 0, [](int sum, const Line &line) { return sum + heightOf(line); });
    const int gaps = m_lineGap * std::max(0, static_cast<int>(lines.size()) - 1);
    return heights + gaps + margins.top() + margins.bottom();
}

QSize FlowLayout::sizeHint() const
{
    const QList<QLayoutItem *> items = shownItems();
    return QSize(widthOf(items), heightOf(items)).grownBy(contentsMargins());
}

QSize FlowLayout::minimumSize() const
{
    QSize size;
    for (const QLayoutItem *item : shownItems()) {
        size = size.expandedTo(item->minimumSize());
    }
    return size.grownBy(contentsMargins());
}

void FlowLayout::setGeometry(const QRect &rect)
{
    QLayout::setGeometry(rect);
    const QRect room = rect.marginsRemoved(contentsMargins());
    const int column = columnWidth(shownItems());
    int y = room.top();
    for (const Line &line : linesFor(room.width())) {
        const int lineHeight = heightOf(line);
        int x = m_atRight ? room.right() + 1 - widthOf(line) : room.left();
        for (QLayoutItem *item : line) {
            const QSize hint = item->sizeHint();
            const QSize size(std::min(hint.width(), room.width()), hint.height());
            item->setGeometry({{x, y + (lineHeight - size.height()) / 2}, size});
            x += (m_columns ? column : size.width()) + m_between;
        }
        y += lineHeight + m_lineGap;
    }
}

QList<QLayoutItem *> FlowLayout::shownItems() const
{
    QList<QLayoutItem *> items;
    std::copy_if(m_items.begin(), m_items.end(), std::back_inserter(items),
                 [](const QLayoutItem *item) { return !item->isEmpty(); });
    return items;
}

int FlowLayout::columnWidth(const QList<QLayoutItem *> &items) const
{
    int widest = 0;
    for (const QLayoutItem *item : items) {
        widest = std::max(widest, item->sizeHint().width());
    }
    return widest;
}

QList<FlowLayout::Line> FlowLayout::linesFor(int width) const
{
    const QList<QLayoutItem *> items = shownItems();
    const int column = columnWidth(items);
    QList<Line> lines;
    int x = 0;
    for (QLayoutItem *item : items) {
        const int itemWidth = m_columns ? column : item->sizeHint().width();
        if (lines.isEmpty() || x + itemWidth > width) {
            lines.append(Line());
            x = 0;
        }
        lines.last().append(item);
        x += itemWidth + m_between;
    }
    return lines;
}

int FlowLayout::widthOf(const Line &line) const
{
    const int column = columnWidth(shownItems());
    int width = m_between * std::max(0, static_cast<int>(line.size()) - 1);
    for (const QLayoutItem *item : line) {
        width += m_columns ? column : item->sizeHint().width();
    }
    return width;
}

int FlowLayout::heightOf(const Line &line)
{
    int height = 0;
    for (const QLayoutItem *item : line) {
        height = std::max(height, item->sizeHint().height());
    }
    return height;
}

FlowRow::FlowRow(QWidget *parent)
    : QWidget(parent)
{
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

FlowLayout *FlowRow::flow()
{
    QList<QWidget *> widgets;
    if (QLayout *row = layout()) {
        for (int i = 0; i < row->count(); ++i) {
            if (QWidget *widget = row->itemAt(i)->widget()) {
                widgets.append(widget);
            }
        }
        delete row;
    }
    auto *flow = new FlowLayout(this);
    for (QWidget *widget : widgets) {
        flow->addWidget(widget);
    }
    return flow;
}

} // namespace courier
