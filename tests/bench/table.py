#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Alert Courier authors
# SPDX-License-Identifier: Apache-2.0
"""Runs parts of the benches and prints what they found as one table: table.py ROOT PART...

A part is a program in tests/bench/parts. It is run with COURIER_ROOT and COURIER_BUILD (where the program and the bench
tools were built) in its environment, and prints a JSON object a line for each thing it measured:

    part, what      which part, and what was measured, in words
    unit            of the values: "deliveries/s", "ms", "MB"
    ours            our values, one a round
    peer            who is beside us, in words; missing where a value stands against a limit alone
    theirs          the peer's values, one a round: ours[i] and theirs[i] were measured one after the other
    better          "more" or "less": what is better, of `ours` and of the ratio
    floor, good     of the ratio ours/theirs, or of our value where there is no peer: what every round must reach, and
                    what the median should; both may be missing

Anything else a part says goes to stderr.
"""

import json
import os
import platform
import statistics
import subprocess
import sys
import time
from pathlib import Path

LIMIT_SECONDS = {'delivery': 240, 'peers': 210, 'alertmanager': 180, 'intake': 90,
                 # These fill a database first, once.
                 'window': 420, 'start': 390, 'memory': 150, 'isolation': 330}


def machine():
    """The machine that measured, in a line."""
    model = next((line.split(':', 1)[1].strip() for line in Path('/proc/cpuinfo').read_text().splitlines()
                  if line.startswith('model name')), platform.machine())
    memory = int(Path('/proc/meminfo').read_text().split()[1]) / 1048576
    return f'{model}, {os.cpu_count()} cores, {memory:.0f} GB, Linux {platform.release()}'


def run_part(root, part):
    """The records that a part printed; an explaining record where it failed."""
    environment = dict(os.environ, COURIER_ROOT=str(root), COURIER_BUILD=str(root / 'build/release'))
    started = time.monotonic()
    print(f'{part} ...', file=sys.stderr, flush=True)
    try:
        result = subprocess.run([root / 'tests/bench/parts' / part], env=environment, stdout=subprocess.PIPE,
                                text=True, timeout=LIMIT_SECONDS.get(part, 120), check=False)
        records = [json.loads(line) for line in result.stdout.splitlines() if line.startswith('{')]
        failure = f'ended with {result.returncode}' if result.returncode else ''
    except subprocess.TimeoutExpired as expired:
        records, failure = [], f'took longer than {expired.timeout:.0f} s'
    print(f'{part}: {time.monotonic() - started:.0f} s', file=sys.stderr, flush=True)
    if failure or not records:
        records.append({'part': part, 'what': f'failed: {failure or "nothing was measured"}', 'failed': True})
    return records


def judge(record):
    """Adds ratio, least, most and verdict to a record."""
    if record.get('failed'):
        record['verdict'] = 'FAILED'
        return
    ours = record['ours']
    judged = [own / other for own, other in zip(ours, record['theirs'])] if 'theirs' in record else list(ours)
    record['ratio'], record['least'], record['most'] = statistics.median(judged), min(judged), max(judged)
    more = record.get('better', 'more') == 'more'
    worst = record['least'] if more else record['most']

    def reaches(value, wanted):
        return wanted is None or (value >= wanted if more else value <= wanted)
    if not reaches(worst, record.get('floor')):
        record['verdict'] = 'BELOW'
    elif not reaches(record['ratio'], record.get('good')):
        record['verdict'] = 'floor'
    else:
        record['verdict'] = 'very good' if record.get('good') is not None else 'told'


def number(value):
    return f'{value:,.0f}' if abs(value) >= 100 else f'{value:.3g}'


def cells(record):
    if record.get('failed'):
        return [record['part'], record['what'], '', '', '', '', record['verdict']]
    unit = record.get('unit', '')
    own = f'{number(statistics.median(record["ours"]))} {unit}'
    spread = f'{number(record["ratio"])} ({number(record["least"])} to {number(record["most"])})'
    peer = ''
    if 'theirs' in record:
        peer = f'{record["peer"]}: {number(statistics.median(record["theirs"]))} {unit}'
    wanted = ' / '.join('-' if record.get(key) is None else number(record[key]) for key in ('floor', 'good'))
    return [record['part'], record['what'], own, peer, spread, wanted if wanted != '- / -' else '', record['verdict']]


def table(records):
    """As Markdown, with columns that line up in a terminal, too."""
    rows = [['part', 'what', 'ours (median)', 'peer (median)', 'ratio or value (least to most)', 'floor / very good', 'verdict']]
    rows += [cells(record) for record in records]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = ['| ' + ' | '.join(cell.ljust(width) for cell, width in zip(row, widths)) + ' |' for row in rows]
    lines.insert(1, '|' + '|'.join('-' * (width + 2) for width in widths) + '|')
    return '\n'.join(lines)


def main():
    root, parts = Path(sys.argv[1]), sys.argv[2:]
    records = [record for part in parts for record in run_part(root, part)]
    for record in records:
        judge(record)
    about = {'machine': machine(), 'date': time.strftime('%Y-%m-%d'), 'records': records}
    (root / 'build/bench').mkdir(parents=True, exist_ok=True)
    (root / 'build/bench/result.json').write_text(json.dumps(about, indent=1) + '\n')
    print(f'{about["machine"]}, {about["date"]}\n\n{table(records)}')
    sys.exit(1 if any(record['verdict'] in ('FAILED', 'BELOW') for record in records) else 0)


main()
