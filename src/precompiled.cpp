// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

// Nothing of its own: the targets of precompiled headers need a source.
