// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

class QAbstractItemView;
class QTableView;
class QTreeView;

namespace courier {

// What all item views of the window share: frame, row heights, headers, delegate. Call once, before columns are sized;
// the view owns the delegate. GUI thread.

/// A table of rows 30 high, chosen row by row, alternating; columns can be moved and sized.
void prepareTable(QTableView *table);
/// A tree (or tree table) of rows 26 high.
void prepareTree(QTreeView *tree);
/// The sidebar: NavDelegate, no header, no branches, on the window's colour.
void prepareNavigation(QTreeView *tree);
/// What an assistive program chooses in it becomes the current row, as by the pointer and the keys. Call once its model
/// is set, before anybody else listens to its selection.
void followSelection(QAbstractItemView *view);

} // namespace courier
