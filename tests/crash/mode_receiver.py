# SPDX-FileCopyrightText: The Alert Courier authors
# SPDX-License-Identifier: Apache-2.0
"""The receiver is killed while it is sent to, and comes back a while later."""

import contextlib
import random
import sqlite3
import time

from checks import UNKNOWN
from mode_kill import finish
from scene import Courier, Load, Receiver

ROUNDS = 60
LIVES, IS_GONE = (0.05, 0.6), (0.02, 0.4)  # seconds


def cut_off(data):
    """True where an attempt lost its answer to a kill."""
    with contextlib.closing(sqlite3.connect(f'file:{data}/courier.db?mode=ro', uri=True, timeout=10)) as database:
        return database.execute('SELECT EXISTS (SELECT 1 FROM attempt WHERE outcome = ?)', (UNKNOWN,)).fetchone()[0]


def run(stage, result, rounds):
    dice = random.Random(stage.seed)
    with Receiver(stage.folder, slow=0.1, fail=0.02, seed=stage.seed) as receiver, \
            Courier(stage.program, stage.data) as courier:
        courier.add_destinations(receiver)
        courier.start()
        load = Load(stage.folder, [courier])
        load.start()
        # More often where none has hit a request so far: a program whose requests are short is hit seldom.
        for number in range(10 * rounds):
            if number >= rounds and cut_off(stage.data):
                break
            time.sleep(dice.uniform(*LIVES))
            receiver.kill()
            time.sleep(dice.uniform(*IS_GONE))
            receiver.start()
        result.facts['kills of the receiver'] = len(receiver.kills)
        finish(result, load, receiver, courier, kills=())
        if result.facts.get('  interrupted by a kill'):
            result.fault('attempts are recorded as interrupted, and the program never was killed')
        if not result.facts.get('  lost their answer'):
            result.fault('no kill cut an answer off: nothing was tried')
