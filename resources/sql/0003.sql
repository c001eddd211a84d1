-- SPDX-FileCopyrightText: The Alert Courier authors
-- SPDX-License-Identifier: Apache-2.0
--
-- The store's tables, version 3. Written as 0001.sql is.

-- How a destination is reached and convinced, as JSON (src/domain/security.h). Nothing in it is secret.
ALTER TABLE destination ADD COLUMN security TEXT NOT NULL DEFAULT '{}';

-- When the certificate ends that the receiver showed last; 0: never seen.
ALTER TABLE destination ADD COLUMN certificate_expires_at INTEGER NOT NULL DEFAULT 0;
