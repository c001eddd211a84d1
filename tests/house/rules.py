#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Alert Courier authors
# SPDX-License-Identifier: Apache-2.0
"""The rules of the house, read from the sources: rules.py [PROJECT_FOLDER]

Who may include and link whom, which room may use which library, the head of each file, its length, and that nothing
names a place of one particular machine. Each breach is a line FILE:LINE: what is wrong.
"""

import re
import sys
from pathlib import Path

# Each room, and the rooms it may build on. Rooms of one row never include each other.
BASE = {'domain', 'httpd'}
WORKERS = {'intake', 'store', 'secrets', 'delivery', 'receiver'}
MAY_USE = {'domain': set(), 'httpd': {'domain'}}
MAY_USE.update((room, BASE) for room in WORKERS)
below = BASE | WORKERS
for upper in ('desk', 'models', 'gui', 'app'):
    MAY_USE[upper] = set(below)
    below.add(upper)

# Headers and link targets that only some rooms may use.
KEPT = (
    (r'QtSql/|QSql\w*$', r'Qt6::Sql$', set(), 'Qt Sql'),
    (r'sqlite3\.h$', r'SQLite::', {'store'}, 'SQLite'),
    (r'QtNetwork/|Q(?:Network|Tcp|Udp|Ssl|LocalServer|LocalSocket|AbstractSocket|HostAddress|HostInfo|HttpMulti)\w*$',
     r'Qt6::Network$', {'delivery', 'app/singleinstance'}, 'Qt Network'),
    (r'QtGui/|Q(?:Gui|Color|Font|Pixmap|Image|Icon|Painter|Palette|Brush|Pen|Clipboard|Action|Standard)\w*$',
     r'Qt6::Gui$', {'gui', 'app'}, 'Qt Gui'),
    (r'QtWidgets/|ui_|Q(?:Widget|Application|Dialog|MainWindow|Label|Abstract(?:ItemView|Button|Slider|SpinBox)|\w*Style'
     r'|\w*Delegate|\w*Button|\w*Layout|\w*Edit|\w*Box|T(?:able|ree)(?:View|Widget)\w*|Menu\w*|Tool\w*|Wizard\w*)$',
     r'Qt6::(?:Widgets|Svg)$', {'gui', 'app'}, 'Qt Widgets'),
    (r'microhttpd\.h$', r'.*MICROHTTPD_LIBRARY', {'httpd'}, 'libmicrohttpd'),
    (r'rapidjson/', r'.*RapidJSON', {'intake', 'domain'}, 'RapidJSON'),
    (r'openssl/', r'OpenSSL::', {'delivery'}, 'OpenSSL'),
    (r'qt6keychain/', r'.*[Kk]eychain', {'secrets'}, 'QtKeychain'),
)
SPDX = ('SPDX-FileCopyrightText: The Alert Courier authors', 'SPDX-License-Identifier: Apache-2.0')
SOURCES = ('*.h', '*.cpp')
SCRIPTS = ('*.py', '*.sh', '*.cmake', 'CMakeLists.txt', 'run')
LONGEST = 300
# Files that name a path of one machine: the workshop's, or somebody's home.
ELSEWHERE = re.compile(r'(?<![\w.])(?:\.\./shared/|/(?:work|home|root)/\w)|(?<![\w/-])shared/(?!ptr)')


def files(root, folders, kinds):
    found = {path for folder in folders for kind in kinds for path in (root / folder).rglob(kind)}
    return sorted(path for path in found if path.is_file() and 'build' not in path.relative_to(root).parts)


def lines_of(path):
    return enumerate(path.read_text(encoding='utf-8', errors='replace').splitlines(), 1)


def may_use_kept(room, path, allowed):
    return room in allowed or f'{room}/{path.stem}' in allowed


