# SPDX-FileCopyrightText: The Alert Courier authors
# SPDX-License-Identifier: Apache-2.0

"""Eleven attempts in real time, over the accessibility bus: with schedule Quick a refusing receiver gets an alert eleven
times (some three minutes), each attempt shows 500 and "no"; resent by the button it is delivered; then fifty failed
ones go again in one. Not among the tests of a build, since it waits: session eleven.py PROGRAM"""

import time

from screen import cells, choose_row, find, press, row_count, says, set_text, text_of, wait_for
from steps import Session, alert


def times(session, rule):
    return sum(one['id'] == rule for one in session.receiver.received())


def attempts_shown(tree):
    """When, Result and the rest of each attempt's row."""
    rows = [cells(tree, row) for row in range(row_count(tree))]
    return [row for row in rows if row[0].startswith('Attempt')]


def eleven_fail(session):
    session.receiver.answer('500 no')
    session.submit([alert('R.failing', 'Disk full')])
    set_text(find(session.window, 'text', 'Search alerts'), 'Disk')
    wait_for('eleven attempts', lambda: times(session, 'R.failing') >= 11, 400)
    says(session.window, 'Ops bridge failed after 11 attempts')
    time.sleep(40)  # a twelfth would have come by now
    assert times(session, 'R.failing') == 11
    tree = find(session.window, 'tree', 'Delivery Status')
    shown = attempts_shown(tree)
    assert len(shown) == 11, shown
    body = find(session.window, 'text', 'Response body')
    for row in range(row_count(tree)):
        if cells(tree, row)[0].startswith('Attempt'):
            assert any('500' in cell for cell in cells(tree, row)), cells(tree, row)
            choose_row(tree, row)
            wait_for('the stored body "no"', lambda: text_of(body) == 'no')


def resent_by_the_button(session):
    session.receiver.answer('200 ok')
    press(find(session.window, 'push button', 'Resend'))
    wait_for('the resent alert',
             lambda: any(one['title'] == '[Re-sent]: Disk full' for one in session.receiver.received()))
    says(session.window, 'Ops bridge has it')
    tree = find(session.window, 'tree', 'Delivery Status')
    wait_for('twelve attempts', lambda: len(attempts_shown(tree)) == 12)
    wait_for('the stored body "ok"', lambda: text_of(find(session.window, 'text', 'Response body')) == 'ok')


def fifty_in_one_go(session):
    session.receiver.answer('500 no')
    session.submit([alert(f'R.many{i}', f'Queue lag {i}') for i in range(50)])
    set_text(find(session.window, 'text', 'Search alerts'), 'lag')
    wait_for('their eleven attempts',
             lambda: all(times(session, f'R.many{i}') == 11 for i in range(50)), 600)
    session.receiver.answer('200 ok')
    press(find(session.window, 'push button', 'Resend Failed'))
    dialog = find(session.desk, 'dialog', 'Resend')
    says(dialog, 'Resend 50 failed deliveries to 1 destination')
    press(find(dialog, 'push button', 'Resend 50 Deliveries'))
    says(session.window, 'Resent 50 deliveries: 50 delivered')
    again = [one for one in session.receiver.received() if one['title'].startswith('[Re-sent]: Queue lag')]
    assert len({one['id'] for one in again}) == len(again) == 50


def main():
    with Session() as session:
        session.add_destination('Ops bridge', schedule='Quick')
        eleven_fail(session)
        print('eleven attempts, each with its status and body', flush=True)
        resent_by_the_button(session)
        print('resent by the button', flush=True)
        fifty_in_one_go(session)
        print('passed')


main()
