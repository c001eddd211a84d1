# SPDX-FileCopyrightText: The Alert Courier authors
# SPDX-License-Identifier: Apache-2.0

# cmake -DPROGRAM=... -DGZIP=... -DPROJECT_VERSION=... -DSOURCE=FILE.in -DPAGE=FILE -P manpage.cmake
# Puts what the program says of its commands into its manual page, and compresses it as Debian wants it.
execute_process(COMMAND ${PROGRAM} __manual OUTPUT_VARIABLE COMMANDS COMMAND_ERROR_IS_FATAL ANY)
configure_file(${SOURCE} ${PAGE} @ONLY)
execute_process(COMMAND ${GZIP} -9nkf ${PAGE} COMMAND_ERROR_IS_FATAL ANY)
