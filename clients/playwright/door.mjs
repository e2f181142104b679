// door.mjs DOOR-URL RESULTS SCREENSHOTS: a person at the page of a file library. For each check it leaves files in the folder
// RESULTS: NAME.wrong (a line each), NAME.note and NAME.done.

import { createHash, randomBytes } from 'node:crypto';
import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { desktop, fits, go, launch, open, phone } from './chromium.mjs';

const [door, results, screenshots] = process.argv.slice(2);
mkdirSync(screenshots, { recursive: true });
const browser = await launch();

/// Runs `visit` with a fresh page; what it returns is the note.
///
/// @param expected troubles that belong to the check
async function check(name, shape, visit, expected = []) {
  const wrong = (text) => {
    if (!expected.some((part) => text.includes(part))) {
      appendFileSync(`${results}/${name}.wrong`, `${text}\n`);
    }
  };
  let page;
  try {
    page = await open(browser, shape, wrong);
    const note = await visit(page, wrong);
    await page.waitForLoadState('networkidle');
    writeFileSync(`${results}/${name}.note`, note ?? '');
  } catch (error) {
    wrong(`${page?.url()}: ${error.message.split('\n').slice(0, 3).join(' ')}`);
    await page?.screenshot({ path: `${screenshots}/wrong-${name}.png` }).catch(() => {});
  }
  await page?.context().close();
  writeFileSync(`${results}/${name}.done`, '');
}

function same(wrong, what, seen, wanted) {
  if (JSON.stringify(seen) !== JSON.stringify(wanted)) {
    wrong(`${what}: ${JSON.stringify(seen)} in place of ${JSON.stringify(wanted)}`);
  }
}

async function names() {
  const list = await (await fetch(`${door}/api/files`)).json();
  return list.files.map((file) => file.name);
}

async function text(name) {
  return (await fetch(`${door}/${encodeURIComponent(name)}`)).text();
}

function file(name, contents) {
  return { name, mimeType: 'application/octet-stream', buffer: Buffer.from(contents) };
}

function shown(page) {
  return page.locator('tbody td:first-child a').allInnerTexts();
}

async function ended(page, name, state) {
  await page.locator('#uploads li', { hasText: name }).locator('.state', { hasText: state }).waitFor();
}

await check('page', desktop, async (page, wrong) => {
  await go(page, `${door}/`);
  await page.locator('input[type=file]').setInputFiles([file('a <b>.txt', 'of a'), file('ünï.txt', ''), file('other.txt', 'other')]);
  await page.getByRole('button', { name: 'Upload' }).click();
  for (const name of ['a <b>.txt', 'ünï.txt', 'other.txt']) {
    await ended(page, name, 'stored');
  }
  await page.locator('tbody tr').nth(2).waitFor();
  same(wrong, 'listed', await shown(page), ['a <b>.txt', 'other.txt', 'ünï.txt']);
  same(wrong, 'stored', await text('a <b>.txt'), 'of a');
  same(wrong, 'progress', await page.locator('#uploads progress').first().evaluate((bar) => bar.value), 1);
  await page.screenshot({ path: `${screenshots}/page.png` });

  const dropped = await page.evaluateHandle(() => {
    const data = new DataTransfer();
    data.items.add(new File(['was dropped'], 'dropped.txt'));
    return data;
  });
  await page.dispatchEvent('body', 'dragenter', { dataTransfer: dropped });
  same(wrong, 'shows that it may be dropped', await page.evaluate(() => document.body.className), 'drop');
  await page.dispatchEvent('body', 'drop', { dataTransfer: dropped });
  await ended(page, 'dropped.txt', 'stored');
  same(wrong, 'dropped', await text('dropped.txt'), 'was dropped');

  // A name that is taken.
  await page.locator('input[type=file]').setInputFiles([file('other.txt', 'another')]);
  await page.getByRole('button', { name: 'Upload' }).click();
  await ended(page, 'other.txt', 'already');
  same(wrong, 'not replaced', await text('other.txt'), 'other');

  page.on('dialog', (dialog) => dialog.accept());
  await page.getByRole('button', { name: 'Delete other.txt' }).click();
  await page.locator('tbody tr', { hasText: 'other.txt' }).waitFor({ state: 'detached' });
  same(wrong, 'left', await names(), ['a <b>.txt', 'dropped.txt', 'ünï.txt']);

  await page.getByRole('link', { name: 'a <b>.txt', exact: true }).click();
  await page.waitForURL('**/a%20*');
  same(wrong, 'read', (await page.locator('body').innerText()).trim(), 'of a');
}, ['/api/uploads: 403', 'status of 403']);