def check_includes(root):
    for path in files(root, ['src'], SOURCES):
        room = path.relative_to(root / 'src').parts[0]
        if room not in MAY_USE:
            yield path, 1, f'the room {room} is not known to the include rule'
            continue
        for number, line in lines_of(path):
            included = re.match(r'\s*#\s*include\s*[<"]([^>"]+)[>"]', line)
            if not included:
                continue
            name = included.group(1)
            other = name.split('/')[0]
            if other in MAY_USE and '/' in name and other != room and other not in MAY_USE[room]:
                yield path, number, f'{room} must not include {other}'
            if '..' in name.split('/'):
                yield path, number, f'includes are written "room/file.h", not {name}'
            for header, _, allowed, library in KEPT:
                if re.match(header, name) and not may_use_kept(room, path, allowed):
                    yield path, number, f'{room} must not use {library} ({name})'


def check_links(root):
    for path in files(root, ['src'], ['CMakeLists.txt']):
        room = path.parent.name
        if room not in MAY_USE:
            continue
        for number, line in lines_of(path):
            for other in re.findall(r'\bcourier_(\w+)\b', line.split('#')[0]):
                if other in MAY_USE and other != room and other not in MAY_USE[room]:
                    yield path, number, f'{room} must not link {other}'
            for word in line.split('#')[0].replace('(', ' ').replace(')', ' ').split():
                for _, target, allowed, library in KEPT:
                    rooms = {place.split('/')[0] for place in allowed}
                    if re.match(target, word) and room not in rooms:
                        yield path, number, f'{room} must not link {library} ({word})'


def check_heads(root):
    for path in files(root, ['src', 'tests', 'packaging', '.ci'], (*SOURCES, *SCRIPTS)) + [root / 'CMakeLists.txt']:
        head = path.read_text(encoding='utf-8', errors='replace').splitlines()[:3] if path.exists() else SPDX
        for wanted in SPDX:
            if not any(line.lstrip('/# ') == wanted for line in head):
                yield path, 1, f'the head lacks "{wanted}"'
        if path.suffix == '.h' and '#pragma once' not in path.read_text(encoding='utf-8'):
            yield path, 1, 'the header lacks #pragma once'
        if path.suffix in ('.h', '.cpp') and not re.fullmatch(r'[a-z0-9_]+\.(h|cpp)', path.name):
            yield path, 1, 'files are named in lower case'


def check_lengths(root):
    for path in files(root, ['src'], SOURCES):
        length = sum(1 for _ in lines_of(path))
        if length > LONGEST:
            yield path, length, f'{length} lines; a file has at most {LONGEST}'


def check_places(root):
    kinds = (*SOURCES, *SCRIPTS, '*.ui', '*.md', '*.sql', '*.json', '*.qrc', '*.desktop', '*.xml', '*.txt', '*.in')
    own = Path(__file__).resolve()
    loose = [path for path in root.iterdir() if path.is_file() and not path.name.startswith('.git')]
    for path in files(root, ['src', 'tests', 'packaging', 'ui', 'resources', '.ci', 'docs'], kinds) + loose:
        if path.resolve().parent == own.parent and path.suffix == '.py':
            continue  # the rule itself, and its test
        for number, line in lines_of(path):
            if ELSEWHERE.search(line):
                yield path, number, f'names a place outside the project: {line.strip()[:80]}'


def breaches(root):
    for check in (check_includes, check_links, check_heads, check_lengths, check_places):
        for path, number, what in check(root):
            yield f'{path.relative_to(root)}:{number}: {what}'


def longest(root, count=5):
    sizes = sorted(((sum(1 for _ in lines_of(path)), path) for path in files(root, ['src', 'tests'], SOURCES)),
                   reverse=True)
    return [f'{size:5} {path.relative_to(root)}' for size, path in sizes[:count]]


if __name__ == '__main__':
    project = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parents[2]).resolve()
    found = list(breaches(project))
    print('\n'.join([*found, 'The longest files:', *longest(project), f'{len(found)} breaches of the house rules']))
    sys.exit(1 if found else 0)
