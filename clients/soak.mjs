// soak.mjs PORT SECONDS RETRIES: clients of all kinds at once against a testee.
//
// Well-behaved ones send a body of their own and expect it back, on kept connections and on new ones; what comes back wrong,
// or not at all, is printed. Beside them: connections that are reset at once, in floods; heads that never end; bodies that
// stall; answers that nobody reads; handlers that throw; bytes that are no HTTP. The last line counts: answered, retried,
// wrong, faults. RETRIES is how often a request may be sent again whose connection was reset: its process was killed.

import http from 'node:http';
import net from 'node:net';
import crypto from 'node:crypto';

const [port, seconds, retries] = process.argv.slice(2).map(Number);
const end = Date.now() + seconds * 1000;
const count = { answered: 0, retried: 0, wrong: 0, faults: 0 };
const patience = 60_000;
const pause = ms => new Promise(done => setTimeout(done, ms));

function ask(agent, body) {
  return new Promise((resolve, reject) => {
    const request = http.request({ host: '127.0.0.1', port, method: 'POST', path: '/', agent, timeout: patience }, answer => {
      const parts = [];
      answer.on('data', part => parts.push(part));
      answer.on('error', reject);
      answer.on('end', () => resolve({ status: answer.statusCode, body: Buffer.concat(parts) }));
    });
    request.on('timeout', () => request.destroy(new Error('no answer within a minute')));
    request.on('error', reject);
    request.end(body);
  });
}

async function wellBehaved(keepAlive) {
  while (Date.now() < end) {
    // A kept connection is given up well before the server's idle time, so that they do not cross.
    const agent = new http.Agent({ keepAlive, maxSockets: 1 });
    for (let i = 0; i < 20 && Date.now() < end; i++) {
      const body = crypto.randomBytes(crypto.randomInt(1, 30_000));
      for (let attempt = 0; ; attempt++) {
        try {
          const answer = await ask(agent, body);
          if (answer.status !== 200 || !answer.body.equals(body)) {
            count.wrong++;
            console.log(`wrong: ${answer.status}, ${answer.body.length} of ${body.length} bytes`);
          } else {
            count.answered++;
          }
          break;
        } catch (error) {
          if (attempt < retries) {
            count.retried++;
            continue;
          }
          count.wrong++;
          console.log(`wrong: ${error.message}`);
          break;
        }
      }
    }
    agent.destroy();
    await pause(crypto.randomInt(1, 50));
  }
}

// fault(MOST, CONNECTED): a connection that does harm, then goes after a while in disorder.
function fault(most, connected) {
  return new Promise(resolve => {
    count.faults++;
    const socket = net.connect(port, '127.0.0.1', () => connected(socket));
    const over = setTimeout(() => {
      // Node 20 loses a socket for good that is to be reset before it is connected, and turns for ever when it ends.
      if (socket.connecting) socket.destroy();
      else socket.resetAndDestroy();
    }, crypto.randomInt(1, most));
    socket.on('error', () => {});
    socket.on('close', () => {
      clearTimeout(over);
      resolve();
    });
  });
}

const faults = [
  () => Promise.all(Array.from({ length: 50 }, () => fault(20, () => {}))),
  () => fault(4_000, socket => socket.write('GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ')),
  () => fault(4_000, socket => socket.write('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\nabc')),
  () => fault(4_000, socket => {
    socket.pause();
    socket.write('GET /stream?bytes=100000000 HTTP/1.1\r\nHost: x\r\n\r\n');
  }),
  () => fault(1_000, socket => socket.write('GET /fail HTTP/1.1\r\nHost: x\r\n\r\n')),
  () => fault(500, socket => socket.write(crypto.randomBytes(500))),
  () => fault(300, socket => {
    socket.write('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nab');
    socket.end();
  }),
];

async function illBehaved(which) {
  while (Date.now() < end) {
    await faults[which]();
    await pause(crypto.randomInt(1, 100));
  }
}

const all = [];
for (let i = 0; i < 4; i++) all.push(wellBehaved(true), wellBehaved(false));
for (let i = 0; i < faults.length * 3; i++) all.push(illBehaved(i % faults.length));
await Promise.all(all);
console.log(`${count.answered} answered, ${count.retried} retried, ${count.wrong} wrong, ${count.faults} faults`);
process.exit(count.wrong > 0 ? 1 : 0);
