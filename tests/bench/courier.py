# SPDX-FileCopyrightText: The Alert Courier authors
# SPDX-License-Identifier: Apache-2.0
"""What the parts of the benches share: the program under measurement, its data directories, the receiver."""

import contextlib
import http.client
import json
import os
import shutil
import signal
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(os.environ.get('COURIER_ROOT', Path(__file__).resolve().parents[2]))
BUILD = Path(os.environ.get('COURIER_BUILD', ROOT / 'build/release'))
BENCH = ROOT / 'build/bench'
PROGRAM = BUILD / 'alert-courier'
DELIVERED = 3  # DeliveryState::Delivered
QUIET = dict(os.environ, QT_QPA_PLATFORM='offscreen')


def record(**fields):
    """One finding, for table.py."""
    print(json.dumps(fields), flush=True)


def say(text):
    print(f'  {text}', file=sys.stderr, flush=True)


@contextlib.contextmanager
def scratch():
    """A directory on the disk of the build, where a commit costs what it costs."""
    BENCH.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=BENCH) as path:
        yield Path(path)


def there_and_back(*measures):
    """Rates, each the mean of two: the second is measured in the opposite order, so that a machine that gets slower or
    faster meanwhile does so for all of them."""
    there = [measure() for measure in measures]
    back = [measure() for measure in reversed(measures)]
    return [statistics.harmonic_mean(pair) for pair in zip(there, reversed(back))]


def command(data, *words, text=None):
    return subprocess.run([PROGRAM, '--data-dir', data, *words], input=text, text=True, env=QUIET, check=True,
                          stdout=subprocess.PIPE, timeout=120).stdout


def alert(number):
    """An alert as the contract has it, some 700 bytes long."""
    return json.dumps({
        'id': 'Linux.Disk.Usage', 'severity': 'HIGH', 'title': f'Disk 95 % full on host-{number:06}',
        'description': 'The file system /var has less than 5 % of its space left and fills by 1 % an hour.',
        'runbook': 'Find what grows with du, then rotate or move it; call the owner of the host if it is a database.',
        'tags': ['disk', 'capacity', f'rack-{number % 40}'],
        'alertContext': {'host': f'host-{number:06}', 'mount': '/var', 'used': 0.953, 'device': 'sda1',
                         'owner': 'storage', 'region': 'eu-central-1', 'inodes': {'used': 183204, 'free': 9817}}})


def add_destinations(data, ports):
    for place, port in enumerate(ports):
        command(data, 'destination', 'add', '--name', f'Receiver {place}', '--url', f'http://127.0.0.1:{port}/hook',
                '--severity', 'critical,high,medium,low,info')


def fill(data, ports, alerts):
    """Makes a data directory with so many alerts waiting for every receiver."""
    data.mkdir(mode=0o700)
    add_destinations(data, ports)
    command(data, 'submit', text='\n'.join(alert(number) for number in range(alerts)))
    return data


def copied(data, to):
    shutil.rmtree(to, ignore_errors=True)
    shutil.copytree(data, to)
    os.sync()
    return to


def move_to(data, ports):
    """The same waiting deliveries, to where the receiver is now."""
    with contextlib.closing(sqlite3.connect(data / 'courier.db')) as database, database:
        for place, port in enumerate(ports):
            database.execute('UPDATE destination SET url = ? WHERE name = ?',
                             (f'http://127.0.0.1:{port}/hook', f'Receiver {place}'))


def memory(process, name):
    """Of /proc/PID/status, in MB: VmHWM is the most that was resident."""
    for line in Path(f'/proc/{process}/status').read_text().splitlines():
        if line.startswith(name + ':'):
            return int(line.split()[1]) / 1024
    return 0


