-- SPDX-FileCopyrightText: The Alert Courier authors
-- SPDX-License-Identifier: Apache-2.0
--
-- The store's tables, version 5. Written as 0001.sql is.

-- A fingerprint lies anywhere in an index, so each index of them is a page more to write for each alert: an alert is in
-- one only, by its start (occurrence_start) where its source names one, else here.
DROP INDEX occurrence_active;
CREATE INDEX occurrence_undated ON occurrence(fingerprint) WHERE starts_at = 0 AND resolved_at = 0;
