// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "desk/desk.h"

#include <QWidget>

#include <functional>

namespace courier {

/// True where \a error says that a secret could not be kept for want of a key ring: then the operator can be asked.
bool wantsPrivateFile(Desk &desk, const Error &error);

/// Asks whether to keep secrets in the private file instead of a key ring; \a agreed is called after a yes that was
/// carried out, \a refused with an error where it could not be, or with none after a no. Neither is where \a parent has
/// gone.
void askForPrivateFile(QWidget *parent, Desk &desk, std::function<void()> agreed,
                       std::function<void(const std::optional<Error> &)> refused);

} // namespace courier
