// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "desk/intakeservice.h"
#include "domain/error.h"

#include <QCoreApplication>
#include <QString>

#include <memory>

namespace courier {

/// A QApplication with our names, icon and rounding of scale factors.
std::unique_ptr<QCoreApplication> makeWindowApplication(int &argc, char **argv);

/// Opens the window on \a directory and runs until it is closed; where another window has it open already, raises that
/// one and ends. \a intake: what the command line says of the endpoint.
int runWindow(const QString &directory, const IntakeOptions &intake);

/// Opens the window on \a directory (which no other window may have open), makes the whole journey in it, leaves
/// pictures and a summary in \a pictureDirectory, and gives the exit code.
int runJourney(const QString &directory, const QString &pictureDirectory);

/// Says in a window and on stderr why the program can't start; gives the exit code once it is closed.
int showRefusal(const Error &error);

} // namespace courier
