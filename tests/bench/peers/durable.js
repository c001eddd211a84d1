// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0
//
// The job of a sender that loses nothing, as one would write it for Node.js: waiting deliveries are read from SQLite,
// POSTed over kept connections with the headers that the program sends, and what came of each is committed, with all
// headers there and back, in groups, with synchronous=FULL.
//
//     durable.js DATABASE URL CONNECTIONS      prints {"delivered": N, "seconds": S} as JSON
'use strict';

const Database = require('better-sqlite3');
const { Pool } = require('undici');

const [, , path, address, connections] = process.argv;
const url = new URL(address);
const groupLimit = 128;
const groupMilliseconds = 10;
const everyRequest = {
  'content-type': 'application/json', accept: 'application/json', 'accept-encoding': 'identity', 'accept-language': '*',
  'user-agent': 'durable-job/1.0.0',
};
// Put together once: it is the same each time but for the id and the length.
const everyHeader = `host: ${url.host}\r\nconnection: keep-alive\r\n` +
  Object.entries(everyRequest).map(([name, value]) => `${name}: ${value}\r\n`).join('');

const database = new Database(path);
database.pragma('journal_mode = WAL');
database.pragma('synchronous = FULL');
const pageOfWaiting = database.prepare(
  'SELECT delivery.id, alert.payload FROM delivery JOIN alert ON alert.id = delivery.alert_id ' +
  'WHERE delivery.state = 0 AND delivery.id > ? ORDER BY delivery.id LIMIT 256');
const addAttempt = database.prepare(
  'INSERT INTO attempt(delivery_id, started_at, duration_us, status, request_headers, response_headers, response_body) ' +
  'VALUES(?, ?, ?, ?, ?, ?, ?)');
const settle = database.prepare('UPDATE delivery SET state = 3, attempts = attempts + 1, last_status = ? WHERE id = ?');
const pool = new Pool(url.origin, { connections: Number(connections), pipelining: 1 });

let page = [];
let last = 0;
let results = [];
let timer = null;
let delivered = 0;

function next() {
  if (page.length === 0) {
    page = pageOfWaiting.all(last).reverse();
    if (page.length > 0) {
      last = page[0].id;
    }
  }
  return page.pop();
}

const commit = database.transaction((group) => {
  for (const one of group) {
    addAttempt.run(one.id, one.startedAt, one.took, one.status, one.sent, one.headers, one.body);
    settle.run(one.status, one.id);
  }
});

function flush() {
  clearTimeout(timer);
  timer = null;
  if (results.length > 0) {
    const group = results;
    results = [];
    commit.immediate(group);
    delivered += group.length;
  }
}

// As long as the program's.
function idOf(id) {
  return `msg_${String(id).padStart(20, '0')}`;
}

async function send(job) {
  const startedAt = Date.now();
  const start = performance.now();
  const id = idOf(job.id);
  const headers = { ...everyRequest, 'webhook-id': id };
  const answer = await pool.request({ path: url.pathname, method: 'POST', body: job.payload, headers });
  const body = await answer.body.text();
  results.push({
    id: job.id, startedAt, took: Math.round((performance.now() - start) * 1000), status: answer.statusCode,
    sent: `${everyHeader}webhook-id: ${id}\r\ncontent-length: ${job.payload.length}\r\n`,
    headers: JSON.stringify(answer.headers), body,
  });
  if (results.length >= groupLimit) {
    flush();
  } else if (timer === null) {
    timer = setTimeout(flush, groupMilliseconds);
  }
}

async function work() {
  for (let job = next(); job !== undefined; job = next()) {
    await send(job);
  }
}

const begun = process.hrtime.bigint();
Promise.all(Array.from({ length: Number(connections) }, work)).then(() => {
  flush();
  const seconds = Number(process.hrtime.bigint() - begun) / 1e9;
  console.log(JSON.stringify({ delivered, seconds }));
  process.exit(0);
});