class Receiver:
    """The epoll receiver as a process of its own."""

    def __init__(self, ports=1, header_bytes=0, **manners):
        """Manners: dead_port, slow_port, limit_port, each with its place in the row of ports."""
        options = [f'--{name.replace("_", "-")}={value}'.split('=')
                   for name, value in {'ports': ports, 'header_bytes': header_bytes, **manners}.items()]
        self.process = subprocess.Popen([BUILD / 'tests/bench/bench_receiver', *sum(options, [])],
                                        stdout=subprocess.PIPE, text=True)
        first = int(self.process.stdout.readline())
        self.ports = range(first, first + ports)
        self.connection = http.client.HTTPConnection('127.0.0.1', first, timeout=10)

    def stats(self):
        self.connection.request('GET', '/stats')
        return json.loads(self.connection.getresponse().read())

    def wait_for(self, count, seconds=60, unlike=None):
        """Until so many requests (or different ids, where repeats don't count) were received. Asks seldom before the
        end can be near: who asks takes time from those that are measured."""
        begun = time.monotonic()
        while (passed := time.monotonic() - begun) < seconds:
            stats = self.stats()
            received = stats['ids' if unlike else 'requests']
            if received >= count:
                return stats
            left = passed * (count - received) / received if received else 0
            time.sleep(min(max(left / 2, 0.005), 0.5))
        raise TimeoutError(f'the receiver got {self.stats()} of {count}')

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.kill()
        self.process.wait()


class Courier:
    """The program, sending without a window."""

    def __init__(self, data, *options):
        self.data = data
        self.process = subprocess.Popen([PROGRAM, '--data-dir', data, '--background', *(options or ('--no-intake',))],
                                        env=QUIET, stderr=subprocess.PIPE)
        os.set_blocking(self.process.stderr.fileno(), False)

    def peak(self):
        return memory(self.process.pid, 'VmHWM')

    def resident(self):
        return memory(self.process.pid, 'VmRSS')

    def wait_until_recorded(self, seconds=60):
        """Until every delivery is Delivered in the database. Gives the moment, monotonic seconds."""
        with contextlib.closing(sqlite3.connect(f'file:{self.data}/courier.db?mode=ro', uri=True)) as database:
            end = time.monotonic() + seconds
            while time.monotonic() < end:
                # Over the index of what waits; Sending has its own.
                left = database.execute('SELECT EXISTS(SELECT 1 FROM delivery WHERE state IN (0, 2)) OR '
                                        'EXISTS(SELECT 1 FROM delivery WHERE state = 1)').fetchone()[0]
                if not left:
                    return time.monotonic()
                time.sleep(0.002)
        raise TimeoutError('not everything was recorded')

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def delivered(data):
    with contextlib.closing(sqlite3.connect(f'file:{data}/courier.db?mode=ro', uri=True)) as database:
        return database.execute('SELECT count(*) FROM delivery WHERE state = ?', (DELIVERED,)).fetchone()[0]


def deliver_all(data, receiver, count):
    """Starts the program on what waits there; gives deliveries a second, from the first request until the last is on
    disk as delivered, and the most memory it took, MB."""
    move_to(data, receiver.ports)
    with Courier(data) as courier:
        begun = receiver.wait_for(count, seconds=100)['first'] / 1e6
        rate = count / (courier.wait_until_recorded() - begun)
        peak = courier.peak()
    if delivered(data) != count:
        raise RuntimeError(f'{delivered(data)} of {count} are recorded as delivered')
    return rate, peak


def rate(data, folder, count, **receives):
    """deliver_all() of a copy in that folder, to a receiver of its own: deliveries a second."""
    with Receiver(**receives) as receiver:
        return deliver_all(copied(data, folder / 'run'), receiver, count)[0]


def hey(port, count, body):
    """Requests a second of hey -c 6, Go's client without a store, with the headers that the program sends."""
    path = BENCH / 'body.json'
    path.write_text(body)
    headers = ['Accept-Encoding: identity', 'Accept-Language: *', 'webhook-id: msg_00000000000000000001']
    out = subprocess.run(['hey', '-n', str(count), '-c', '6', '-m', 'POST', '-T', 'application/json', '-A',
                          'application/json', *(word for header in headers for word in ('-H', header)), '-D', path,
                          f'http://127.0.0.1:{port}/hook'], stdout=subprocess.PIPE, text=True, check=True, timeout=60)
    return next(float(line.split()[1]) for line in out.stdout.splitlines() if 'Requests/sec' in line)
