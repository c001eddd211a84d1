// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "gui/alerttableview.h"

#include "gui/celldelegate.h"
#include "models/alerttablemodel.h"

#include <QHeaderView>
#include <QKeyEvent>

#include <algorithm>
#include <array>

namespace courier {
namespace {

constexpr int alertRowHeight = 30;

} // namespace

AlertTableView::AlertTableView(QWidget *parent)
    : QTableView(parent)
{
    setItemDelegate(new CellDelegate(this, alertRowHeight));
    QHeaderView *rows = verticalHeader();
    rows->hide();
    rows->setMinimumSectionSize(24);
    rows->setDefaultSectionSize(alertRowHeight);
    rows->setSectionResizeMode(QHeaderView::Fixed);
}

void AlertTableView::setUpColumns()
{
    QHeaderView *header = horizontalHeader();
    header->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    header->setHighlightSections(false);
    header->setSectionsMovable(true);
    header->setSectionsClickable(true);
    header->setMinimumSectionSize(60);
    constexpr std::array widths{120, 112, 240, 112, 200, 160};
    for (int column = 0; column < static_cast<int>(widths.size()); ++column) {
        header->resizeSection(column, widths[static_cast<std::size_t>(column)]);
    }
    header->setSectionResizeMode(AlertTableModel::AlertColumn, QHeaderView::Stretch);
    header->setSortIndicator(AlertTableModel::TimeColumn, Qt::DescendingOrder);
    header->setSortIndicatorShown(true);
}

// Where there is little room the alert itself keeps it: other columns give some up, and Source all of it.
void AlertTableView::resizeEvent(QResizeEvent *event)
{
    QTableView::resizeEvent(event);
    constexpr int narrowBelow = 780;
    const bool narrow = viewport()->width() < narrowBelow;
    if (model() && narrow != m_narrow) {
        m_narrow = narrow;
        QHeaderView *header = horizontalHeader();
        header->setSectionHidden(AlertTableModel::SourceColumn, narrow);
        header->resizeSection(AlertTableModel::SeverityColumn, narrow ? 106 : 120);
        header->resizeSection(AlertTableModel::TimeColumn, narrow ? 96 : 112);
        header->resizeSection(AlertTableModel::DestinationsColumn, narrow ? 150 : 200);
        header->resizeSection(AlertTableModel::DeliveryColumn, narrow ? 142 : 160);
    }
}

void AlertTableView::moveBy(int rows)
{
    const int count = model()->rowCount();
    if (count > 0) {
        const int row = std::clamp(currentIndex().row() + rows, 0, count - 1);
        selectRow(row);
        scrollTo(model()->index(row, 0));
    }
}

void AlertTableView::keyPressEvent(QKeyEvent *event)
{
    const Qt::KeyboardModifiers modifiers = event->modifiers() & ~Qt::KeyboardModifiers(Qt::KeypadModifier);
    const bool shift = modifiers == Qt::ShiftModifier;
    if (modifiers != Qt::NoModifier && !shift) {
        QTableView::keyPressEvent(event);
        return;
    }
    switch (event->key()) {
    case Qt::Key_J:
        moveBy(1);
        break;
    case Qt::Key_K:
        moveBy(-1);
        break;
    case Qt::Key_R:
        shift ? Q_EMIT resendManyPressed() : Q_EMIT resendPressed();
        break;
    case Qt::Key_T:
        Q_EMIT testPressed();
        break;
    case Qt::Key_C:
        Q_EMIT copyAsCurlPressed();
        break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        Q_EMIT openPressed();
        break;
    default:
        QTableView::keyPressEvent(event);
        return;
    }
    event->accept();
}

} // namespace courier
