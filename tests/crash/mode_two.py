# SPDX-FileCopyrightText: The Alert Courier authors
# SPDX-License-Identifier: Apache-2.0
"""Two processes on one data directory: one sends, and when it is killed the other takes over."""

import os
import random
import signal
import time

from mode_kill import OWES_WITHIN, finish
from scene import Courier, Load, Receiver, wait_until

ROUNDS = 20
TAKES_OVER_WITHIN = 10  # seconds; it looks each second


def senders(pair):
    return [one for one in pair if one.running and 'Sending has begun' in one.words()]


def stand_still(sender, receiver, result):
    """A sender that hangs keeps its lock: the other must not send in its place."""
    os.kill(sender.process.pid, signal.SIGSTOP)
    try:
        time.sleep(0.5)  # what was on its way is there
        before = receiver.log.stat().st_size
        time.sleep(2)
        if receiver.log.stat().st_size != before:
            result.fault('something was sent while the process that holds the lock stood still')
    finally:
        os.kill(sender.process.pid, signal.SIGCONT)


def run(stage, result, rounds):
    dice = random.Random(stage.seed)
    slowest = 0.0
    with Receiver(stage.folder, slow=0.06, fail=0.02, seed=stage.seed) as receiver, \
            Courier(stage.program, stage.data, 'one') as one, Courier(stage.program, stage.data, 'other') as other:
        pair = [one, other]
        one.add_destinations(receiver)
        one.start()
        one.wait_ready()
        other.start()
        load = Load(stage.folder, pair)
        load.start()
        for turn in range(rounds):
            time.sleep(dice.uniform(0.2, 0.7))
            sending = senders(pair)
            if len(sending) != 1:
                result.fault(f'{len(sending)} processes send at once')
            sender = sending[0]
            if turn == 0:
                stand_still(sender, receiver, result)
            receiver.wait_owing(OWES_WITHIN)
            sender.kill()
            begun = time.monotonic()
            if not wait_until(lambda: senders(pair), TAKES_OVER_WITHIN):
                raise RuntimeError(f'nobody sends {TAKES_OVER_WITHIN} s after the sender was killed')
            slowest = max(slowest, time.monotonic() - begun)
            sender.start()
            if not wait_until(lambda: 'Another process sends' in sender.words(), 30):
                result.fault(f'the second process does not say that another one sends: {sender.words()[-500:]}')
        result.facts['kills of the sender'] = len(one.kills) + len(other.kills)
        result.facts['taken over within, at most'] = f'{slowest:.2f} s'
        sender, = senders(pair)
        standby = other if sender is one else one
        if standby.end() != 0:
            result.fault(f'the process that waits did not end well: {standby.words()[-500:]}')
        finish(result, load, receiver, sender, one.kills + other.kills)
        if not result.facts.get('  interrupted by a kill'):
            result.fault('no kill cut a send short: nothing was tried')
