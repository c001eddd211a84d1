// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0
//
// check.mjs PROGRAM SIGNINGDESK: the program signs, others verify. Run by tests/signing/run, which installs the others.

import { spawn, execFileSync } from 'node:child_process';
import crypto from 'node:crypto';
import fs from 'node:fs';
import http from 'node:http';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';

const [program, signingDesk] = process.argv.slice(2);
const require = createRequire(path.join(process.cwd(), 'package.json'));
const verifiers = { standardwebhooks: require('standardwebhooks').Webhook, svix: require('svix').Webhook };
const alertsEach = 25;

const directory = fs.mkdtempSync(path.join(os.tmpdir(), 'signing-'));
const data = path.join(directory, 'data');
fs.mkdirSync(data, { mode: 0o700 });
const environment = { ...process.env, DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent', QT_QPA_PLATFORM: 'offscreen' };
let accepted = 0;
let refused = 0;

function expect(holds, what) {
    if (!holds) {
        throw new Error(what);
    }
}

const desk = (...args) => execFileSync(signingDesk, [data, ...args], { env: environment }).toString().trim();

// Each alert is refused at first, so that it comes twice and is signed twice.
const received = [];
const receiver = http.createServer((request, response) => {
    const parts = [];
    request.on('data', (part) => parts.push(part));
    request.on('end', () => {
        const first = !received.some((one) => one.headers['webhook-id'] === request.headers['webhook-id']);
        received.push({ url: request.url, headers: request.headers, body: Buffer.concat(parts) });
        response.writeHead(first ? 503 : 200).end('seen');
    });
});

async function until(holds, what) {
    for (let i = 0; i < 600 && !holds(); ++i) {
        await new Promise((done) => setTimeout(done, 50));
    }
    expect(holds(), `${what} did not come in time`);
}

function submit(count, mark) {
    const lines = [];
    for (let i = 0; i < count; ++i) {
        lines.push(JSON.stringify({ id: 'Signing.Check', severity: 'HIGH', title: `Grüße ${mark} ${i} \u{1f525}`,
            alertContext: { mark, i, text: 'x'.repeat(i * 97) } }));
    }
    execFileSync(program, ['--data-dir', data, 'submit'], { input: lines.join('\n'), env: environment });
}

function changes(request) {
    const body = Buffer.from(request.body);
    body[body.length >> 1] ^= 1;
    const changed = (name, value) => ({ ...request, headers: { ...request.headers, [name]: value } });
    return [{ ...request, body }, { ...request, body: Buffer.concat([request.body, Buffer.from(' ')]) },
        changed('webhook-id', request.headers['webhook-id'] + '0'),
        changed('webhook-timestamp', String(Number(request.headers['webhook-timestamp']) + 1)),
        changed('webhook-timestamp', String(Number(request.headers['webhook-timestamp']) - 3600)),
        changed('webhook-signature', request.headers['webhook-signature'].replaceAll('v1,', 'v1,A'))];
}

function takes(Verifier, secret, request) {
    try {
        new Verifier(secret).verify(request.body, request.headers);
        return true;
    } catch {
        return false;
    }
}

function check(requests, good, bad) {
    for (const [name, Verifier] of Object.entries(verifiers)) {
        for (const request of requests) {
            for (const secret of good) {
                expect(takes(Verifier, secret, request), `${name} refuses a request that is as it was sent`);
                ++accepted;
                for (const changed of changes(request)) {
                    expect(!takes(Verifier, secret, changed), `${name} takes a request that was changed`);
                    ++refused;
                }
            }
            for (const secret of bad) {
                expect(!takes(Verifier, secret, request), `${name} takes a signature of another secret`);
                ++refused;
            }
        }
    }
}

// Neither package knows v1a: Node.js' own Ed25519 stands in for them.
function takesKey(publicKey, request) {
    const spki = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), Buffer.from(publicKey.slice(5), 'base64')]);
    const key = crypto.createPublicKey({ key: spki, format: 'der', type: 'spki' });
    const content = Buffer.concat([
        Buffer.from(`${request.headers['webhook-id']}.${request.headers['webhook-timestamp']}.`), request.body]);
    return request.headers['webhook-signature'].split(' ').filter((one) => one.startsWith('v1a,'))
        .some((one) => crypto.verify(null, content, key, Buffer.from(one.slice(4), 'base64')));
}

function checkKeys(requests, good, bad) {
    for (const request of requests) {
        for (const key of good) {
            expect(takesKey(key, request), 'a request signed by Ed25519 is not as it was sent');
            ++accepted;
            const body = changes(request)[0];
            expect(!takesKey(key, body), 'a request signed by Ed25519 was changed and taken');
            ++refused;
        }
        for (const key of bad) {
            expect(!takesKey(key, request), 'a signature of another key is taken');
            ++refused;
        }
    }
}

async function round(mark) {
    const before = received.length;
    submit(alertsEach, mark);
    // Two destinations, two attempts each.
    await until(() => received.length >= before + 4 * alertsEach, `what ${mark} sends`);
    const all = received.slice(before);
    const of = (url) => all.filter((one) => one.url === url);
    const hmac = of('/hmac');
    const ids = new Set(hmac.map((one) => one.headers['webhook-id']));
    expect(ids.size === alertsEach && hmac.length === 2 * alertsEach, 'each alert comes twice under one id');
    return { hmac, ed25519: of('/ed25519') };
}

async function main() {
    await new Promise((done) => receiver.listen(0, '127.0.0.1', done));
    const url = `http://127.0.0.1:${receiver.address().port}`;
    const first = desk('add', 'HMAC', `${url}/hmac`, 'standard');
    const firstKey = desk('add', 'Ed25519', `${url}/ed25519`, 'standard-ed25519');
    const courier = spawn(program, ['--data-dir', data, '--background', '--no-intake'], { env: environment, stdio: 'inherit' });
    try {
        let sent = await round('one secret');
        check(sent.hmac, [first], []);
        checkKeys(sent.ed25519, [firstKey], []);

        const second = desk('rotate', 'HMAC', '24');
        const secondKey = desk('rotate', 'Ed25519', '24');
        await new Promise((done) => setTimeout(done, 1500)); // the sender notices within a second
        sent = await round('two secrets');
        check(sent.hmac, [first, second], []);
        checkKeys(sent.ed25519, [firstKey, secondKey], []);

        const third = desk('rotate', 'HMAC', '0');
        const thirdKey = desk('rotate', 'Ed25519', '0');
        await new Promise((done) => setTimeout(done, 1500));
        sent = await round('the new secret alone');
        check(sent.hmac, [third], [first, second]);
        checkKeys(sent.ed25519, [thirdKey], [firstKey, secondKey]);
    } finally {
        courier.kill('SIGTERM');
        await new Promise((done) => (courier.exitCode === null ? courier.once('exit', done) : done()));
        receiver.close();
        receiver.closeAllConnections();
        fs.rmSync(directory, { recursive: true, force: true });
    }
    console.log(`${received.length} signed requests through a rotation, by ${Object.keys(verifiers).join(' and ')}: ` +
        `${accepted} times accepted, and refused ${refused} times when changed or by another secret.`);
}

main().catch((error) => {
    console.error(`signing: ${error.message}`);
    process.exitCode = 1;
});
