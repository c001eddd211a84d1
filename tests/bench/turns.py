# SPDX-FileCopyrightText: The Alert Courier authors
# SPDX-License-Identifier: Apache-2.0
"""Measures several at the same time, and yet each alone: one runs for a moment while the others stand still, then the
next. A machine that gets slower or faster meanwhile does so for all of them."""

import math
import signal
import threading
import time

SLICE = 0.1  # s: all as long, since a short one counts less than its time


class Turn:
    """Processes that stand still until it is their turn. They are stopped in this order, and go on in the other."""

    def __init__(self, *processes):
        self.processes = processes
        self.slices = []  # from when until when they ran, monotonic seconds
        self.is_over = False
        self.stop()

    def stop(self):
        for process in self.processes:
            process.send_signal(signal.SIGSTOP)

    def go_on(self):
        for process in reversed(self.processes):
            process.send_signal(signal.SIGCONT)

    def run(self):
        self.slices.append((time.monotonic(), math.inf))
        self.go_on()
        time.sleep(SLICE)
        self.stop()
        self.slices[-1] = (self.slices[-1][0], time.monotonic())

    def time_between(self, begin, end):
        """For how many seconds of these they ran."""
        return sum(max(0, min(end, stopped) - max(begin, begun)) for begun, stopped in self.slices)


def take(measures):
    """Runs each measure, given with its turn, in a thread of its own until all are done; gives what they found."""
    found, problems = [None] * len(measures), []

    def one(place, measure, turn):
        try:
            found[place] = measure(turn)
        except Exception as problem:  # raised below
            problems.append(problem)
        turn.is_over = True

    threads = [threading.Thread(target=one, args=(place, *pair)) for place, pair in enumerate(measures)]
    turns = [turn for _, turn in measures]
    for thread in threads:
        thread.start()
    while waiting := [turn for turn in turns if not turn.is_over]:
        for turn in waiting:
            turn.run()
    for turn in turns:
        turn.go_on()
    for thread in threads:
        thread.join()
    if problems:
        raise problems[0]
    return found
