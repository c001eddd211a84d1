#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Alert Courier authors
# SPDX-License-Identifier: Apache-2.0
"""That the check of the table of faults sees what it is there for."""

import sys
import tempfile
import unittest
from pathlib import Path

sys.dont_write_bytecode = True
import faults  # noqa: E402

GOOD = {row: ('`tst_one::holds`', '“Could not connect: nothing listens on 127.0.0.1:9000.”') for row in faults.ROWS}


class Faults(unittest.TestCase):
    def breaches(self, rows, known=('tst_one',)):
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder)
            for name, text in (
                    ('src/delivery/outcome.cpp', 'tr("Could not connect: nothing "\n   "listens on %1.").arg(x)\n'
                                                 'tr("A \\"quoted\\" word", "other")\ntr("%1: %2 at %3")\n'),
                    ('tests/delivery/tst_one.cpp', 'void OneTest::holds()\n{\n}\n'),
                    ('tests/README.md', '\n'.join(f'| {row} | {tests} | {words} |' for row, (tests, words) in rows.items()))):
                (root / name).parent.mkdir(parents=True, exist_ok=True)
                (root / name).write_text(text, encoding='utf-8')
            return list(faults.breaches(root, set(known)))

    def assert_breach(self, changed, words, **more):
        found = self.breaches(GOOD | changed, **more)
        self.assertEqual(len(found), 1, found)
        self.assertIn(words, found[0])

    def test_a_good_table(self):
        self.assertEqual(self.breaches(GOOD), [])
        self.assertEqual(self.breaches(GOOD | {'S2': ('`tst_one`', 'nothing: it is “A "quoted" word”')}), [])

    def test_rows(self):
        self.assertIn('the rows are', self.breaches({row: cells for row, cells in GOOD.items() if row != 'K3'})[0])
        self.assertIn('the rows are', self.breaches({**GOOD, 'S19': GOOD['S1']})[0])

    def test_tests(self):
        self.assert_breach({'S2': ('none yet', 'words')}, 'S2: no test')
        self.assert_breach({'S2': ('`tst_one::gone`', 'words')}, 'tst_one has no gone()')
        self.assert_breach({'S2': ('`tst_other`', 'words')}, 'no test of the label fault is named tst_other')

    def test_words(self):
        self.assert_breach({'S2': ('`tst_one`', ' ')}, 'what is read is missing')
        self.assert_breach({'S2': ('`tst_one`', '“Could not connect: nothing listens.”')}, 'never says')


if __name__ == '__main__':
    unittest.main()
