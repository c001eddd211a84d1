-- SPDX-FileCopyrightText: The Alert Courier authors
-- SPDX-License-Identifier: Apache-2.0
--
-- The store's tables, version 2: alerts that a source repeats while they last and ends, notifications of their end, and
-- how far watched files were read. Written as 0001.sql is.

-- What a source says of an alert's life; only alerts that came with a fingerprint have one. starts_at and ends_at are 0
-- where the source doesn't say, resolved_at is 0 while it lasts.
CREATE TABLE occurrence(
    alert_id INTEGER PRIMARY KEY REFERENCES alert(id),
    starts_at INTEGER NOT NULL,
    ends_at INTEGER NOT NULL,
    last_seen INTEGER NOT NULL,
    seen INTEGER NOT NULL,
    resolved_at INTEGER NOT NULL DEFAULT 0,
    fingerprint TEXT NOT NULL);

CREATE UNIQUE INDEX occurrence_start ON occurrence(fingerprint, starts_at) WHERE starts_at <> 0;
CREATE INDEX occurrence_active ON occurrence(fingerprint) WHERE resolved_at = 0;
CREATE INDEX occurrence_ending ON occurrence(ends_at) WHERE resolved_at = 0 AND ends_at <> 0;

-- AlertLife of src/domain.
ALTER TABLE alert_status ADD COLUMN life INTEGER NOT NULL DEFAULT 0;

-- DeliveryKind of src/domain: the alert, or that it is over.
ALTER TABLE delivery ADD COLUMN kind INTEGER NOT NULL DEFAULT 0;
DROP INDEX delivery_alert;
CREATE UNIQUE INDEX delivery_alert ON delivery(alert_id, destination_id, kind);

ALTER TABLE destination ADD COLUMN resolutions INTEGER NOT NULL DEFAULT 0;

-- Where reading goes on, written together with the alerts that were read.
CREATE TABLE file_place(
    watch_id INTEGER PRIMARY KEY,
    state BLOB NOT NULL);

-- Counts the transactions in which alerts were merely seen again.
INSERT INTO meta(key, value) VALUES('repeats', '0');
