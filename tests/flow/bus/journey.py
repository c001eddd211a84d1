# SPDX-FileCopyrightText: The Alert Courier authors
# SPDX-License-Identifier: Apache-2.0

"""The journey over the accessibility bus, by names alone: add a destination for a small Node.js server, test it, finish,
hand in ten alerts, see one fail, resend it. usage: journey.py PROGRAM"""

import json
import os
import subprocess
import sys
import tempfile
import time

from screen import find, press, program, says, set_text, text_of, wait_for

PROGRAM = sys.argv[1]
HERE = os.path.dirname(os.path.abspath(__file__))


class Receiver:
    def __init__(self, place):
        self.log = os.path.join(place, 'received')
        self.answer_file = os.path.join(place, 'answer')
        port_file = os.path.join(place, 'port')
        self.answer('200 success')
        self.process = subprocess.Popen(['node', os.path.join(HERE, 'receiver.js'), port_file, self.answer_file],
                                        stdout=open(self.log, 'w', encoding='utf8'))
        self.port = wait_for('the receiver', lambda: os.path.exists(port_file) and open(port_file).read())

    def answer(self, words):
        with open(self.answer_file, 'w', encoding='utf8') as file:
            file.write(words)

    def received(self):
        with open(self.log, encoding='utf8') as file:
            return [json.loads(line) for line in file if line.endswith('\n')]


def add_destination(window, desk, url):
    press(find(window, 'push button', 'Add Destination'))
    dialog = find(desk, 'dialog', 'Add Destination')
    set_text(find(dialog, 'text', 'Display name'), 'Ops bridge')
    set_text(find(dialog, 'text', 'Webhook URL'), url)
    for name in ('Critical', 'High', 'Medium', 'Low', 'Info'):
        find(dialog, 'check box', name)
    press(find(dialog, 'push button', 'Add Destination'))
    press(find(dialog, 'push button', 'Send Test Alert'))
    says(dialog, 'Received: 200 OK')
    press(find(dialog, 'push button', 'Finish Setup'))


def submit(data, alerts):
    text = '\n'.join(json.dumps(alert) for alert in alerts)
    done = subprocess.run([PROGRAM, 'submit', '-', '--data-dir', data], input=text, text=True, capture_output=True,
                          timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.splitlines()) == len(alerts), done.stdout


def main():
    place = tempfile.mkdtemp()
    data = os.path.join(place, 'data')
    receiver = Receiver(place)
    courier = subprocess.Popen([PROGRAM, '--data-dir', data])
    try:
        desk = program('alert-courier')
        window = find(desk, 'frame', 'Alert Courier')
        add_destination(window, desk, f'http://127.0.0.1:{receiver.port}/hook')
        test = receiver.received()[0]
        assert test['title'] == 'New Alert: This is a Test Alert' and test['id'] == 'Test.Alert', test

        severities = ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW', 'INFO']
        types = ['RULE', 'RULE_ERROR', 'POLICY', 'SCHEDULED_RULE', 'SCHEDULED_RULE_ERROR', 'SYSTEM_ERROR']
        alerts = [{'id': f'R.{i}', 'createdAt': '2026-11-24T10:00:00Z', 'severity': severities[i % 5],
                   'type': types[i % 6], 'title': f'alert {i}'} for i in range(10)]
        submit(data, alerts)
        wanted = sorted(alert['id'] for alert in alerts if alert['severity'] in severities[:3])
        wait_for('six alerts', lambda: len(receiver.received()) >= 7)
        time.sleep(1)
        assert sorted(one['id'] for one in receiver.received()[1:]) == wanted, receiver.received()

        receiver.answer('500 no')
        submit(data, [{'id': 'R.failing', 'createdAt': '2026-11-24T10:00:00Z', 'severity': 'CRITICAL',
                       'type': 'RULE', 'title': 'Disk full'}])
        wait_for('the failing attempt', lambda: any(one['id'] == 'R.failing' for one in receiver.received()))
        set_text(find(window, 'text', 'Search alerts'), 'Disk')
        body = find(window, 'text', 'Response body')
        wait_for('the stored body "no"', lambda: text_of(body) == 'no')
        receiver.answer('200 ok')
        press(find(window, 'push button', 'Resend'))
        wait_for('the resent alert',
                 lambda: any(one['title'] == '[Re-sent]: Disk full' for one in receiver.received()))
        wait_for('the stored body "ok"', lambda: text_of(body) == 'ok')
        says(window, 'Ops bridge has it')
        print('passed')
    finally:
        courier.terminate()
        courier.wait(timeout=20)
        receiver.process.terminate()
        receiver.process.wait(timeout=20)


main()
