#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Alert Courier authors
# SPDX-License-Identifier: Apache-2.0
"""The table of faults in tests/README.md, read against the tests and the words there are:
faults.py PROJECT_FOLDER [BUILD_FOLDER CTEST]

Every row has tests, each of them exists (with its function, where one is named) and bears the label fault; and every
sentence in quotes is one that the program can say. Each breach is a line of its own.
"""

import json
import re
import subprocess
import sys
from pathlib import Path

ROWS = [f'{letter}{number}' for letter, last in (('S', 18), ('K', 6), ('I', 7), ('X', 3)) for number in range(1, last + 1)]
ROW = re.compile(r'^\|\s*([A-Z]\d+)\s*\|(.*)\|(.*)\|\s*$')
TEST = re.compile(r'`([a-z]\w*)(?:::(\w+))?`')
SENTENCE = re.compile(r'“([^”]+)”')
# One or more literals of C++, side by side; of a raw one, the plain kind R"(...)".
LITERALS = re.compile(r'(?:u8|u|L)?"((?:[^"\\\n]|\\.)*)"')
FEWEST_LETTERS = 7  # of a sentence, but for what stands for others: "%1 %2" says nothing
ESCAPES = {'n': '\n', 't': '\t', '"': '"', '\\': '\\', "'": "'"}


def table(text):
    """The rows as (id, tests, words), tests as pairs of a program and a function or an empty text."""
    for line in text.splitlines():
        row = ROW.match(line)
        if row:
            yield row.group(1), TEST.findall(row.group(2)), row.group(3).strip()


def literals_of(code):
    """Its texts, those side by side joined: as a translator gets them."""
    end, text = -1, ''
    for match in LITERALS.finditer(code):
        if end >= 0 and code[end:match.start()].strip() == '':
            text += match.group(1)
        else:
            if text:
                yield text
            text = match.group(1)
        end = match.end()
    if text:
        yield text


def sayable(root):
    """An expression for everything that the sources can say, %1 and its like standing for anything."""
    patterns = set()
    for path in [*(root / 'src').rglob('*.cpp'), *(root / 'src').rglob('*.h')]:
        for literal in literals_of(path.read_text(encoding='utf-8')):
            text = re.sub(r'\\(.)', lambda escape: ESCAPES.get(escape.group(1), escape.group(0)), literal)
            if ' ' in text and sum(letter.isalpha() for letter in re.sub(r'%L?\d', '', text)) >= FEWEST_LETTERS:
                patterns.add(re.sub(r'%L?\d', '.+', re.escape(text).replace(r'\%', '%')))
    return [re.compile(pattern, re.DOTALL) for pattern in patterns]


def is_defined(root, program, function):
    definition = re.compile(rf'(?:\bvoid\s+(?:\w+::)?|^\s*def\s+){re.escape(function)}\(', re.MULTILINE)
    sources = [*root.glob(f'tests/**/{program}.cpp'), *root.glob(f'tests/**/{program}.py')]
    return any(definition.search(path.read_text(encoding='utf-8')) for path in sources)


def labelled(build, ctest):
    """The tests of the build that bear the label."""
    shown = subprocess.run([ctest, '--test-dir', build, '--show-only=json-v1', '-L', '^fault$'], check=True,
                           capture_output=True, text=True).stdout
    return {test['name'] for test in json.loads(shown)['tests']}


def breaches(root, known=None):
    found = list(table((root / 'tests' / 'README.md').read_text(encoding='utf-8')))
    if [row for row, _, _ in found] != ROWS:
        yield f'the rows are {" ".join(row for row, _, _ in found)}'
    can_be_said = sayable(root)
    for row, tests, words in found:
        if not tests:
            yield f'{row}: no test'
        for program, function in tests:
            if known is not None and program not in known:
                yield f'{row}: no test of the label fault is named {program}'
            if function and not is_defined(root, program, function):
                yield f'{row}: {program} has no {function}()'
        if not words:
            yield f'{row}: what is read is missing'
        for sentence in SENTENCE.findall(words):
            if not any(pattern.fullmatch(sentence) for pattern in can_be_said):
                yield f'{row}: the program never says “{sentence}”'


if __name__ == '__main__':
    project = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parents[2]).resolve()
    wrong = list(breaches(project, labelled(*sys.argv[2:4]) if len(sys.argv) > 3 else None))
    print('\n'.join([*wrong, f'{len(ROWS)} rows, {len(wrong)} breaches']))
    sys.exit(1 if wrong else 0)
