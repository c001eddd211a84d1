# SPDX-FileCopyrightText: The Alert Courier authors
# SPDX-License-Identifier: Apache-2.0
"""The wall clock jumps by an hour, back and forth, while alerts are sent and retries wait: while the program runs, and
while it is dead. By libfaketime; the receiver's own clock is the true one."""

import itertools
import random
import time
from pathlib import Path

from checks import read_log
from mode_kill import finish
from scene import Courier, Load, Receiver

ROUNDS = 8
FAKETIME = '/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1'
HOURS = (1, 0, -1, 0)
FAILS = 2  # attempts of each delivery that the receiver refuses: then it has waited twice
# Quick: 1 s, then 2 s, each by a fifth more or less; later while the machine is busy, but never an hour.
SHORTEST, LONGEST = 0.8, 12.0


def set_clock(stage, hours):
    """Followed by the program within a second. Never half written."""
    draft = stage.folder / 'clock.new'
    draft.write_text(f'{hours * 3600:+d}\n')
    draft.rename(stage.folder / 'clock')


def check_waits(result, receiver, restarts):
    """That retries came when they were due by the true clock; across a restart no more than that they came."""
    waits = []
    for webhook_id, posts in read_log(receiver.log).items():
        for one, next_one in itertools.pairwise(posts):
            wait = next_one.at - one.at
            waits.append(wait)
            restarted = any(one.at - 1 <= restart <= next_one.at for restart in restarts)
            if wait > LONGEST or wait < SHORTEST and not restarted:
                result.fault(f'{one.title} to {one.destination} was tried again after {wait:.2f} s')
    result.facts['retries'] = len(waits)
    result.facts['  after'] = f'{min(waits):.2f} to {max(waits):.2f} s' if waits else '-'


def run(stage, result, rounds):
    if not Path(FAKETIME).exists():
        raise RuntimeError(f'there is no {FAKETIME}')
    dice = random.Random(stage.seed)
    set_clock(stage, 0)
    faked = {'LD_PRELOAD': FAKETIME, 'FAKETIME_TIMESTAMP_FILE': str(stage.folder / 'clock'),
             'FAKETIME_CACHE_DURATION': '1', 'FAKETIME_DONT_FAKE_MONOTONIC': '1', 'NO_FAKE_STAT': '1'}
    hours = itertools.cycle(HOURS)
    with Receiver(stage.folder, fail_first=FAILS) as receiver, \
            Courier(stage.program, stage.data, environment=faked) as courier:
        courier.add_destinations(receiver)
        courier.start()
        courier.wait_ready()
        load = Load(stage.folder, [courier], clients=1, pause=0.06)
        load.start()
        for turn in range(rounds):
            time.sleep(dice.uniform(1.2, 2.2))
            if turn % 2:
                set_clock(stage, next(hours))
            else:  # dead while somebody sets it
                courier.kill()
                set_clock(stage, next(hours))
                courier.start()
        result.facts['jumps of the clock'] = rounds
        finish(result, load, receiver, courier, courier.kills, times=False, patience=30)
        check_waits(result, receiver, courier.kills)
