// hold.mjs PORT COUNT FROM: opens COUNT connections from the address FROM, has one request answered on each and holds them.
// Prints `held COUNT` when all are there; at SIGTERM `lost COUNT`, how many of them the server has ended meanwhile.

import { connect } from 'node:net';

const [port, count] = process.argv.slice(2, 4).map(Number);
const from = process.argv[4];
const request = 'GET /hello HTTP/1.1\r\nHost: localhost\r\n\r\n';
const atOnce = 100;

let opened = 0;
let held = 0;
let lost = 0;

function die(why) {
  console.log(`failed: ${why}`);
  process.exit(1);
}

function next() {
  if (opened === count) {
    return;
  }
  opened++;
  const socket = connect({ port, host: '127.0.0.1', localAddress: from });
  let answer = '';
  socket.setEncoding('latin1');
  socket.write(request);
  socket.on('data', (text) => {
    answer += text;
    if (answer.endsWith('Hello, World!')) {
      if (!answer.startsWith('HTTP/1.1 200')) {
        die(answer);
      }
      answer = '';
      held++;
      if (held === count) {
        console.log(`held ${held}`);
      }
      next();
    }
  });
  socket.on('error', (error) => (held < count ? die(`${held} held, ${error.message}`) : undefined));
  socket.on('close', () => {
    lost++;
    if (held < count) {
      die(`${held} held, one closed`);
    }
  });
}

for (let i = 0; i < atOnce; i++) {
  next();
}
process.on('SIGTERM', () => {
  console.log(`lost ${lost}`);
  process.exit(0);
});
