// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

// Receivers over TLS, one port for each NAME, which shows NAME.crt and NAME.key of FOLDER. One that is named NAME:AUTHORITY
// takes only clients whose certificate AUTHORITY.crt has signed. Prints a line of JSON for what it gets, with the name of
// who sent it, and answers 200. A line "NAME OTHER" on stdin: from now on NAME shows OTHER's certificate; it prints so.
// With the end of stdin it ends.
// usage: node tlsreceiver.js FOLDER PORTS-FILE NAME[:AUTHORITY] ...
'use strict';
const fs = require('fs');
const https = require('https');
const path = require('path');
const readline = require('readline');

const [folder, portsFile, ...wanted] = process.argv.slice(2);
const read = (file) => fs.readFileSync(path.join(folder, file));
const identity = (name) => ({cert: read(name + '.crt'), key: read(name + '.key')});
const clients = (authority) => (authority ? {requestCert: true, ca: read(authority + '.crt')} : {});
const print = (what) => console.log(JSON.stringify(what));
const receivers = {};
const ports = {};

function take(name, request, response) {
  const parts = [];
  const {subject} = request.socket.getPeerCertificate();
  request.on('data', (part) => parts.push(part));
  request.on('end', () => {
    print({at: name, client: subject ? subject.CN : null, alert: JSON.parse(Buffer.concat(parts).toString())});
    // Each request by a connection of its own: each sees the certificate that is shown by then.
    response.writeHead(200, {'Content-Type': 'text/plain', 'Connection': 'close'});
    response.end('success');
  });
}

for (const [name, authority] of wanted.map((one) => one.split(':'))) {
  receivers[name] = https.createServer({...identity(name), ...clients(authority)},
                                       (request, response) => take(name, request, response));
  receivers[name].listen(0, '127.0.0.1', () => {
    ports[name] = receivers[name].address().port;
    if (Object.keys(ports).length === wanted.length) {
      fs.writeFileSync(portsFile + '.new', JSON.stringify(ports));
      fs.renameSync(portsFile + '.new', portsFile);
    }
  });
}

const commands = readline.createInterface({input: process.stdin});
commands.on('line', (line) => {
  const [name, other] = line.split(' ');
  receivers[name].setSecureContext(identity(other));
  print({at: name, shows: other});
});
commands.on('close', () => process.exit());
