// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <QtGlobal>

/// For each request Qt Network connects its own objects some thirty times by the names of signals and slots, and each
/// time Qt looks all of the names, and the types of their arguments, up again: two fifths of what a request costs
/// (Qt 6.4.2). Here stands a QObject::connect(SIGNAL, SLOT) before Qt's own that remembers what such names came to, for
/// the classes of Qt Network only; whatever else is connected by name goes on to Qt's own. What it answers is the same.
namespace courier::namedconnections {

/// Has the linker take this in: else Qt's own is called, which is only slower. Any thread.
void provide();

/// How many connections of the calling thread were made from memory.
qint64 remembered();

} // namespace courier::namedconnections
