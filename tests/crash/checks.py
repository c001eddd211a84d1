# SPDX-FileCopyrightText: The Alert Courier authors
# SPDX-License-Identifier: Apache-2.0
"""What has to be true once all has calmed down: the receiver's log and the clients' ledger against the database."""

import bisect
import collections
import contextlib
import sqlite3
import uuid
from dataclasses import dataclass

# The enums of src/domain/delivery.h.
QUEUED, SENDING, RETRYING, DELIVERED, FAILED = 0, 1, 2, 3, 4
ACKNOWLEDGED, REJECTED, UNREACHABLE, TIMED_OUT, UNKNOWN, INTERRUPTED = 0, 1, 2, 4, 5, 6
UNANSWERED = {UNREACHABLE, TIMED_OUT, UNKNOWN, INTERRUPTED}
SLACK_MS = 20  # between the clock readings of two processes
CUT_WITHIN_S = 3  # an answer that never came although it was written: its receiver was killed so soon after


# The status of an alert is the first of its deliveries' states, in the order of src/domain/delivery.h; 7 without any.
STATUS_OUT_OF_STEP = '''
    SELECT count(*) FROM alert_status s WHERE s.status <> coalesce(
        (SELECT state FROM delivery d WHERE d.alert_id = s.alert_id ORDER BY
            CASE state WHEN 4 THEN 0 WHEN 1 THEN 1 WHEN 2 THEN 2 WHEN 0 THEN 3 WHEN 5 THEN 4 WHEN 3 THEN 5 ELSE 6 END
            LIMIT 1), 7)'''


@dataclass
class Post:
    """One request as the receiver saw it; status None: not answered."""
    at: float
    webhook_id: str
    destination: str
    title: str
    status: int | None = None
    answered_at: float | None = None


@dataclass
class Attempt:
    """One row of the database."""
    delivery: int
    number: int
    at: float
    outcome: int
    status: int


def read_log(path):
    """Posts by webhook-id, in the order they came in."""
    posts, by_number = collections.defaultdict(list), {}
    for line in path.read_text(encoding='utf-8').splitlines():
        kind, number, moment, *rest = line.split(' ', 5)
        if kind == 'G':
            webhook_id, destination, title = rest
            by_number[number] = post = Post(int(moment) / 1e6, webhook_id, destination.strip('/'), title.split()[-1])
            posts[webhook_id].append(post)
        elif status := int(rest[0]):
            by_number[number].status, by_number[number].answered_at = status, int(moment) / 1e6
    return posts


def told(posts, attempts):
    """Both sides in short, in seconds since the first of either."""
    begun = min(one.at for one in (*posts, *attempts))
    asked = ', '.join(f'{one.at - begun:.3f} {one.status or "unanswered"}' for one in posts)
    known = ', '.join(f'{one.at - begun:.3f} outcome {one.outcome} {one.status or "-"}' for one in attempts)
    return f'requests [{asked}], attempts [{known}]'


def count_requests(path):
    return sum(line.startswith('G ') for line in path.read_text(encoding='utf-8').splitlines())


def reading(data):
    return contextlib.closing(sqlite3.connect(f'file:{data}/courier.db?mode=ro', uri=True, timeout=10))


def count_waiting(data):
    with reading(data) as database:
        return database.execute('SELECT count(*) FROM delivery WHERE state IN (0, 1, 2)').fetchone()[0]


def number_of(webhook_id):
    """The delivery's number in its webhook-id (src/domain/ids.cpp)."""
    value = uuid.UUID(webhook_id).int
    return (value >> 80) << 21 | (value >> 64 & 0xfff) << 9 | value >> 53 & 0x1ff


class Snapshots:
    """Attempts as they were seen in the database while the program ran: none may be gone or changed later."""

    QUERY = ('SELECT id, delivery_id, number, started_by, started_at, duration_us, outcome, status, reason, '
             'length(response_body) FROM attempt WHERE id > ? ORDER BY id')

    def __init__(self, data):
        self.data = data
        self.seen = {}

    def take(self):
        with reading(self.data) as database:
            for row in database.execute(self.QUERY, (max(self.seen, default=0),)):
                self.seen[row[0]] = row

    def missing(self):
        with reading(self.data) as database:
            now = {row[0]: row for row in database.execute(self.QUERY, (0,))}
        return [f'attempt {number} was {row}, and is {now.get(number)}'
                for number, row in self.seen.items() if now.get(number) != row]


