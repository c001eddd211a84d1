#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Alert Courier authors
# SPDX-License-Identifier: Apache-2.0
"""harness.py PROGRAM [MODE] [ROUNDS]: see the head of run."""

import argparse
import importlib
import os
import shutil
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

sys.dont_write_bytecode = True
MODES = ('kill', 'receiver', 'disk', 'clock', 'two')
SHOWN = 20  # faults


@dataclass
class Stage:
    """What a mode works with."""
    program: Path
    folder: Path
    seed: int

    @property
    def data(self):
        return self.folder / 'data'

    def part(self, name):
        """A stage of its own within this one."""
        part = Stage(self.program, self.folder / name, self.seed)
        part.data.mkdir(mode=0o700, parents=True)
        return part


@dataclass
class Result:
    facts: dict = field(default_factory=dict)
    faults: list = field(default_factory=list)

    def fault(self, text):
        self.faults.append(text)

    def take(self, name, part):
        self.facts.update({f'{name}: {fact}': value for fact, value in part.facts.items()})
        self.faults.extend(f'{name}: {fault}' for fault in part.faults)


def show(mode, result, seconds):
    width = max(map(len, result.facts), default=0)
    print(f'{mode}, {seconds:.0f} s')
    for name, value in result.facts.items():
        print(f'  {name:<{width}}  {value if isinstance(value, str) else format(value, ","):>10}')
    for text in result.faults[:SHOWN]:
        print(f'  LOST OR WRONG: {text}')
    print(f'  {len(result.faults)} lost or wrong', flush=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('program', type=Path)
    parser.add_argument('mode', nargs='?', default='kill', choices=MODES)
    parser.add_argument('rounds', nargs='?', type=int)
    any_seed = os.environ.get('COURIER_CRASH_SEED', time.time_ns() % 1_000_000)
    parser.add_argument('--seed', type=int, default=int(any_seed))
    options = parser.parse_args()
    mode = importlib.import_module(f'mode_{options.mode}')
    folder = Path(tempfile.mkdtemp(prefix='courier-crash-'))
    stage = Stage(options.program.resolve(), folder, options.seed)
    stage.data.mkdir(mode=0o700)
    result = Result()
    print(f'seed {stage.seed} (COURIER_CRASH_SEED repeats it)', flush=True)
    begun = time.monotonic()
    try:
        mode.run(stage, result, options.rounds or mode.ROUNDS)
    except Exception as error:  # whatever stopped it is a finding, and what was found before is shown
        result.fault(f'{type(error).__name__}: {error}')
    show(options.mode, result, time.monotonic() - begun)
    if result.faults:
        print(f'  what was written is left in {folder}')
        return 1
    shutil.rmtree(folder)
    return 0


if __name__ == '__main__':
    sys.exit(main())
