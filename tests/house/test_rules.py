#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Alert Courier authors
# SPDX-License-Identifier: Apache-2.0
"""That the house rules see what they are there for: each breach in a small tree of its own."""

import sys
import tempfile
import unittest
from pathlib import Path

sys.dont_write_bytecode = True
import rules  # noqa: E402

HEAD = ''.join(f'// {line}\n' for line in rules.SPDX)


class Rules(unittest.TestCase):
    def breaches(self, name, text, head=HEAD):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, name)
            path.parent.mkdir(parents=True)
            path.write_text(head + text)
            return list(rules.breaches(Path(folder)))

    def assert_breach(self, name, text, words, head=HEAD):
        found = self.breaches(name, text, head)
        self.assertEqual(len(found), 1, found)
        self.assertIn(words, found[0])
        self.assertTrue(found[0].startswith(name + ':'), found[0])

    def assert_none(self, name, text):
        self.assertEqual(self.breaches(name, text), [])

    def test_rooms(self):
        self.assert_breach('src/domain/a.cpp', '#include "store/store.h"\n', 'domain must not include store')
        self.assert_breach('src/store/a.cpp', '#include "delivery/notification.h"\n', 'store must not include delivery')
        self.assert_breach('src/models/a.cpp', '#  include "gui/theme.h"\n', 'models must not include gui')
        self.assert_breach('src/attic/a.cpp', '', 'attic is not known')
        self.assert_breach('src/store/a.cpp', '#include "../domain/alert.h"\n', 'room/file.h')
        self.assert_none('src/gui/a.cpp', '#include "models/a.h"\n#include "domain/alert.h"\n#include "gui/b.h"\n')
        self.assert_none('src/httpd/a.cpp', '#include "domain/error.h"\n')

    def test_libraries(self):
        self.assert_breach('src/store/a.cpp', '#include <QSqlQuery>\n', 'Qt Sql')
        self.assert_breach('src/desk/a.cpp', '#include <sqlite3.h>\n', 'SQLite')
        self.assert_breach('src/intake/a.cpp', '#include <QTcpSocket>\n', 'Qt Network')
        self.assert_breach('src/app/main.cpp', '#include <QLocalSocket>\n', 'Qt Network')
        self.assert_breach('src/models/a.cpp', '#include <QColor>\n', 'Qt Gui')
        self.assert_breach('src/desk/a.cpp', '#include <QLabel>\n', 'Qt Widgets')
        self.assert_breach('src/receiver/a.cpp', '#include <microhttpd.h>\n', 'libmicrohttpd')
        self.assert_none('src/app/singleinstance.cpp', '#include <QLocalSocket>\n')
        self.assert_none('src/store/a.cpp', '#include <sqlite3.h>\n#include <QAbstractItemModel>\n#include <QMutex>\n')
        self.assert_none('src/models/a.cpp', '#include <QCoreApplication>\n#include <QSortFilterProxyModel>\n')

    def test_links(self):
        head = HEAD.replace('//', '#')
        self.assert_breach('src/store/CMakeLists.txt', 'courier_room(store LINKS courier_desk)\n', 'must not link desk', head)
        self.assert_breach('src/models/CMakeLists.txt', 'LINKS Qt6::Widgets)\n', 'must not link Qt Widgets', head)
        self.assertEqual(self.breaches('src/gui/CMakeLists.txt', 'LINKS courier_models Qt6::Widgets)\n', head), [])

    def test_heads(self):
        self.assert_breach('src/domain/a.cpp', 'int a;\n', 'the head lacks', head=f'// {rules.SPDX[0]}\n')
        self.assert_breach('src/domain/a.h', 'int a;\n', '#pragma once')
        self.assert_breach('src/domain/BigName.cpp', 'int a;\n', 'lower case')
        self.assert_breach('tests/run', 'echo\n', 'the head lacks', head=f'#!/bin/bash\n# {rules.SPDX[1]}\n')

    def test_lengths(self):
        self.assert_none('src/domain/a.cpp', '\n' * (rules.LONGEST - 2))
        self.assert_breach('src/domain/a.cpp', '\n' * (rules.LONGEST - 1), 'at most 300')

    def test_places(self):
        for place in ('../shared/DESIGN.md', '/root/main', '/home/me/x', 'see shared/UX.md'):
            self.assert_breach('src/domain/a.cpp', f'// {place}\n', 'outside the project')
        self.assert_none('src/domain/a.cpp', '// std::shared_ptr, a network/work pair, https://example.org/work/x, /tmp/x\n')


if __name__ == '__main__':
    unittest.main()
