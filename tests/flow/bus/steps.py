# SPDX-FileCopyrightText: The Alert Courier authors
# SPDX-License-Identifier: Apache-2.0

"""What the scenarios do alike: a Node.js receiver beside the program, and the steps of an operator."""

import json
import os
import shutil
import subprocess
import sys
import tempfile

from screen import choose, find, press, program, says, set_text, wait_for

PROGRAM = sys.argv[1]
HERE = os.path.dirname(os.path.abspath(__file__))


class Receiver:
    """Prints what it gets; answers what it is told to."""

    def __init__(self, place):
        self.log = os.path.join(place, 'received')
        self.answer_file = os.path.join(place, 'answer')
        port_file = os.path.join(place, 'port')
        self.answer('200 success')
        self.process = subprocess.Popen(['node', os.path.join(HERE, 'receiver.js'), port_file, self.answer_file],
                                        stdout=open(self.log, 'w', encoding='utf8'))
        self.port = wait_for('the receiver', lambda: os.path.exists(port_file) and open(port_file).read())

    def answer(self, words):
        whole = self.answer_file + '.new'
        with open(whole, 'w', encoding='utf8') as file:
            file.write(words)
        os.replace(whole, self.answer_file)

    def received(self):
        with open(self.log, encoding='utf8') as file:
            return [json.loads(line) for line in file if line.endswith('\n')]


class Session:
    """The program with its window, on a data directory of its own, and a receiver; both end with it."""

    def __init__(self, receiver=Receiver):
        self.place = tempfile.mkdtemp()
        self.data = os.path.join(self.place, 'data')
        self.receiver = receiver(self.place)

    def __enter__(self):
        self.courier = subprocess.Popen([PROGRAM, '--data-dir', self.data])
        self.desk = program('alert-courier')
        self.window = find(self.desk, 'frame', 'Alert Courier')
        return self

    def __exit__(self, *failure):
        for process in (self.courier, self.receiver.process):
            process.terminate()
            process.wait(timeout=20)
        shutil.rmtree(self.place, ignore_errors=True)

    def add_destination(self, name, schedule=None):
        press(find(self.window, 'push button', 'Add Destination'))
        dialog = find(self.desk, 'dialog', 'Add Destination')
        set_text(find(dialog, 'text', 'Display name'), name)
        set_text(find(dialog, 'text', 'Webhook URL'), f'http://127.0.0.1:{self.receiver.port}/hook')
        for severity in ('Critical', 'High', 'Medium', 'Low', 'Info'):
            find(dialog, 'check box', severity)
        if schedule:
            press(find(dialog, 'push button', 'Advanced'))
            choose(find(dialog, 'combo box', 'Standard'), schedule)
        press(find(dialog, 'push button', 'Add Destination'))
        press(find(dialog, 'push button', 'Send Test Alert'))
        says(dialog, 'Received: 200 OK')
        press(find(dialog, 'push button', 'Finish Setup'))

    def submit(self, alerts):
        text = '\n'.join(json.dumps(alert) for alert in alerts)
        done = subprocess.run([PROGRAM, 'submit', '-', '--data-dir', self.data], input=text, text=True,
                              capture_output=True, timeout=60, check=False)
        assert done.returncode == 0, done.stderr
        assert len(done.stdout.splitlines()) == len(alerts), done.stdout


def alert(rule, title, severity='CRITICAL', kind='RULE'):
    return {'id': rule, 'createdAt': '2026-11-24T10:00:00Z', 'severity': severity, 'type': kind, 'title': title}
