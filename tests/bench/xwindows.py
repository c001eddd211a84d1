# SPDX-FileCopyrightText: The Alert Courier authors
# SPDX-License-Identifier: Apache-2.0
"""A display of its own, and when a program's window comes up on it."""

import contextlib
import ctypes
import ctypes.util
import os
import select
import subprocess
import time

SUBSTRUCTURE_NOTIFY = 1 << 19
MAP_NOTIFY = 19
LEAST = 200  # pixels: a window to work in is wider and higher


class MapEvent(ctypes.Structure):
    _fields_ = [('type', ctypes.c_int), ('serial', ctypes.c_ulong), ('send_event', ctypes.c_int),
                ('display', ctypes.c_void_p), ('event', ctypes.c_ulong), ('window', ctypes.c_ulong),
                ('override_redirect', ctypes.c_int), ('room', ctypes.c_long * 24)]


@contextlib.contextmanager
def display():
    """A virtual screen; gives the value of DISPLAY."""
    read, write = os.pipe()
    server = subprocess.Popen(['Xvfb', '-displayfd', str(write), '-screen', '0', '1600x1000x24', '-nolisten', 'tcp'],
                              pass_fds=[write], stderr=subprocess.DEVNULL)
    os.close(write)
    try:
        with os.fdopen(read) as answer:
            number = answer.readline().strip()
        if not number:
            raise RuntimeError('Xvfb does not start')
        yield f':{number}'
    finally:
        server.terminate()
        server.wait()


class Screen:
    """Watches for windows that come up."""

    def __init__(self, name):
        self.x = ctypes.CDLL(ctypes.util.find_library('X11') or 'libX11.so.6')
        self.x.XOpenDisplay.restype = ctypes.c_void_p
        self.x.XDefaultRootWindow.restype = ctypes.c_ulong
        self.x.XDefaultRootWindow.argtypes = self.x.XPending.argtypes = self.x.XConnectionNumber.argtypes = [
            ctypes.c_void_p]
        self.x.XCloseDisplay.argtypes = self.x.XFlush.argtypes = [ctypes.c_void_p]
        self.x.XSelectInput.argtypes = [ctypes.c_void_p, ctypes.c_ulong, ctypes.c_long]
        self.x.XNextEvent.argtypes = [ctypes.c_void_p, ctypes.c_void_p]
        self.x.XGetGeometry.argtypes = [ctypes.c_void_p, ctypes.c_ulong] + [ctypes.c_void_p] * 7
        self.display = self.x.XOpenDisplay(name.encode())
        self.x.XSetErrorHandler(ERRORS)
        self.x.XSelectInput(self.display, self.x.XDefaultRootWindow(self.display), SUBSTRUCTURE_NOTIFY)
        self.x.XFlush(self.display)

    def wait_for_window(self, seconds=20):
        """The moment, monotonic seconds, at which a window to work in came up."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if not self.x.XPending(self.display):
                select.select([self.x.XConnectionNumber(self.display)], [], [], 0.5)
                continue
            event = MapEvent()
            self.x.XNextEvent(self.display, ctypes.byref(event))
            now = time.monotonic()
            if event.type == MAP_NOTIFY and self._is_large(event.window):
                return now
        raise TimeoutError('no window came up')

    def forget(self):
        """What has come up before counts no more."""
        event = MapEvent()
        while self.x.XPending(self.display):
            self.x.XNextEvent(self.display, ctypes.byref(event))

    def _is_large(self, window):
        root, left, top = ctypes.c_ulong(), ctypes.c_int(), ctypes.c_int()
        size = [ctypes.c_uint() for _ in range(4)]
        known = self.x.XGetGeometry(self.display, window, ctypes.byref(root), ctypes.byref(left), ctypes.byref(top),
                                    *map(ctypes.byref, size))
        return known and size[0].value >= LEAST and size[1].value >= LEAST

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.x.XCloseDisplay(self.display)


# A window may be gone before it is asked about.
ERRORS = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p)(lambda *_: 0)
