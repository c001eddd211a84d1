-- SPDX-FileCopyrightText: The Alert Courier authors
-- SPDX-License-Identifier: Apache-2.0
--
-- The store's tables, version 4. Written as 0001.sql is.

-- What a receiver answers again and again to one kind of request: kept once. Headers are those of the answer that came
-- first; the others tell what differs (src/store/responseshape.h).
CREATE TABLE response_shape(
    id INTEGER PRIMARY KEY,
    destination_id INTEGER NOT NULL REFERENCES destination(id),
    request_id INTEGER REFERENCES request_shape(id),
    headers BLOB NOT NULL,
    body BLOB NOT NULL);

CREATE INDEX response_shape_destination ON response_shape(destination_id);
CREATE INDEX response_shape_request ON response_shape(request_id);

-- Where it is set, shape_id is null and the request is the shape's, response_headers has what differs from the shape's,
-- and an empty response_body stands for the shape's, unless it was dropped.
ALTER TABLE attempt ADD COLUMN response_id INTEGER REFERENCES response_shape(id);

-- By which shapes are found that no attempt uses any more, and bodies that were dropped from all that do.
CREATE INDEX attempt_request ON attempt(shape_id) WHERE shape_id IS NOT NULL;
CREATE INDEX attempt_response ON attempt(response_id, body_dropped_days);
