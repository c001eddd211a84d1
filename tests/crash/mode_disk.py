# SPDX-FileCopyrightText: The Alert Courier authors
# SPDX-License-Identifier: Apache-2.0
"""The disk fills, or writing and syncing fail, while alerts come in and are sent; later there is room again. On a small
file system of its own where one may be mounted (root), and by a preloaded library (diskfault.c)."""

import contextlib
import os
import random
import subprocess
import time

from checks import count_requests
from mode_kill import finish
from scene import HERE, Courier, Load, Receiver, wait_until

ROUNDS = 4  # of all that can happen to the disk, every other one over a kill
SEEN_WITHIN = 30  # seconds, generous: the log and the caches have to fill first
WELL_WITHIN = 20
WAIT, BATCH = 1000, 100  # alerts that wait to be sent when it begins: some seconds' work
AT_ONCE = 16  # requests that are under way
SIZE = '48m'
REFUSALS = ('The disk is full', "can't be read or written")  # the library's disk is full and has room, by what it tells


class SmallDisk:
    """A file system of a few MB, and a file that takes what is left of it."""

    ILLS = {'full': (507, 'The disk is full')}
    KILLS_AT = 0

    def __init__(self, stage):
        self.data = stage.data
        self.filler = stage.data / 'filler'
        self.environment = {}

    def __enter__(self):
        subprocess.run(['mount', '-t', 'tmpfs', '-o', f'size={SIZE},mode=0700', 'courier-crash', self.data], check=True,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        return self

    def __exit__(self, *_):
        subprocess.run(['umount', '-l', self.data], check=False)

    def ail(self, _):
        with open(self.filler, 'wb', buffering=0) as out, contextlib.suppress(OSError):
            for size in (1 << 20, 4096, 1):
                with contextlib.suppress(OSError):
                    while out.write(bytes(size)) == size:
                        pass

    def mend(self):
        self.filler.unlink(missing_ok=True)


class FaultLibrary:
    """The preloaded library; what is written first is the database."""

    ILLS = {'F': (507, 'The disk is full'), 'W': (503, 'be read or written'), 'S': (503, 'be read or written')}
    KILLS_AT = 1

    def __init__(self, stage):
        self.library, self.control = stage.folder / 'diskfault.so', stage.folder / 'disk'
        sanitizers = os.environ.get('ASAN_OPTIONS', '') + ':verify_asan_link_order=0'
        self.environment = {'LD_PRELOAD': str(self.library), 'COURIER_FAULT_CONTROL': str(self.control),
                            'COURIER_FAULT_PATH': f'{stage.data}/courier.db', 'ASAN_OPTIONS': sanitizers}

    def __enter__(self):
        compiler = os.environ.get('CC', 'cc')
        subprocess.run([compiler, '-shared', '-fPIC', '-O2', '-o', self.library, HERE / 'diskfault.c'], check=True)
        self.mend()
        return self

    def __exit__(self, *_):
        pass

    def ail(self, ill):
        with open(self.control, 'r+b' if self.control.exists() else 'wb') as out:
            out.write(ill.encode())

    def mend(self):
        self.ail('0')


class Act:
    """One ill of the disk, from its beginning to its end."""

    def __init__(self, name, disk, courier, receiver, load, result):
        self.name, self.disk, self.result = name, disk, result
        self.courier, self.receiver, self.load = courier, receiver, load

    def fault(self, text):
        self.result.fault(f'{self.name}: {text}')

    def expect(self, what, seconds, text):
        if not wait_until(what, seconds, 0.05):
            self.fault(f'{text}, after {seconds} s')

    def answered(self, status, since):
        return any(moment > since and one == status for moment, one in self.load.moments[-200:])

    def play(self, ill, dice, with_kill):
        status, words = self.disk.ILLS[ill]
        for _ in range(WAIT // BATCH):
            self.load.hand_in(self.load.batch(dice, BATCH))
        begun = time.time()
        self.disk.ail(ill)
        self.expect(lambda: self.answered(status, begun), SEEN_WITHIN, f'nobody was answered with {status}')
        self.expect(lambda: self.courier.ask('/-/ready') == 503, 5, '/-/ready does not say 503')
        self.expect(lambda: self.courier.ask('/-/healthy') == 200, 5, '/-/healthy does not say 200')
        self.expect(lambda: words in self.courier.words(), 5, f'the log does not say "{words}"')
        self.check_silence()
        if with_kill:
            self.kill_and_restart()
        time.sleep(dice.uniform(0.2, 1))
        mended = time.time()
        self.disk.mend()
        if not self.courier.running:
            self.courier.start()
        self.expect(lambda: self.courier.ask('/-/ready') == 200, WELL_WITHIN, '/-/ready does not say 200 again')
        self.expect(lambda: self.answered(202, mended), WELL_WITHIN, 'nothing is taken in again')
        before = count_requests(self.receiver.log)
        self.expect(lambda: count_requests(self.receiver.log) > before, WELL_WITHIN, 'nothing is sent again')

    def check_silence(self):
        """What can't be recorded isn't sent, and what can't be kept isn't taken."""
        before, begun = count_requests(self.receiver.log), time.time() + 0.5
        time.sleep(2)
        after = count_requests(self.receiver.log)
        if after - before > AT_ONCE:
            self.fault(f'it sends on: {after - before} requests after it said that it can keep nothing')
        if self.answered(202, begun):
            self.fault('it takes alerts in')

    def kill_and_restart(self):
        """It begins with the disk as it is: it waits for it to get well, or says why it can't begin."""
        self.courier.kill()
        self.courier.start()
        wait_until(lambda: not self.courier.running or self.courier.port, 15, 0.05)
        said = self.courier.words()
        ended = None if self.courier.running else self.courier.process.returncode
        if ended is not None and (ended != 1 or not any(one in said for one in REFUSALS)):
            self.fault(f'it ended with {ended}, and said {said[-500:]}')


def play_on(disk, stage, result, rounds):
    name = type(disk).__name__
    dice = random.Random(stage.seed)
    with disk, Receiver(stage.folder, takes=0.03, fail=0.03, seed=stage.seed) as receiver, \
            Courier(stage.program, stage.data, environment=disk.environment) as courier:
        courier.add_destinations(receiver)
        courier.start()
        courier.wait_ready()
        load = Load(stage.folder, [courier], pause=0.03)
        load.start()
        for turn, ill in enumerate([*disk.ILLS] * rounds):
            time.sleep(dice.uniform(0.5, 1))
            Act(f'{name} {ill}', disk, courier, receiver, load, result).play(ill, dice, turn % 2 == disk.KILLS_AT)
        finish(result, load, receiver, courier, courier.kills)
        refused = sorted(status for status in load.statuses if status not in (202, None))
        result.facts['batches refused'] = ', '.join(f'{load.statuses[status]} with {status}' for status in refused)


def may_mount(stage):
    try:
        with SmallDisk(stage):
            return True
    except (OSError, subprocess.CalledProcessError):
        return False


def run(stage, result, rounds):
    for disk in (SmallDisk, FaultLibrary):
        place = stage.part(disk.__name__)
        if disk is SmallDisk and not may_mount(place):
            print('  no file system may be mounted here: by the preloaded library only', flush=True)
            continue
        part = type(result)()
        play_on(disk(place), place, part, rounds)
        result.take(disk.__name__, part)
