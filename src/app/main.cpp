// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

#include "app/application.h"

int main(int argc, char **argv)
{
    return courier::runProgram(argc, argv);
}
