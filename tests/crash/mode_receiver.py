# SPDX-FileCopyrightText: The Alert Courier authors
# SPDX-License-Identifier: Apache-2.0
"""The receiver is killed while it is sent to, and comes back a while later."""

import random
import time

from mode_kill import finish
from scene import Courier, Load, Receiver

ROUNDS = 60
LIVES, IS_GONE = (0.05, 0.6), (0.02, 0.4)  # seconds
# Who wasn't there is asked again later and later: longer than the longest of those waits.
ASKED_WITHIN = 60


def run(stage, result, rounds):
    dice = random.Random(stage.seed)
    with Receiver(stage.folder, slow=0.1, fail=0.02, seed=stage.seed) as receiver, \
            Courier(stage.program, stage.data) as courier:
        courier.add_destinations(receiver)
        courier.start()
        load = Load(stage.folder, [courier])
        load.start()
        for number in range(rounds):
            time.sleep(dice.uniform(*LIVES))
            # By turns at any moment, and while an answer is owed: one that is gone too often is hardly asked.
            if number % 2 and not receiver.wait_owing(ASKED_WITHIN):
                result.fault(f'nothing was sent within {ASKED_WITHIN} s of its return')
            receiver.kill()
            time.sleep(dice.uniform(*IS_GONE))
            receiver.start()
        result.facts['kills of the receiver'] = len(receiver.kills)
        finish(result, load, receiver, courier, kills=())
        if result.facts.get('  interrupted by a kill'):
            result.fault('attempts are recorded as interrupted, and the program never was killed')
        if not result.facts.get('  lost their answer'):
            result.fault('no kill cut an answer off: nothing was tried')
