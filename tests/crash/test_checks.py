#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Alert Courier authors
# SPDX-License-Identifier: Apache-2.0
"""That the checks of the crash harness see what they are there for: each loss in a small database of its own."""

import contextlib
import sqlite3
import sys
import tempfile
import unittest
import uuid
from pathlib import Path
from types import SimpleNamespace

sys.dont_write_bytecode = True
import checks  # noqa: E402

SQL = Path(__file__).resolve().parents[2] / 'resources/sql'
DELIVERY, OTHER = 1_714_564_800_000 << 21 | 5, 1_714_564_800_000 << 21 | 6
BEGUN = 1_714_564_801.0


def public_id(number):
    """As src/domain/ids.cpp makes it, with the key 1."""
    high = (number >> 21) << 16 | 0x7000 | (number & 0x1fffff) >> 9
    return str(uuid.UUID(int=high << 64 | 0b10 << 62 | (number & 0x1ff) << 53 | 1))


def received(number, webhook_id, at, status=200, destination='All', title='alert-1'):
    lines = [f'G {number} {int(at * 1e6)} {webhook_id} /{destination} New Alert: {title}']
    if status is not None:
        lines.append(f'A {number} {int(at * 1e6) + 1000} {status}')
    return lines


class ChecksTest(unittest.TestCase):
    """One alert, accepted for All, delivered with its first attempt."""

    def setUp(self):
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory()))
        database = sqlite3.connect(self.folder / 'courier.db', isolation_level=None)
        self.database = self.enterContext(contextlib.closing(database))
        self.sql('PRAGMA synchronous = OFF')
        for script in sorted(SQL.glob('*.sql')):
            self.database.executescript(script.read_text(encoding='utf-8'))
        self.sql('INSERT INTO destination(id, name, name_key, url, severities, types, headers, timeout_s, schedule, '
                 "max_retries, paused, built_in, created_at) VALUES(1, 'All', '', '', 31, 31, '', 30, 1, 10, 0, 0, 0)")
        self.add_alert(3, 'alert-1')
        self.add_status(3, 3)
        self.sql(f'INSERT INTO delivery(id, alert_id, destination_id, state) VALUES({DELIVERY}, 3, 1, 3)')
        self.add_attempt(checks.ACKNOWLEDGED, 200)
        (self.folder / 'inflight').write_bytes(bytes(64 + 10 * 64))
        self.log = received(1, public_id(DELIVERY), BEGUN)
        self.load = SimpleNamespace(accepted={'alert-1': ['All']}, unclear=set(), faults=[])
        self.kills, self.receiver_kills = [], []

    def sql(self, text, *values):
        self.database.execute(text, values)

    def add_alert(self, number, title):
        self.sql('INSERT INTO alert(id, severity, type, source, created_at, title, rule_id, link, tags, destinations, '
                 'output_ids, description, runbook, context) '
                 "VALUES(?, 3, 0, '', '', ?, 'R', '', '', '', '', '', '', '')",
                 number, title)
        self.sql('INSERT INTO alert_words(rowid, title, rule_id, name, description, tags) '
                 "VALUES(?, ?, 'R', NULL, '', '')", number, title)
        self.sql("UPDATE meta SET value = ? WHERE key = 'words_to'", number)

    def add_status(self, alert, status):
        self.sql('INSERT INTO alert_status(alert_id, severity, type, status, attention, settled_at) '
                 'VALUES(?, 3, 0, ?, 0, 0)', alert, status)

    def add_attempt(self, outcome, status, at=BEGUN):
        self.sql('UPDATE delivery SET attempts = attempts + 1 WHERE id = ?', DELIVERY)
        self.sql('INSERT INTO attempt(delivery_id, destination_id, number, started_by, started_at, duration_us, '
                 'outcome, status, reason, resent, connect_started, encrypted, request_sent, answered, finished, '
                 'body_size, body_cut, response_headers, response_body) '
                 'VALUES(?, 1, (SELECT attempts FROM delivery WHERE id = ?), 0, ?, 1000, ?, ?, '
                 "'', 0, 0, 0, 0, 0, 0, 0, 0, '', '')",
                 DELIVERY, DELIVERY, int(at * 1000), outcome, status)

    def replace_attempt(self, outcome, status):
        self.sql('DELETE FROM attempt')
        self.sql('UPDATE delivery SET attempts = 0')
        self.add_attempt(outcome, status)

    def run_checks(self):
        (self.folder / 'received.log').write_text(''.join(f'{line}\n' for line in self.log), encoding='utf-8')
        log = self.folder / 'received.log'
        return checks.Checks(self.folder, log, self.load, self.kills, self.receiver_kills).run()

    def assert_well(self, **facts):
        done = self.run_checks()
        self.assertEqual(done.faults, [])
        for name, value in facts.items():
            self.assertEqual(done.facts[name], value)

    def assert_fault(self, words):
        faults = self.run_checks().faults
        self.assertTrue(any(words in fault for fault in faults), faults)

    def test_all_is_well(self):
        self.assert_well()

    def test_a_lost_alert(self):
        self.load.accepted['alert-2'] = ['All']
        self.assert_fault('alert-2 was accepted and is there 0 times')

    def test_an_alert_taken_twice(self):
        self.add_alert(4, 'alert-1')
        self.assert_fault('alert-1 was accepted and is there 2 times')

    def test_a_lost_delivery(self):
        self.load.accepted['alert-1'].append('Grave')
        self.assert_fault('no delivery is there')

    def test_taken_though_refused(self):
        self.add_alert(4, 'alert-2')
        self.add_status(4, 7)
        self.assert_fault('alert-2 is there though it was refused')
        self.load.unclear.add('alert-2')
        self.assert_well(**{'  no answer came, and it was kept': 1})

    def test_delivered_by_hearsay(self):
        self.log = []
        self.assert_fault('is recorded as delivered, and never was')

    def test_a_forgotten_attempt(self):
        self.log = received(1, public_id(DELIVERY), BEGUN, 500) + received(2, public_id(DELIVERY), BEGUN + 1)
        self.assert_fault('an attempt is forgotten')

    def test_another_answer_than_was_given(self):
        self.log = received(1, public_id(DELIVERY), BEGUN, 500) + received(2, public_id(DELIVERY), BEGUN + 1)
        self.add_attempt(checks.ACKNOWLEDGED, 200)
        self.assert_fault('an attempt is forgotten')

    def test_an_answer_that_never_came(self):
        self.add_attempt(checks.REJECTED, 500, BEGUN + 1)
        self.assert_fault('an attempt is forgotten')

    def test_sent_again_after_it_was_delivered(self):
        self.log += received(2, public_id(DELIVERY), BEGUN + 1)
        self.add_attempt(checks.ACKNOWLEDGED, 200, BEGUN + 1)
        self.assert_fault('was delivered, and sent again')

    def test_sent_again_after_a_kill(self):
        self.replace_attempt(checks.INTERRUPTED, 0)
        self.add_attempt(checks.ACKNOWLEDGED, 200, BEGUN + 1)
        self.log += received(2, public_id(DELIVERY), BEGUN + 1)
        self.assert_fault('is interrupted, and no kill came after it')
        self.kills = [BEGUN + 0.5]
        self.assert_well(**{'delivered twice, cut short by a kill': 1})

    def test_interrupted_before_it_was_there(self):
        self.replace_attempt(checks.INTERRUPTED, 0)
        self.add_attempt(checks.ACKNOWLEDGED, 200, BEGUN)
        self.kills = [BEGUN + 0.5]
        self.assert_well(**{'delivered twice, cut short by a kill': 0})

    def test_an_answer_lost_on_its_way(self):
        self.replace_attempt(checks.UNKNOWN, 0)
        self.add_attempt(checks.ACKNOWLEDGED, 200, BEGUN + 1)
        self.log += received(2, public_id(DELIVERY), BEGUN + 1)
        self.assert_fault('an attempt is forgotten')
        self.receiver_kills = [BEGUN + 0.01]
        self.assert_well()

    def test_something_else_in_its_place(self):
        self.log = received(1, public_id(DELIVERY), BEGUN, title='alert-2')
        self.assert_fault('its webhook-id carried something else')
        self.log = received(1, public_id(OTHER), BEGUN)
        self.assert_fault('the receiver got a delivery that is not there')

    def test_a_count_out_of_step(self):
        self.sql('UPDATE delivery SET attempts = 2')
        self.assert_fault('2 attempts are counted, 1 are there')

    def test_words_out_of_step(self):
        self.sql("UPDATE alert SET title = 'alert-1 other'")
        self.sql("INSERT INTO alert_words(alert_words) VALUES('optimize')")
        self.load.accepted, self.load.unclear = {}, {'alert-1 other'}
        self.assert_fault('the words are out of step')

    def test_a_status_out_of_step(self):
        self.sql('UPDATE alert_status SET status = 2')
        self.assert_fault('the status of 1 alerts')

    def test_left_in_flight(self):
        (self.folder / 'inflight').write_bytes(bytes(64) + b'\x01' + bytes(63))
        self.assert_fault('1 sends are still noted as under way')

    def test_attempts_rewritten_or_gone(self):
        snapshots = checks.Snapshots(self.folder)
        snapshots.take()
        self.assertEqual(snapshots.missing(), [])
        self.sql('UPDATE attempt SET status = 201')
        self.assertEqual(len(snapshots.missing()), 1)
        self.sql('DELETE FROM attempt')
        self.assertEqual(len(snapshots.missing()), 1)


if __name__ == '__main__':
    unittest.main()
