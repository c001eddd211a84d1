// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "gui/viewsetup.h"

#include "gui/celldelegate.h"
#include "gui/navdelegate.h"

#include <QHeaderView>
#include <QTableView>
#include <QTreeView>

#include <algorithm>

namespace courier {

namespace {

constexpr int tableRow = 30;
constexpr int treeRow = 26;

void prepareHeader(QHeaderView *header)
{
    header->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    header->setHighlightSections(false);
    header->setSectionsMovable(true);
    header->setTextElideMode(Qt::ElideRight);
    header->setMinimumSectionSize(40);
}

// By Qt an assistive program selects, but the current row stays where it is. And in a tree that selects rows it would
// select another one than it names (Qt 6.4 takes a row below its parent for one of the whole tree); so trees select
// items, which are made rows here.
void makeCurrent(QItemSelectionModel &selection, const QItemSelection &selected, const QItemSelection &deselected)
{
    const QItemSelection &changed = selected.isEmpty() ? deselected : selected;
    if (changed.isEmpty()) {
        return;
    }
    const QModelIndex index = changed.first().topLeft();
    const QModelIndex current = selection.currentIndex();
    const bool isCurrent = current.row() == index.row() && current.parent() == index.parent();
    if (selection.rowIntersectsSelection(index.row(), index.parent()) &&
        !selection.isRowSelected(index.row(), index.parent())) {
        selection.setCurrentIndex(index.siblingAtColumn(0),
                                  QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    } else if (!isCurrent && selected.size() == 1 && selected.first().height() == 1) {
        selection.setCurrentIndex(index, QItemSelectionModel::NoUpdate);
    }
}

} // namespace

void prepareTable(QTableView *table)
{
    table->setShowGrid(false);
    table->setAlternatingRowColors(true);
    table->setWordWrap(false);
    table->setFrameShape(QFrame::NoFrame);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    table->setTabKeyNavigation(false);
    table->setCornerButtonEnabled(false);
    table->setItemDelegate(new CellDelegate(table, tableRow));
    // The least size goes first, or rows stay at the style's own.
    QHeaderView *rows = table->verticalHeader();
    rows->hide();
    rows->setMinimumSectionSize(24);
    rows->setDefaultSectionSize(std::max(tableRow, table->fontMetrics().height() + 12));
    rows->setSectionResizeMode(QHeaderView::Fixed);
    prepareHeader(table->horizontalHeader());
}

void prepareTree(QTreeView *tree)
{
    tree->setFrameShape(QFrame::NoFrame);
    tree->setUniformRowHeights(true);
    tree->setItemDelegate(new CellDelegate(tree, treeRow));
    tree->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    tree->setAllColumnsShowFocus(true);
    prepareHeader(tree->header());
    tree->header()->setSectionsMovable(false);
}

void prepareNavigation(QTreeView *tree)
{
    tree->setProperty("navigation", true);
    tree->setHeaderHidden(true);
    tree->setIndentation(0);
    tree->setRootIsDecorated(false);
    tree->setItemsExpandable(false);
    tree->setExpandsOnDoubleClick(false);
    tree->setFrameShape(QFrame::NoFrame);
    tree->setSelectionMode(QAbstractItemView::SingleSelection);
    tree->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    tree->setMinimumWidth(160);
    tree->viewport()->setBackgroundRole(QPalette::Window);
    tree->setItemDelegate(new NavDelegate(tree));
}

void followSelection(QAbstractItemView *view)
{
    if (qobject_cast<QTreeView *>(view)) {
        view->setSelectionBehavior(QAbstractItemView::SelectItems);
    }
    QItemSelectionModel *selection = view->selectionModel();
    QObject::connect(
        selection, &QItemSelectionModel::selectionChanged, view,
        [selection](const auto &selected, const auto &deselected) { makeCurrent(*selection, selected, deselected); });
}

} // namespace courier