await check('resume', desktop, async (page, wrong) => {
  const bytes = randomBytes(20 << 20);
  await go(page, `${door}/`);
  let cut = 0;
  const offsets = [];
  await page.route('**/api/uploads/*', (route) => {
    const request = route.request();
    if (request.method() === 'PATCH') {
      offsets.push(Number(request.headers()['upload-offset']));
      if (offsets.length === 2) {
        cut++;
        return route.abort('connectionreset');
      }
    }
    return route.continue();
  });
  await page.locator('input[type=file]').setInputFiles([file('large.bin', bytes)]);
  await page.getByRole('button', { name: 'Upload' }).click();
  await ended(page, 'large.bin', 'stored');
  same(wrong, 'pieces', offsets, [0, 8 << 20, 8 << 20, 16 << 20]);
  const list = await (await fetch(`${door}/api/files`)).json();
  const sum = list.files.find((one) => one.name === 'large.bin')?.sha256;
  same(wrong, 'checksum', sum, createHash('sha256').update(bytes).digest('hex'));
  return `${cut}`;
}, ['net::ERR_CONNECTION_RESET']);

await check('form', { ...desktop, javaScriptEnabled: false }, async (page, wrong) => {
  await go(page, `${door}/`);
  await page.locator('input[type=file]').setInputFiles([file('by form 1.txt', 'one'), file('by "form" 2.txt', 'two')]);
  await page.getByRole('button', { name: 'Upload' }).click();
  await page.locator('tbody tr', { hasText: 'by form 1.txt' }).waitFor();
  same(wrong, 'first', await text('by form 1.txt'), 'one');
  same(wrong, 'second', await text('by "form" 2.txt'), 'two');
  same(wrong, 'nothing that needs the script', await page.getByRole('button', { name: /Delete/ }).count(), 0);
});

await check('phone', { ...phone, colorScheme: 'dark' }, async (page, wrong) => {
  await go(page, `${door}/`);
  const long = `${'a name so long that it fits no phone, '.repeat(3)}${'and_has_no_place_to_break'.repeat(3)}.txt`;
  await page.locator('input[type=file]').setInputFiles([file(long, 'x')]);
  await page.getByRole('button', { name: 'Upload' }).tap();
  await ended(page, 'a name so long', 'stored');
  await page.locator('tbody tr', { hasText: 'a name so long' }).waitFor();
  await fits(page, wrong);
  await page.screenshot({ path: `${screenshots}/phone-dark.png`, fullPage: true });
  const low = await page.locator('tbody td:first-child a').evaluateAll((all) => all.filter((a) => a.getBoundingClientRect().height < 24).length);
  same(wrong, 'links too low for a thumb', low, 0);
  const [red, green, blue] = await page.evaluate(() => getComputedStyle(document.body).backgroundColor.match(/\d+/g).map(Number));
  if (red + green + blue > 3 * 128) {
    wrong(`a light page in the dark: ${red} ${green} ${blue}`);
  }
});

// A page of somebody else, at another port of the same host and under another name of it.
const other = createServer((_, answer) => answer.setHeader('Content-Type', 'text/html').end('<!doctype html><title>Other</title>'));
await new Promise((listening) => other.listen(0, '127.0.0.1', listening));
for (const host of ['127.0.0.1', 'localhost']) {
  await check('foreign', desktop, async (page, wrong) => {
    const before = await names();
    await go(page, `http://${host}:${other.address().port}/`);
    await page.evaluate(async (to) => {
      const form = new FormData();
      form.append('file', new File(['evil'], 'evil.txt'));
      await fetch(`${to}/`, { method: 'POST', mode: 'no-cors', body: form }).catch(() => {});
      await fetch(`${to}/evil.txt`, { method: 'PUT', body: 'evil' }).catch(() => {});
      await fetch(`${to}/dropped.txt`, { method: 'DELETE' }).catch(() => {});
      await fetch(`${to}/api/files`).then(
        () => Promise.reject(new Error('another site has read the list')),
        () => {},
      );
    }, door);
    same(wrong, 'changed by another site', await names(), before);
  }, [': 403', 'status of 403', 'net::ERR_FAILED', 'CORS', ': 405', 'status of 405']);
}
other.close();

await browser.close();
