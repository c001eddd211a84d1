#!/usr/bin/env python3
# SPDX-FileCopyrightText: The Alert Courier authors
# SPDX-License-Identifier: Apache-2.0
"""A receiver that logs every POST: receiver.py LOG [--port N] [--slow SHARE] [--fail SHARE] [--drop SHARE]
[--takes SECONDS] [--fail-first N] [--seed N]

Prints its port. Each request is a line of LOG, and each answer another one just before it goes out, so that a kill of
either side leaves what has happened (but for an answer that a kill of this side kept in at that very moment):

    G number microseconds webhook-id path title       it came in
    A number microseconds status                      it is answered (0: the connection is dropped instead)

It answers 200, but for the named shares: slowly (by up to 400 ms), with 500, or by dropping the connection. --takes is
what each answer takes at least. --fail-first answers the first N requests of each webhook-id with 500. SIGUSR1: from
now on 200, and at once.
"""

import argparse
import asyncio
import collections
import json
import os
import random
import signal
import socket
import sys
import time

SLOWEST = 0.4
PORTS = (20000, 32000)  # beside those that the system gives to whoever asks for any


class Behaviour:
    """What the next request gets; and the log."""

    def __init__(self, options):
        self.options = options
        self.random = random.Random(options.seed)
        self.good = False
        self.seen = collections.Counter()
        self.log = os.open(options.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        self.number = os.getpid() << 32  # two lives of a receiver share a log

    def write(self, *words):
        os.write(self.log, (' '.join(map(str, words)) + '\n').encode())

    def came_in(self, webhook_id, path, title):
        self.number += 1
        self.write('G', self.number, time.time_ns() // 1000, webhook_id, path, title)
        return self.number

    def answered(self, number, status):
        self.write('A', number, time.time_ns() // 1000, status)

    def plan(self, webhook_id):
        """A status (0: drop) and a delay in seconds."""
        self.seen[webhook_id] += 1
        if self.seen[webhook_id] <= self.options.fail_first:
            return 500, 0
        if self.good:
            return 200, 0
        dice = self.random.random()
        is_slow = self.random.random() < self.options.slow
        delay = self.options.takes + (self.random.uniform(0.02, SLOWEST) if is_slow else 0)
        if dice < self.options.fail:
            return 500, delay
        if dice < self.options.fail + self.options.drop:
            return 0, delay
        return 200, delay


class Connection(asyncio.Protocol):
    def __init__(self, behaviour):
        self.behaviour = behaviour
        self.buffer = b''

    def connection_made(self, transport):
        self.transport = transport
        transport.get_extra_info('socket').setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def data_received(self, data):
        self.buffer += data
        while (end := self.buffer.find(b'\r\n\r\n')) >= 0:
            request, *lines = self.buffer[:end].decode('latin-1').split('\r\n')
            headers = {name.lower(): value.strip() for name, _, value in (line.partition(':') for line in lines)}
            whole = end + 4 + int(headers.get('content-length', 0))
            if len(self.buffer) < whole:
                return
            body, self.buffer = self.buffer[end + 4:whole], self.buffer[whole:]
            self.request(request.split()[1], headers, json.loads(body))

    def request(self, path, headers, alert):
        webhook_id = headers['webhook-id']
        number = self.behaviour.came_in(webhook_id, path, alert['title'])
        status, delay = self.behaviour.plan(webhook_id)
        if delay:
            asyncio.get_running_loop().call_later(delay, self.answer, number, status)
        else:
            self.answer(number, status)

    def answer(self, number, status):
        if self.transport.is_closing():
            return  # who asked is gone
        self.behaviour.answered(number, status)
        if status == 0:
            self.transport.abort()
            return
        text = b'thanks' if status == 200 else b'come back later'
        self.transport.write(b'HTTP/1.1 %d %s\r\nContent-Length: %d\r\n\r\n%s' %
                             (status, b'OK' if status == 200 else b'Internal Server Error', len(text), text))


def listen(port):
    """Its own port again, or one that is free."""
    server = socket.socket()
    server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    for _ in range(1 if port else 100):
        try:
            server.bind(('127.0.0.1', port or random.randint(*PORTS)))
            return server
        except OSError:
            continue
    sys.exit('no port is free')


async def serve(options):
    behaviour = Behaviour(options)
    loop = asyncio.get_running_loop()
    loop.add_signal_handler(signal.SIGUSR1, setattr, behaviour, 'good', True)
    listening = listen(options.port)
    server = await loop.create_server(lambda: Connection(behaviour), sock=listening, backlog=256)
    print(listening.getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == '__main__':
    parser = argparse.ArgumentParser()
    parser.add_argument('log')
    parser.add_argument('--port', type=int, default=0)
    parser.add_argument('--fail-first', type=int, default=0)
    parser.add_argument('--seed', type=int, default=1)
    for number in ('--slow', '--fail', '--drop', '--takes'):
        parser.add_argument(number, type=float, default=0.0)
    asyncio.run(serve(parser.parse_args()))
