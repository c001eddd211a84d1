// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "gui/stylecanvas.h"

namespace courier {

// The ground of rows and cells of item views, for CourierStyle. The chosen ones are filled; the current row of a view
// that has the focus bears an accent bar at its left.

/// PE_PanelItemViewRow. Views with the property `navigation` are left to their delegate.
void paintRow(const Canvas &canvas);
/// PE_PanelItemViewItem.
void paintItem(const Canvas &canvas);

} // namespace courier
