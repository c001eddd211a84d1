// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "gui/stylecanvas.h"

namespace courier {

// The words and icons within controls, for CourierStyle. Each answers false, and paints nothing, where the option isn't
// its own.

bool paintPushButtonLabel(const Canvas &canvas);
bool paintToolButtonLabel(const Canvas &canvas);
bool paintHeaderLabel(const Canvas &canvas);
bool paintTabLabel(const Canvas &canvas);
bool paintComboBoxLabel(const Canvas &canvas);

} // namespace courier
