// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "gui/stylecanvas.h"

namespace courier {

// The entries of menus and of the menu bar, for CourierStyle. Both answer false, and paint nothing, where the option
// isn't their own.

bool paintMenuItem(const Canvas &canvas);
bool paintMenuBarItem(const Canvas &canvas);

} // namespace courier
