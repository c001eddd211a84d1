# SPDX-FileCopyrightText: The Alert Courier authors
# SPDX-License-Identifier: Apache-2.0

"""The journey over the accessibility bus, by names alone: add a destination for a small Node.js server, test it, finish,
hand in ten alerts, see one fail, resend it. usage: journey.py PROGRAM"""

import time

from screen import find, press, says, set_text, text_of, wait_for
from steps import Session, alert

SEVERITIES = ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW', 'INFO']
TYPES = ['RULE', 'RULE_ERROR', 'POLICY', 'SCHEDULED_RULE', 'SCHEDULED_RULE_ERROR', 'SYSTEM_ERROR']


def main():
    with Session() as session:
        receiver, window = session.receiver, session.window
        session.add_destination('Ops bridge')
        test = receiver.received()[0]
        assert test['title'] == 'New Alert: This is a Test Alert' and test['id'] == 'Test.Alert', test

        alerts = [alert(f'R.{i}', f'alert {i}', SEVERITIES[i % 5], TYPES[i % 6]) for i in range(10)]
        session.submit(alerts)
        wanted = sorted(one['id'] for one in alerts if one['severity'] in SEVERITIES[:3])
        wait_for('six alerts', lambda: len(receiver.received()) >= 7)
        time.sleep(1)
        assert sorted(one['id'] for one in receiver.received()[1:]) == wanted, receiver.received()

        receiver.answer('500 no')
        session.submit([alert('R.failing', 'Disk full')])
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


main()
