-- SPDX-FileCopyrightText: The Alert Courier authors
-- SPDX-License-Identifier: Apache-2.0
--
-- The store's tables, version 3. Written as 0001.sql is.

-- How a destination is reached and convinced, as JSON (src/domain/security.h). Nothing in it is secret.
ALTER TABLE destination ADD COLUMN security TEXT NOT NULL DEFAULT '{}';

-- The certificate that the receiver showed last (src/domain/servercertificate.h).
ALTER TABLE destination ADD COLUMN certificate_sha256 BLOB NOT NULL DEFAULT '';
ALTER TABLE destination ADD COLUMN certificate_subject TEXT NOT NULL DEFAULT '';
ALTER TABLE destination ADD COLUMN certificate_issuer TEXT NOT NULL DEFAULT '';
ALTER TABLE destination ADD COLUMN certificate_expires_at INTEGER NOT NULL DEFAULT 0;

-- At most so many requests in a hundred seconds; 0: no limit.
ALTER TABLE destination ADD COLUMN rate INTEGER NOT NULL DEFAULT 0;

-- Destinations that keep failing, while they do: why, and when the next request goes (0: at once). The process that
-- sends writes it.
CREATE TABLE struggle(
    destination_id INTEGER PRIMARY KEY REFERENCES destination(id),
    reason TEXT NOT NULL,
    next_try_at INTEGER NOT NULL);

-- What was resent by hand and not tried since, ahead of all that waits.
CREATE INDEX delivery_by_hand ON delivery(destination_id, state, id)
    WHERE state = 0 AND round > 0 AND round_attempts = 0;

-- After how many days the response body was dropped; 0: it wasn't.
ALTER TABLE attempt ADD COLUMN body_dropped_days INTEGER NOT NULL DEFAULT 0;

-- Merges the index of words in larger steps: taking alerts in costs a third less, and a search finds as fast.
INSERT INTO alert_words(alert_words, rank) VALUES('automerge', 16);
INSERT INTO alert_words(alert_words, rank) VALUES('crisismerge', 32);

-- The last alert whose words are in the index, which follows behind what comes in.
INSERT INTO meta(key, value) SELECT 'words_to', coalesce(max(id), 0) FROM alert;

-- Where a destination's secrets are kept (0: it has none), and which there are, as bits (src/domain/secrets.h). The
-- secrets themselves are never in here.
ALTER TABLE destination ADD COLUMN secrets_id INTEGER NOT NULL DEFAULT 0;
ALTER TABLE destination ADD COLUMN secret_kinds INTEGER NOT NULL DEFAULT 0;

-- The headers that sign an attempt: they differ each time, so that they are no part of its request_shape.
ALTER TABLE attempt ADD COLUMN signature BLOB;
