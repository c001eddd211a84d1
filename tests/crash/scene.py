# SPDX-FileCopyrightText: The Alert Courier authors
# SPDX-License-Identifier: Apache-2.0
"""What is on stage: the program as a process, the receiver as a process, and who hands alerts in."""

import contextlib
import http.client
import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
# Ends what was started where this is ended by force: by a time limit, say.
WITH_US = ['setpriv', '--pdeathsig', 'KILL', '--'] if shutil.which('setpriv') else []
LISTENS = re.compile(r'Alerts come in at http://127\.0\.0\.1:(\d+)/')
# The destinations, and the severities that each takes.
SEVERITIES = ('CRITICAL', 'HIGH', 'MEDIUM', 'LOW', 'INFO')
TAKES = {'All': SEVERITIES, 'Grave': ('CRITICAL', 'HIGH'), 'Night': ('CRITICAL', 'INFO')}


def wait_until(what, seconds, step=0.01):
    """What it gave that is true, or None after so many seconds."""
    end = time.monotonic() + seconds
    while True:
        if found := what():
            return found
        if time.monotonic() > end:
            return None
        time.sleep(step)


class Process:
    """A process of ours, ended with us. Lives and deaths are kept, in seconds since 1970."""

    def __init__(self):
        self.process = None
        self.starts, self.kills = [], []

    def spawn(self, words, **options):
        self.process = subprocess.Popen([*WITH_US, *map(str, words)], stdin=subprocess.DEVNULL, **options)
        self.starts.append(time.time())

    @property
    def running(self):
        return self.process is not None and self.process.poll() is None

    def kill(self):
        """kill -9. Gives its moment."""
        if not self.running:
            raise RuntimeError(f'it had ended by itself, with {self.process.returncode}')
        os.kill(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self.kills.append(time.time())

    def end(self, seconds=30):
        """As a session does that ends. Gives the exit code; None where it had to be killed."""
        if not self.running:
            return self.process.returncode if self.process else 0
        self.process.send_signal(signal.SIGTERM)
        with contextlib.suppress(subprocess.TimeoutExpired):
            return self.process.wait(seconds)
        self.process.kill()
        self.process.wait()
        return None

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.running:
            self.process.kill()
            self.process.wait()


class Receiver(Process):
    """receiver.py, on one port over all its lives."""

    def __init__(self, folder, **habits):
        super().__init__()
        self.log = folder / 'received.log'
        self.habits = habits
        self.port = 0
        self.start()

    def start(self):
        options = [word for name, value in self.habits.items() for word in (f'--{name.replace("_", "-")}', value)]
        self.spawn([sys.executable, HERE / 'receiver.py', self.log, '--port', self.port, *options],
                   stdout=subprocess.PIPE)
        line = self.process.stdout.readline()
        self.process.stdout.close()
        if not line:
            raise RuntimeError('the receiver does not start')
        self.port = int(line)

    def wait_owing(self, seconds):
        """Until it owes the answer to a request that came in after this call: a kill of either side cuts it off. True
        where that came."""
        before = self.log.stat().st_size

        def owes():
            with open(self.log, 'rb') as log:
                log.seek(before)
                lines = [line.split(b' ', 2) for line in log]
            return {line[1] for line in lines if line[0] == b'G'} - {line[1] for line in lines if line[0] == b'A'}
        return wait_until(owes, seconds, 0.002) is not None

    def behave(self):
        """From now on it answers 200, and at once; over a restart, too."""
        self.habits = {}
        self.process.send_signal(signal.SIGUSR1)


class Courier(Process):
    """alert-courier --background on a data directory; what it says goes to a file a life."""

    def __init__(self, program, data, name='courier', options=(), environment=None):
        super().__init__()
        self.program, self.data, self.name, self.options = program, data, name, options
        self.environment = dict(os.environ, QT_QPA_PLATFORM='offscreen', **(environment or {}))
        self.said = None
        self.known = (None, None)  # what it said, and the port in there

    def start(self):
        said = self.data.parent / f'{self.name}-{len(self.starts)}.err'
        with open(said, 'wb') as out:
            self.said = said  # clients look there from now on
            self.spawn([self.program, '--data-dir', self.data, '--background', '--intake', '127.0.0.1:0',
                        '--log', 'info', *self.options], stdout=out, stderr=out, env=self.environment)

    def words(self):
        return self.said.read_text(errors='replace') if self.said else ''

    @property
    def port(self):
        """Where alerts come in; None until it says so, and once it is dead."""
        said, known = self.said, self.known
        if said and known[0] != said and (found := LISTENS.search(said.read_text(errors='replace'))):
            known = self.known = (said, int(found.group(1)))
        return known[1] if known[0] == said and self.running else None

    def ask(self, path, seconds=10):
        """The status of a GET; None where there is no answer."""
        with contextlib.suppress(OSError, http.client.HTTPException, TypeError):
            connection = http.client.HTTPConnection('127.0.0.1', self.port, timeout=seconds)
            try:
                connection.request('GET', path)
                return connection.getresponse().status
            finally:
                connection.close()
        return None

    def wait_ready(self, seconds=30):
        if not wait_until(lambda: self.ask('/-/ready') == 200, seconds):
            raise RuntimeError(f'the program takes nothing in after {seconds} s: {self.words()[-2000:]}')

    def command(self, *words):
        done = subprocess.run([self.program, '--data-dir', self.data, *map(str, words)], env=self.environment,
                              stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60, check=False)
        if done.returncode != 0:
            raise RuntimeError(f'{" ".join(map(str, words))}: {done.stderr}')
        return done.stdout

    def add_destinations(self, receiver):
        for name, severities in TAKES.items():
            self.command('destination', 'add', '--name', name, '--url', f'http://127.0.0.1:{receiver.port}/{name}',
                         '--severity', ','.join(severities).lower(), '--schedule', 'quick')


class Load:
    """Clients that hand batches in, one after the other, to whichever of the programs takes them. What got a 2XX is in
    accepted, {title: its destinations}. Where no answer came, batches whose alerts have an alertId are handed in again,
    as a careful sender does, and each must be there once; the others are unclear: there or not."""

    def __init__(self, folder, targets, clients=3, pause=0.012):
        self.targets, self.pause = targets, pause
        self.ledger = open(folder / 'accepted.ndjson', 'w', encoding='utf-8')
        self.accepted, self.unclear, self.with_id = {}, set(), set()
        self.statuses, self.faults = {}, []
        self.count = 0
        self.moments = []  # (time, status) of every answer
        self.lock = threading.Lock()
        self.stopping = threading.Event()
        self.paused = threading.Event()
        self.threads = [threading.Thread(target=self.run, args=(seed,), daemon=True) for seed in range(clients)]

    def start(self):
        for thread in self.threads:
            thread.start()

    def stop(self, seconds=60):
        """Once every batch with ids has its answer."""
        self.stopping.set()
        for thread in self.threads:
            thread.join(seconds)
        if any(thread.is_alive() for thread in self.threads):
            self.faults.append('a client still has no answer')
        self.ledger.close()

    def batch(self, dice, count=0):
        with_id = dice.random() < 0.5
        alerts = []
        for _ in range(count or dice.randint(1, 8)):
            with self.lock:
                self.count += 1
                title = f'alert-{self.count:07}'
            one = {'id': 'Crash.Test', 'severity': dice.choice(SEVERITIES), 'title': title,
                   'alertContext': {'text': 'x' * dice.randint(0, 2000)}}
            if with_id:
                one['alertId'] = f'id-{title}'
            alerts.append(one)
        with self.lock:
            self.with_id.update(one['title'] for one in alerts if with_id)
        return alerts

    def run(self, seed):
        try:
            self.hand_in_all(random.Random(seed))
        except Exception as error:  # a client that is gone tries nothing any more
            self.faults.append(f'a client broke off with {type(error).__name__}: {error}')

    def hand_in_all(self, dice):
        while not self.stopping.is_set():
            if self.paused.is_set():
                time.sleep(0.02)
                continue
            batch = self.batch(dice)
            while not self.hand_in(batch) and 'alertId' in batch[0] and len(self.faults) < 20:
                time.sleep(0.02)
            time.sleep(self.pause * dice.uniform(0.5, 1.5))

    def hand_in(self, batch):
        """True where it was answered with a 2XX."""
        port = wait_until(self.port, 20, 0.004)
        status, answer = self.post(port, json.dumps(batch).encode()) if port else (None, None)
        with self.lock:
            self.statuses[status] = self.statuses.get(status, 0) + 1
            self.moments.append((time.time(), status))
            if status == 202:
                self.note(batch, json.loads(answer)['alerts'])
            elif status is None:
                self.unclear.update(one['title'] for one in batch)
            elif status not in (429, 503, 507):
                self.faults.append(f'a batch was answered with {status}: {answer[:300]!r}')
        return status == 202

    def note(self, batch, answers):
        for one, answer in zip(batch, answers, strict=True):
            wanted = sorted(name for name, severities in TAKES.items() if one['severity'] in severities)
            if sorted(answer['destinations']) != wanted:
                self.faults.append(f'{one["title"]} goes to {answer["destinations"]}, not to {wanted}')
            self.accepted[one['title']] = wanted
            self.ledger.write(json.dumps({'title': one['title'], **answer}) + '\n')

    def port(self):
        return next((target.port for target in self.targets if target.port), None)

    @staticmethod
    def post(port, body):
        # A connection each: what stalls at one that is dead would be the client's fault, not the program's.
        connection = http.client.HTTPConnection('127.0.0.1', port, timeout=20)
        try:
            connection.request('POST', '/api/v1/alerts', body, {'Content-Type': 'application/json'})
            response = connection.getresponse()
            return response.status, response.read()
        except (OSError, http.client.HTTPException):
            return None, None
        finally:
            connection.close()
