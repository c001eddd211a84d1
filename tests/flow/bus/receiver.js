// SPDX-FileCopyrightText: The Alert Courier authors
// SPDX-License-Identifier: Apache-2.0

// A receiver as an operator would write one: prints each POSTed JSON on a line, answers what the file ANSWER says
// ("200 success" at first). usage: node receiver.js PORT-FILE ANSWER-FILE
'use strict';
const fs = require('fs');
const http = require('http');

const [portFile, answerFile] = process.argv.slice(2);
const server = http.createServer((request, response) => {
  const parts = [];
  request.on('data', (part) => parts.push(part));
  request.on('end', () => {
    console.log(JSON.stringify(JSON.parse(Buffer.concat(parts).toString())));
    const [status, ...words] = fs.readFileSync(answerFile, 'utf8').trim().split(' ');
    response.writeHead(Number(status), {'Content-Type': 'text/plain'});
    response.end(words.join(' '));
  });
});
server.listen(0, '127.0.0.1', () => fs.writeFileSync(portFile, String(server.address().port)));
