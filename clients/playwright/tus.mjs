// tus.mjs DOOR-URL: the JavaScript client of tus. Ends with 0 if all held.

import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import * as tus from 'tus-js-client';

const [door] = process.argv.slice(2);
const endpoint = `${door}/api/uploads`;
const bytes = randomBytes(5_000_000);

/// Sends all, or up to `most` bytes; gives the upload.
function send(name, more = {}, most = Infinity) {
  return new Promise((resolve, reject) => {
    const upload = new tus.Upload(bytes, {
      endpoint,
      chunkSize: 1_000_000,
      metadata: { filename: name, filetype: 'application/octet-stream' },
      retryDelays: [100, 500],
      onChunkComplete(_, accepted) {
        if (accepted >= most) {
          upload.abort().then(() => resolve(upload), reject);
        }
      },
      onSuccess: () => resolve(upload),
      onError: reject,
      ...more,
    });
    upload.start();
  });
}

async function stored(name) {
  const answer = await fetch(`${door}/${encodeURIComponent(name)}`);
  return answer.ok ? Buffer.from(await answer.arrayBuffer()) : null;
}

async function offset(url) {
  const answer = await fetch(url, { method: 'HEAD', headers: { 'Tus-Resumable': '1.0.0' } });
  return answer.ok ? Number(answer.headers.get('Upload-Offset')) : answer.status;
}

// In pieces.
await send('ünï by tus.bin');
assert.deepEqual(await stored('ünï by tus.bin'), bytes);

// Aborted, and gone on with by another client.
const cut = await send('resumed.bin', {}, 2_000_000);
assert.equal(await stored('resumed.bin'), null);
const from = await offset(cut.url);
assert.ok(from >= 2_000_000 && from < bytes.length, `at ${from}`);
let first;
await send('resumed.bin', {
  uploadUrl: cut.url,
  onProgress: (sent) => (first ??= sent),
});
assert.ok(first >= from, `began at ${first}`);
assert.deepEqual(await stored('resumed.bin'), bytes);

// Ended.
const unwanted = await send('unwanted.bin', {}, 1_000_000);
await tus.Upload.terminate(unwanted.url);
assert.equal(await offset(unwanted.url), 404);
assert.equal(await stored('unwanted.bin'), null);

// Nothing is replaced, and the client does not try again.
await send('resumed.bin').then(
  () => assert.fail('a file was replaced'),
  (error) => assert.equal(error.originalResponse.getStatus(), 403),
);
