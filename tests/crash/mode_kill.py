# SPDX-FileCopyrightText: The Alert Courier authors
# SPDX-License-Identifier: Apache-2.0
"""The program is killed at random moments, while it starts, takes in and sends."""

import random
import time

from checks import Checks, Snapshots, count_waiting
from scene import Courier, Load, Receiver, wait_until

ROUNDS = 200
# Seconds after the start; one in four while it starts and records what the one before left.
ANY_TIME, STARTING = (0.02, 0.7), (0.0, 0.08)
OWES_WITHIN = 10  # seconds until a kill cuts a send short, by turns with one at any moment


def drain(courier, seconds):
    """Until nothing waits. True where that came."""
    return wait_until(lambda: courier.running and count_waiting(courier.data) == 0, seconds, 0.1) is not None


def finish(result, load, receiver, courier, kills, patience=120, **more):
    """The clients end, the rest is sent, the program ends; then the checks."""
    load.stop()
    receiver.behave()
    if not drain(courier, patience):
        result.fault(f'{count_waiting(courier.data)} deliveries still wait at the end')
    if courier.end() != 0:
        result.fault(f'the program did not end well: {courier.words()[-1000:]}')
    checks = Checks(courier.data, receiver.log, load, kills, receiver.kills, **more).run()
    result.facts.update(checks.facts)
    result.faults.extend(checks.faults)
    if not load.accepted:
        result.fault('no alert was accepted: nothing was tried')


def run(stage, result, rounds):
    dice = random.Random(stage.seed)
    with Receiver(stage.folder, slow=0.06, fail=0.04, drop=0.01, seed=stage.seed) as receiver, \
            Courier(stage.program, stage.data) as courier:
        courier.add_destinations(receiver)
        load = Load(stage.folder, [courier])
        load.start()
        snapshots = Snapshots(stage.data)
        early = in_a_row = 0
        for _ in range(rounds):
            courier.start()
            if in_a_row == 2:  # a slow machine: let it come so far that there is something to kill
                courier.wait_ready()
            time.sleep(dice.uniform(*(STARTING if dice.random() < 0.25 else ANY_TIME)))
            up = courier.port is not None
            in_a_row = 0 if up else in_a_row + 1
            early += not up
            if up and (len(courier.kills) - early) % 2 == 0:
                snapshots.take()
                receiver.wait_owing(OWES_WITHIN)
            courier.kill()
        result.facts['kills'] = len(courier.kills)
        result.facts['  before alerts came in again'] = early
        courier.start()
        courier.wait_ready()
        finish(result, load, receiver, courier, courier.kills)
        missing = snapshots.missing()
        result.faults.extend(missing)
        result.facts['attempts seen before a kill, and still there'] = len(snapshots.seen) - len(missing)
        if rounds >= 10 and not (result.facts['  interrupted by a kill'] and snapshots.seen):
            result.fault('no kill cut a send short: nothing was tried')