class Checks:
    """Finds what is wrong, in faults, and counts what was, in facts. kills: of the program and of the receiver, in
    seconds since 1970. times: whether both sides went by the same clock."""

    def __init__(self, data, log, load, kills, receiver_kills=(), times=True):
        self.data, self.load = data, load
        self.kills, self.receiver_kills, self.times = sorted(kills), sorted(receiver_kills), times
        self.posts = read_log(log)
        self.faults, self.facts = list(load.faults), {}
        with reading(data) as database:
            self.read(database)

    def fault(self, text):
        self.faults.append(text)

    def read(self, database):
        self.deliveries, self.by_title = {}, collections.defaultdict(dict)
        rows = database.execute('SELECT d.id, a.title, x.name, d.state, d.attempts, d.last_reason FROM delivery d '
                                'JOIN alert a ON a.id = d.alert_id JOIN destination x ON x.id = d.destination_id')
        for number, title, destination, state, attempts, reason in rows:
            self.deliveries[number] = (title, destination, state, attempts, reason)
            if destination in self.by_title[title]:
                self.fault(f'{title} has two deliveries to {destination}')
            self.by_title[title][destination] = number
        self.attempts = collections.defaultdict(list)
        for row in database.execute('SELECT delivery_id, number, started_at, outcome, status FROM attempt ORDER BY '
                                    'delivery_id, number'):
            self.attempts[row[0]].append(Attempt(row[0], row[1], row[2] / 1000, row[3], row[4]))
        self.copies = dict(database.execute('SELECT title, count(*) FROM alert GROUP BY title'))

    def run(self):
        self.check_accepted()
        self.check_sends()
        self.check_database()
        return self

    def check_accepted(self):
        accepted = self.load.accepted
        states = collections.Counter()
        for title, destinations in accepted.items():
            if self.copies.get(title) != 1:
                self.fault(f'{title} was accepted and is there {self.copies.get(title, 0)} times')
            for destination in destinations:
                number = self.by_title[title].get(destination)
                if number is None:
                    self.fault(f'{title} was accepted for {destination}, and no delivery is there')
                else:
                    states[self.deliveries[number][2]] += 1
        for title in self.copies:
            if title not in accepted and title not in self.load.unclear:
                self.fault(f'{title} is there though it was refused')
        self.facts['alerts accepted'] = len(accepted)
        self.facts['  no answer came, and it was kept'] = sum(title not in accepted for title in self.copies)
        self.facts['their deliveries'] = sum(states.values())
        self.facts['  delivered'] = states.pop(DELIVERED, 0)
        self.facts['  failed for good, on record'] = states.pop(FAILED, 0)
        self.facts['  still waiting'] = sum(states.values())

    def check_sends(self):
        """Each delivery's requests at the receiver against its attempts in the database."""
        twice = requests = 0
        for number in self.deliveries.keys() | {number_of(webhook_id) for webhook_id in self.posts}:
            if number not in self.deliveries:
                self.fault(f'the receiver got a delivery that is not there: {number}')
        ids = {number_of(webhook_id): webhook_id for webhook_id in self.posts}
        for number, (title, destination, state, count, reason) in self.deliveries.items():
            posts, attempts = self.posts.get(ids.get(number), []), self.attempts.get(number, [])
            what = f'{title} to {destination}'
            requests += len(posts)
            if [one.number for one in attempts] != list(range(1, count + 1)):
                self.fault(f'{what}: {count} attempts are counted, {len(attempts)} are there')
            if any((post.title, post.destination) != (title, destination) for post in posts):
                self.fault(f'{what}: its webhook-id carried something else')
            if state == DELIVERED and not any(post.status == 200 for post in posts):
                self.fault(f'{what} is recorded as delivered, and never was')
            if state == FAILED and not (attempts and reason):
                self.fault(f'{what} has failed without an attempt')
            pairs = self.pair(posts, attempts)
            if pairs is None:
                self.fault(f'{what}: an attempt is forgotten: {told(posts, attempts)}')
            else:
                twice += self.count_twice(what, pairs)
            self.check_interrupted(what, attempts)
        every = [attempt for of_one in self.attempts.values() for attempt in of_one]
        self.facts['requests at the receiver'] = requests
        self.facts['attempts on record'] = len(every)
        self.facts['  interrupted by a kill'] = sum(one.outcome == INTERRUPTED for one in every)
        self.facts['  lost their answer'] = sum(one.outcome == UNKNOWN for one in every)
        self.facts['delivered twice, cut short by a kill'] = twice

    def fits(self, post, attempt):
        if self.times and post.at * 1000 + SLACK_MS < attempt.at * 1000:
            return False
        if attempt.outcome in UNANSWERED:
            return attempt.outcome != UNREACHABLE and (
                post.status is None or attempt.outcome == INTERRUPTED or self.was_cut(post))
        return post.status == attempt.status

    def was_cut(self, post):
        """The receiver was killed about when it wrote the answer."""
        return any(post.answered_at - 0.1 <= kill <= post.answered_at + CUT_WITHIN_S for kill in self.receiver_kills)

    def pair(self, posts, attempts):
        """Each request with its attempt, in order; None where one has none, or an attempt tells of an answer that the
        receiver never gave."""
        if not attempts:
            return None if posts else []
        first, *rest = attempts
        if posts and self.fits(posts[0], first):
            pairs = self.pair(posts[1:], rest)
            if pairs is not None:
                return [(posts[0], first), *pairs]
        return self.pair(posts, rest) if first.outcome in UNANSWERED else None

    def count_twice(self, what, pairs):
        """How often it was delivered again. Whatever was answered with 200 is over, where the answer got through."""
        for post, attempt in pairs[:-1]:
            if attempt.outcome == ACKNOWLEDGED:
                self.fault(f'{what} was delivered, and sent again: {told(*zip(*pairs, strict=True))}')
        return max(0, sum(post.status == 200 for post, _ in pairs) - 1)

    def check_interrupted(self, what, attempts):
        for one in attempts:
            if one.outcome == INTERRUPTED and self.times:
                kill = bisect.bisect(self.kills, one.at - SLACK_MS / 1000)
                if kill == len(self.kills):
                    self.fault(f'{what}: attempt {one.number} is interrupted, and no kill came after it')

    def check_database(self):
        """On a connection that may write, as the check of the words demands: after the program's end only."""
        with contextlib.closing(sqlite3.connect(f'{self.data}/courier.db', timeout=10)) as database:
            answer = [row[0] for row in database.execute('PRAGMA integrity_check')]
            if answer != ['ok']:
                self.fault(f'integrity_check: {answer[:5]}')
            if broken := database.execute('PRAGMA foreign_key_check').fetchall():
                self.fault(f'foreign_key_check: {broken[:5]}')
            try:
                # with those that a kill kept out of the index, and that the next start puts in
                database.execute('INSERT INTO alert_words(rowid, title, rule_id, name, description, tags) '
                                 'SELECT id, title, rule_id, name, description, tags FROM alert WHERE id > '
                                 "(SELECT CAST(value AS INTEGER) FROM meta WHERE key = 'words_to')")
                database.execute("INSERT INTO alert_words(alert_words, rank) VALUES('integrity-check', 1)")
            except sqlite3.DatabaseError as error:
                self.fault(f'the words are out of step with the alerts: {error}')
            wrong = database.execute(STATUS_OUT_OF_STEP).fetchone()[0]
            if wrong:
                self.fault(f'the status of {wrong} alerts is not that of their deliveries')
        slots = (self.data / 'inflight').read_bytes()[64:]
        left = sum(slots[at:at + 8] != bytes(8) for at in range(0, len(slots), 64))
        if left:
            self.fault(f'{left} sends are still noted as under way')
