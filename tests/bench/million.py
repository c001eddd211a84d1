# SPDX-FileCopyrightText: The Alert Courier authors
# SPDX-License-Identifier: Apache-2.0
"""Data directories full of alerts, made once: for the parts that measure the window and how it starts."""

import contextlib
import hashlib
import shutil
import sqlite3
import subprocess
import time

import courier

OLDEST = 2 * 24 * 3600  # seconds: what was "delivered today" has to be of today, or nearly


def _key():
    """What a directory depends on: the schema, and how it is filled."""
    sources = [*sorted((courier.ROOT / 'resources/sql').glob('*.sql')),
               *sorted((courier.ROOT / 'tests/bench').glob('*fill*.cpp')),
               *sorted((courier.ROOT / 'tests/bench').glob('alertmaker.*'))]
    return hashlib.sha256(b''.join(path.read_bytes() for path in sources)).hexdigest()[:12]


def _age(data):
    """Of the newest alert, seconds: the time of arrival is in its id."""
    with contextlib.closing(sqlite3.connect(f'file:{data}/courier.db?mode=ro', uri=True)) as database:
        return time.time() - (database.execute('SELECT max(id) FROM alert').fetchone()[0] >> 21) / 1000


def _put_off(data):
    """No retry is due while it is measured: a start that sends takes more memory, and time from the window. For as long
    as the program waits at most, after an answer that may have asked for it."""
    next_at = int((time.time() + 55 * 60) * 1000)
    with contextlib.closing(sqlite3.connect(data / 'courier.db')) as database, database:
        database.execute('UPDATE delivery SET next_at = ?, last_status = 503, last_outcome = 1 WHERE state = 2',
                         (next_at,))


def _warm(data):
    """Into the page cache, where it was a moment after it was filled: the system may have let go of it since, and then
    the first who goes through all of it would be measured with the disk."""
    with open(data / 'courier.db', 'rb', buffering=0) as file:
        while file.read(4 << 20):
            pass


def filled(alerts):
    """A directory with so many alerts, which nobody may change. One that was made before is used where it still fits."""
    courier.BENCH.mkdir(parents=True, exist_ok=True)
    wanted = courier.BENCH / f'filled-{alerts}-{_key()}'
    for old in courier.BENCH.glob(f'filled-{alerts}-*'):
        if old != wanted or _age(old) > OLDEST:
            shutil.rmtree(old)
    if not wanted.exists():
        courier.say(f'{alerts:,} alerts are made, once')
        started = time.monotonic()
        draft = courier.BENCH / f'filling-{alerts}'
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(mode=0o700)
        subprocess.run([courier.BUILD / 'tests/bench/bench_fill', draft, str(alerts)], check=True, timeout=400)
        draft.rename(wanted)
        courier.say(f'made in {time.monotonic() - started:.0f} s')
    _put_off(wanted)
    _warm(wanted)
    return wanted


def copied(data, to):
    """A copy that may be changed."""
    shutil.rmtree(to, ignore_errors=True)
    to.mkdir(mode=0o700)
    subprocess.run(['cp', '--reflink=auto', data / 'courier.db', to], check=True)
    return to
