# SPDX-FileCopyrightText: The Alert Courier authors
# SPDX-License-Identifier: Apache-2.0

"""Finds and works controls of a running program over the accessibility bus, by role and name, as assistive programs do."""

import subprocess
import time

import pyatspi

WIDE = {'table', 'tree table', 'tree', 'list'}  # their cells are asked for one by one, never walked

PATIENCE = 60  # seconds, on a machine that is busy


def wait_for(what, get, seconds=PATIENCE):
    end = time.time() + seconds
    while time.time() < end:
        try:
            found = get()
        except Exception:  # a control may go while it is asked
            found = None
        if found:
            return found
        time.sleep(0.1)
    raise AssertionError('not in time: ' + what)


def program(name):
    def get():
        return next((one for one in pyatspi.Registry.getDesktop(0) if one and one.name == name), None)
    return wait_for('program ' + name, get)


def walk(node, depth=0):
    """It and what is shown in it."""
    yield node
    if depth > 30 or node.getRoleName() in WIDE:
        return
    for index in range(node.childCount):
        child = node.getChildAtIndex(index)
        if child is not None and is_shown(child):
            yield from walk(child, depth + 1)


def is_shown(node):
    return node.getState().contains(pyatspi.STATE_SHOWING)


def find(root, role, name, seconds=PATIENCE):
    def get():
        return next((one for one in walk(root) if one.getRoleName() == role and one.name == name), None)
    try:
        return wait_for('', get, seconds)
    except AssertionError:
        there = [one.name for one in walk(root) if one.getRoleName() == role]
        raise AssertionError(f'no {role} "{name}", but: {there}') from None


def labels(root):
    """What all labels say."""
    return (one.name for one in walk(root) if one.getRoleName() == 'label')


def says(root, beginning, seconds=PATIENCE):
    """A label that begins so; gives its whole text."""
    def get():
        return next((said for said in labels(root) if said.startswith(beginning)), None)
    return wait_for(f'label "{beginning}..."', get, seconds)


def reads(root, text, seconds=PATIENCE):
    """A label that says exactly this; where there is none, what the labels say instead."""
    try:
        wait_for('', lambda: text in labels(root), seconds)
    except AssertionError:
        raise AssertionError('\n'.join([f'no label says "{text}", but:', *labels(root)])) from None


def press(node):
    """Begins a click, which takes effect a moment later: wait for what comes of it."""
    node.queryAction().doAction(0)


def set_text(node, text):
    node.queryEditableText().setTextContents(text)


def text_of(node):
    return node.queryText().getText(0, -1)


def cells(table, row):
    """The names of a row's cells."""
    grid = table.queryTable()
    return [grid.getAccessibleAt(row, column).name for column in range(grid.nColumns)]


def row_count(table):
    return table.queryTable().nRows


def choose(combo, text):
    """Opens a combo box and clicks an item with the pointer: its list takes no action over the bus."""
    combo.queryAction().doAction(0)

    def place():
        for items in (one for one in walk(combo) if one.getRoleName() == 'list'):
            for index in range(items.childCount):
                item = items.getChildAtIndex(index)
                box = item.queryComponent().getExtents(pyatspi.DESKTOP_COORDS)
                if item.name == text and is_shown(item) and box.width > 0:
                    return box
        return None

    box = wait_for(f'"{text}" in {combo.name}', place)
    time.sleep(0.3)  # a click that comes at once with the list would count as the one that opened it
    subprocess.run(['xdotool', 'mousemove', str(box.x + box.width // 2), str(box.y + box.height // 2), 'click', '1'],
                   check=True, timeout=10)
    wait_for(f'{text} chosen', lambda: combo.name == text)


def choose_row(table, row):
    """By its action, which would put it back where it is chosen already."""
    if not table.queryTable().isRowSelected(row):
        table.queryTable().getAccessibleAt(row, 0).queryAction().doAction(0)
