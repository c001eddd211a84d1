-- SPDX-FileCopyrightText: The Alert Courier authors
-- SPDX-License-Identifier: Apache-2.0
--
-- The store's tables, version 1. Each statement ends with a semicolon at the end of its line.
-- Numbers of states, severities, types, outcomes: the enums of src/domain. Times: ms since 1970 UTC, but where it says
-- otherwise. Ids of alerts, deliveries and destinations: src/domain/ids.h; the time of arrival is in them.

CREATE TABLE meta(
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL);

CREATE TABLE setting(
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL);

CREATE TABLE destination(
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    url TEXT NOT NULL,
    severities INTEGER NOT NULL,
    types INTEGER NOT NULL,
    headers TEXT NOT NULL,
    timeout_s INTEGER NOT NULL,
    schedule INTEGER NOT NULL,
    max_retries INTEGER NOT NULL,
    paused INTEGER NOT NULL,
    built_in INTEGER NOT NULL,
    test_state INTEGER NOT NULL DEFAULT 0,
    tested_at INTEGER NOT NULL DEFAULT 0,
    test_result TEXT NOT NULL DEFAULT '',
    created_at INTEGER NOT NULL,
    deleted_at INTEGER);

CREATE UNIQUE INDEX destination_name ON destination(name_key) WHERE deleted_at IS NULL;

-- What came in; never changed. The long columns come last: what lists read stands before them.
CREATE TABLE alert(
    id INTEGER PRIMARY KEY,
    severity INTEGER NOT NULL,
    type INTEGER NOT NULL,
    source TEXT NOT NULL,
    created_at TEXT NOT NULL,
    title TEXT NOT NULL,
    name TEXT,
    rule_id TEXT NOT NULL,
    sender_id TEXT,
    version TEXT,
    link TEXT NOT NULL,
    tags TEXT NOT NULL,
    destinations TEXT NOT NULL,
    output_ids TEXT NOT NULL,
    description TEXT NOT NULL,
    runbook TEXT NOT NULL,
    context BLOB NOT NULL);

CREATE UNIQUE INDEX alert_sender ON alert(sender_id) WHERE sender_id <> '';
CREATE INDEX alert_source ON alert(source COLLATE NOCASE);

CREATE VIRTUAL TABLE alert_words USING fts5(
    title, rule_id, name, description, tags,
    content='alert', content_rowid='id', prefix='2 3', columnsize=0, tokenize='unicode61 remove_diacritics 2');

-- What an alert comes to over all its deliveries. Narrow, since all of it is read into memory, and without further
-- indices, since it changes with every attempt. settled_at: seconds since 1970 UTC.
CREATE TABLE alert_status(
    alert_id INTEGER PRIMARY KEY REFERENCES alert(id),
    severity INTEGER NOT NULL,
    type INTEGER NOT NULL,
    status INTEGER NOT NULL,
    attention INTEGER NOT NULL,
    settled_at INTEGER NOT NULL);

-- next_at is 0 while Queued: due at once, whatever the clock says.
CREATE TABLE delivery(
    id INTEGER PRIMARY KEY,
    alert_id INTEGER NOT NULL REFERENCES alert(id),
    destination_id INTEGER NOT NULL REFERENCES destination(id),
    state INTEGER NOT NULL,
    round INTEGER NOT NULL DEFAULT 0,
    attempts INTEGER NOT NULL DEFAULT 0,
    round_attempts INTEGER NOT NULL DEFAULT 0,
    next_at INTEGER NOT NULL DEFAULT 0,
    settled_at INTEGER NOT NULL DEFAULT 0,
    dismissed INTEGER NOT NULL DEFAULT 0,
    last_status INTEGER NOT NULL DEFAULT 0,
    last_outcome INTEGER NOT NULL DEFAULT 0,
    last_reason TEXT NOT NULL DEFAULT '');

CREATE UNIQUE INDEX delivery_alert ON delivery(alert_id, destination_id);
CREATE INDEX delivery_destination ON delivery(destination_id, id, state);
CREATE INDEX delivery_waiting ON delivery(destination_id, state, next_at) WHERE state IN (0, 2);
CREATE INDEX delivery_sending ON delivery(destination_id, state) WHERE state = 1;
CREATE INDEX delivery_failed ON delivery(id) WHERE state = 4;
CREATE INDEX delivery_attention ON delivery(destination_id, state, dismissed) WHERE state = 4 AND dismissed = 0;
CREATE INDEX delivery_held ON delivery(destination_id, state) WHERE state = 5;

-- The same address and headers go out again and again: kept once. Values that differ each time are left out.
CREATE TABLE request_shape(
    id INTEGER PRIMARY KEY,
    url TEXT NOT NULL,
    headers BLOB NOT NULL,
    UNIQUE(url, headers));

-- Append-only. connect_started to finished: microseconds since started_at, -1 where it didn't get so far.
CREATE TABLE attempt(
    id INTEGER PRIMARY KEY,
    delivery_id INTEGER NOT NULL REFERENCES delivery(id),
    destination_id INTEGER NOT NULL REFERENCES destination(id),
    number INTEGER NOT NULL,
    started_by INTEGER NOT NULL,
    started_at INTEGER NOT NULL,
    duration_us INTEGER NOT NULL,
    outcome INTEGER NOT NULL,
    status INTEGER NOT NULL,
    reason TEXT NOT NULL,
    resent INTEGER NOT NULL,
    connect_started INTEGER NOT NULL,
    encrypted INTEGER NOT NULL,
    request_sent INTEGER NOT NULL,
    answered INTEGER NOT NULL,
    finished INTEGER NOT NULL,
    body_size INTEGER NOT NULL,
    body_cut INTEGER NOT NULL,
    shape_id INTEGER REFERENCES request_shape(id),
    content_length INTEGER,
    response_headers BLOB NOT NULL,
    response_body BLOB NOT NULL);

CREATE INDEX attempt_delivery ON attempt(delivery_id, number);

-- The last ten tests of each destination.
CREATE TABLE test_attempt(
    id INTEGER PRIMARY KEY,
    destination_id INTEGER NOT NULL REFERENCES destination(id),
    number INTEGER NOT NULL,
    started_by INTEGER NOT NULL,
    started_at INTEGER NOT NULL,
    duration_us INTEGER NOT NULL,
    outcome INTEGER NOT NULL,
    status INTEGER NOT NULL,
    reason TEXT NOT NULL,
    resent INTEGER NOT NULL,
    connect_started INTEGER NOT NULL,
    encrypted INTEGER NOT NULL,
    request_sent INTEGER NOT NULL,
    answered INTEGER NOT NULL,
    finished INTEGER NOT NULL,
    body_size INTEGER NOT NULL,
    body_cut INTEGER NOT NULL,
    url TEXT NOT NULL,
    request_headers BLOB NOT NULL,
    response_headers BLOB NOT NULL,
    response_body BLOB NOT NULL);

CREATE INDEX test_attempt_destination ON test_attempt(destination_id, id);

-- Changes that leave no new alert or attempt, for those who watch, in this process or another. Both ids null: more than
-- can be told one by one. Only the last ones are kept; the newest is never removed.
CREATE TABLE change(
    seq INTEGER PRIMARY KEY,
    alert_id INTEGER,
    destination_id INTEGER);
