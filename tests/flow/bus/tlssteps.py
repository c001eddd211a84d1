# SPDX-FileCopyrightText: The Alert Courier authors
# SPDX-License-Identifier: Apache-2.0

"""What tls.py does again and again: receivers over TLS, their destinations' form, the sidebar and the page."""

import json
import os
import subprocess

from certificates import FOR_US, Certificates
from screen import choose_row, find, press, reads, row_count, says, set_text, wait_for
from steps import HERE

AUTHORITY = 'Example CA'
CLIENTS = 'Clients CA'
PORTS = ['elsewhere', 'expired', 'alone', 'good', f'strict:{CLIENTS}', 'ending']


class TlsReceivers:
    """A port for each kind of certificate, made for this session; says who got what."""

    def __init__(self, place):
        folder = os.path.join(place, 'certificates')
        os.mkdir(folder)
        self.certificates = make(Certificates(folder))
        self.log = os.path.join(place, 'received')
        ports = os.path.join(place, 'ports')
        self.process = subprocess.Popen(['node', os.path.join(HERE, 'tlsreceiver.js'), folder, ports, *PORTS],
                                        stdin=subprocess.PIPE, stdout=open(self.log, 'w', encoding='utf8'), text=True)
        wait_for('the receivers', lambda: os.path.exists(ports))
        with open(ports, encoding='utf8') as file:
            self.ports = json.load(file)

    def url(self, name):
        return f'https://127.0.0.1:{self.ports[name]}/hook'

    def lines(self):
        with open(self.log, encoding='utf8') as file:
            return [json.loads(line) for line in file if line.endswith('\n')]

    def received(self, name):
        return [line for line in self.lines() if line['at'] == name and 'alert' in line]

    def show(self, name, other):
        """From now on NAME shows another certificate."""
        self.process.stdin.write(f'{name} {other}\n')
        self.process.stdin.flush()
        wait_for(f"{other}'s certificate", lambda: {'at': name, 'shows': other} in self.lines())


def make(certificates):
    certificates.self_signed(AUTHORITY)
    certificates.self_signed(CLIENTS)
    certificates.issued(AUTHORITY, 'elsewhere', host='DNS:hooks.example.com')
    certificates.issued(AUTHORITY, 'expired', days=-1)
    certificates.issued(AUTHORITY, 'good')
    certificates.issued(AUTHORITY, 'another')
    certificates.issued(AUTHORITY, 'strict')
    certificates.issued(AUTHORITY, 'ending', days=10)
    certificates.self_signed('alone', host=FOR_US)
    for client in ('courier', 'relief'):
        certificates.issued(CLIENTS, client, host=f'DNS:{client}')
    return certificates


def fill(dialog, fields):
    for name, text in fields.items():
        role = 'password text' if name == 'Passphrase' else 'text'
        set_text(find(dialog, role, name), text)


def add(session, name, at, fields=None):
    """A destination for the receiver AT, by the form; gives the dialog, which offers a test."""
    press(find(session.window, 'push button', 'Add Destination'))
    dialog = find(session.desk, 'dialog', 'Add Destination')
    press(find(dialog, 'push button', 'Advanced'))
    fill(dialog, {'Display name': name, 'Webhook URL': session.receiver.url(at), **(fields or {})})
    press(find(dialog, 'push button', 'Add Destination'))
    return dialog


def test(dialog, sentence):
    """Sends the test alert; what it came to begins with the sentence, or is it."""
    press(find(dialog, 'push button', 'Send Test Alert'))
    outcome(dialog, sentence)


def outcome(dialog, sentence):
    reads(dialog, sentence) if sentence.endswith('.') else says(dialog, sentence + ' in ')


def done(session, dialog, button='Finish Setup'):
    press(find(dialog, 'push button', button))
    name = dialog.name
    wait_for(name + ' closed', lambda: not any(one and one.name == name for one in session.desk))


def refused(certificates, shown, reason):
    """The sentence about the certificate that was shown."""
    return f"The receiver's certificate was refused: {reason}. Its SHA-256 is {certificates.sha256(shown)}."


def in_sidebar(session, name):
    """The tree, and the row where NAME stands."""
    tree = find(session.window, 'tree', 'Navigation')
    grid = tree.queryTable()

    def get():
        return next(((tree, row) for row in range(row_count(tree)) if grid.getAccessibleAt(row, 0).name == name), None)
    return wait_for(f'{name} in the sidebar', get)


def note_of(session, name):
    """What stands beside it in the sidebar."""
    tree, row = in_sidebar(session, name)
    return tree.queryTable().getAccessibleAt(row, 0).description


def choose_in_sidebar(session, name):
    choose_row(*in_sidebar(session, name))
