// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

// jemalloc reads this before main(): few arenas, and what is free goes back to the system within a second, so that the
// program is as small while nothing is sent as with glibc's malloc (jemalloc(3), TUNING).
extern "C" {
extern const char *malloc_conf;
const char *malloc_conf = "narenas:4,dirty_decay_ms:1000,muzzy_decay_ms:0"; // NOLINT: the name is jemalloc's
}
