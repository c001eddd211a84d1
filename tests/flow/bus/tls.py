# SPDX-FileCopyrightText: The Alert Courier authors
# SPDX-License-Identifier: Apache-2.0

"""Receivers whose certificates are not in order, over the accessibility bus by names alone: what is refused, in which
words, and how an operator sets it right in the form. usage: tls.py PROGRAM"""

import time

from screen import cells, choose_row, find, labels, press, reads, row_count, says, set_text, text_of, wait_for
from steps import Session, alert
from tlssteps import (AUTHORITY, TlsReceivers, add, choose_in_sidebar, done, fill, note_of, outcome, refused, test)

RECEIVED = 'Received: 200 OK'
WANTED = 'The TLS handshake failed: the receiver asks for a client certificate.'


def day(seconds):
    return time.strftime('%-d %b %Y', time.localtime(seconds))


def in_groups(sha256):
    parts = sha256.split(':')
    return ' '.join(':'.join(parts[at:at + 8]) for at in range(0, len(parts), 8))


class Scenario:
    def __init__(self, session):
        self.session = session
        self.receiver = session.receiver
        self.certificates = session.receiver.certificates
        self.authority = {'Certificate authority': self.certificates.path(AUTHORITY + '.crt')}
        self.reasons = {}  # why each destination is refused, as it was read in the form

    def refuses(self, name, at, reason, fields=None):
        sentence = refused(self.certificates, at, reason)
        dialog = add(self.session, name, at, fields)
        test(dialog, sentence)
        assert not self.receiver.received(at)
        self.reasons[name] = sentence
        return dialog

    def wrong_host(self):
        dialog = self.refuses('Wrong host', 'elsewhere', 'it is for hooks.example.com, not for 127.0.0.1',
                              self.authority)
        done(self.session, dialog)
        self.page_tells_of('Wrong host')

    def page_tells_of(self, name):
        wait_for('its last test', lambda: any(said.startswith('Failed ') and said.endswith(', ' + self.reasons[name])
                                              for said in labels(self.session.window)))

    def expired(self):
        end = time.strftime('%Y-%m-%d %H:%M UTC', time.gmtime(self.certificates.end('expired')))
        dialog = self.refuses('Expired', 'expired', f'it expired on {end}', self.authority)
        done(self.session, dialog)
        self.page_tells_of('Expired')
        wait_for('its note', lambda: note_of(self.session, 'Expired') == 'Certificate expired')

    def pins_what_was_seen(self):
        dialog = self.refuses('Self-signed', 'alone', 'it is self-signed', self.authority)
        press(find(dialog, 'push button', 'Back to Configuration'))
        press(find(dialog, 'push button', 'Pin Certificate Seen'))
        pin = find(dialog, 'text', 'Pinned certificate')
        wait_for('the pin', lambda: text_of(pin) == self.certificates.sha256('alone'))
        press(find(dialog, 'push button', 'Update Destination'))
        test(dialog, RECEIVED)
        done(self.session, dialog)
        assert len(self.receiver.received('alone')) == 1

    def refuses_another_than_the_pinned(self):
        """Which is in order but for the pin."""
        self.receiver.show('alone', 'another')
        sentence = refused(self.certificates, 'another', "it isn't the pinned one")
        choose_in_sidebar(self.session, 'Self-signed')
        press(find(self.session.window, 'push button', 'Send Test Alert'))
        dialog = find(self.session.desk, 'dialog', 'Send Test Alert')
        outcome(dialog, sentence)
        done(self.session, dialog, 'Close')
        assert len(self.receiver.received('alone')) == 1
        self.reasons['Self-signed'] = sentence

    def trusts_a_private_authority(self):
        dialog = self.refuses('Private CA', 'good', f'its issuer ({AUTHORITY}) is not one that is trusted here')
        press(find(dialog, 'push button', 'Back to Configuration'))
        fill(dialog, self.authority)
        reads(dialog, f'Only {AUTHORITY} (valid until {day(self.certificates.end(AUTHORITY))}) is trusted.')
        press(find(dialog, 'push button', 'Update Destination'))
        test(dialog, RECEIVED)
        done(self.session, dialog)
        del self.reasons['Private CA']
        choose_in_sidebar(self.session, 'Private CA')
        reads(self.session.window, f"good, issued by {AUTHORITY}, valid until {day(self.certificates.end('good'))}, "
                                   f"SHA-256 {in_groups(self.certificates.sha256('good'))}")

    def shows_a_client_certificate(self):
        """In PEM, its key in a file of its own; there is no key ring here, so that it is asked first."""
        dialog = add(self.session, 'Client certificate', 'strict', self.authority)
        test(dialog, WANTED)
        press(find(dialog, 'push button', 'Back to Configuration'))
        fill(dialog, {'Client certificate': self.certificates.path('courier.crt')})
        fill(dialog, {'Private key': self.certificates.path('courier.key')})
        press(find(dialog, 'push button', 'Update Destination'))
        question = find(self.session.desk, 'dialog', 'Keep Secrets')
        press(find(question, 'push button', 'Keep in a Private File'))
        test(dialog, RECEIVED)
        done(self.session, dialog)
        assert [one['client'] for one in self.receiver.received('strict')] == ['courier']

    def shows_another_client_certificate(self):
        """In PKCS #12, with a passphrase."""
        choose_in_sidebar(self.session, 'Client certificate')
        press(find(self.session.window, 'push button', 'Edit'))
        dialog = find(self.session.desk, 'dialog', 'Edit Destination')
        press(find(dialog, 'push button', 'Advanced'))
        fill(dialog, {'Client certificate': self.certificates.pkcs12('relief', 'correct horse')})
        says(dialog, 'Enter the passphrase that opens the file.')
        fill(dialog, {'Passphrase': 'wrong'})
        says(dialog, "This PKCS #12 file can't be opened: its passphrase is wrong")
        fill(dialog, {'Passphrase': 'correct horse'})
        test(dialog, RECEIVED)
        done(self.session, dialog)
        assert [one['client'] for one in self.receiver.received('strict')] == ['courier', 'relief']

    def warns_of_one_that_ends(self):
        dialog = add(self.session, 'Ends soon', 'ending', self.authority)
        test(dialog, RECEIVED)
        done(self.session, dialog)
        end = self.certificates.end('ending')

        def days():  # as a calendar counts them, and the day may change meanwhile
            dates = [time.localtime(at)[:3] + (12, 0, 0, 0, 0, -1) for at in (time.time(), end)]
            return round((time.mktime(dates[1]) - time.mktime(dates[0])) / 86400)

        wait_for('its note', lambda: note_of(self.session, 'Ends soon') == f'Certificate: {days()} days')
        choose_in_sidebar(self.session, 'Ends soon')
        reads(self.session.window, f"The receiver's certificate expires in {days()} days, on {day(end)}. From then on "
                                   'nothing can be delivered, unless the receiver renews it.')
        reads(self.session.window, f"ending, issued by {AUTHORITY}, valid until {day(end)} ({days()} more days), "
                                   f"SHA-256 {in_groups(self.certificates.sha256('ending'))}")

    def alerts_show_the_same(self):
        """One alert to all of them: what became of it at each."""
        taken = ['Private CA', 'Client certificate']
        names = [*self.reasons, *taken]
        self.session.submit([{**alert('R.tls', 'Disk full', 'INFO'), 'destinations': names}])
        choose_in_sidebar(self.session, 'All alerts')
        set_text(find(self.session.window, 'text', 'Search alerts'), 'Disk')
        tree = find(self.session.window, 'tree', 'Delivery Status')

        def attempts():
            """The row of each destination's first attempt."""
            rows, name = {}, None
            for row in range(row_count(tree)):
                first = cells(tree, row)[0]
                name = first if first in names else name
                if first.startswith('Attempt 1'):
                    rows[name] = row
            return rows

        def choose(name):
            row = attempts()[name]
            choose_row(tree, row)
            return attempts()[name] == row  # none came before it meanwhile

        for name, sentence in self.reasons.items():
            wait_for(f'the attempt at {name}', lambda: choose(name))
            reads(self.session.window, sentence)
        for at in ('good', 'strict'):
            wait_for(f'the alert at {at}',
                     lambda: any(one['alert']['id'] == 'R.tls' for one in self.receiver.received(at)))
        assert [len(self.receiver.received(at)) for at in ('elsewhere', 'expired', 'alone')] == [0, 0, 1]


def main():
    with Session(TlsReceivers) as session:
        scenario = Scenario(session)
        for step in (scenario.wrong_host, scenario.expired, scenario.pins_what_was_seen,
                     scenario.refuses_another_than_the_pinned, scenario.trusts_a_private_authority,
                     scenario.shows_a_client_certificate, scenario.shows_another_client_certificate,
                     scenario.warns_of_one_that_ends, scenario.alerts_show_the_same):
            step()
            print(step.__name__.replace('_', ' '), flush=True)
        print('passed')


main()
