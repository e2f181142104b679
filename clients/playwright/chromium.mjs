// Chromium, and pages that write down what goes wrong on them.

import { chromium } from 'playwright-core';
import { accessSync, constants } from 'node:fs';

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

export const desktop = { viewport: { width: 1280, height: 800 } };
export const phone = {
  viewport: { width: 375, height: 740 },
  deviceScaleFactor: 2,
  isMobile: true,
  hasTouch: true,
};

function executable() {
  for (const path of [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser']) {
    try {
      accessSync(path ?? '', constants.X_OK);
      return path;
    } catch {
      // The next one.
    }
  }
  throw new Error('no chromium: install it (Debian: chromium), or say where it is in CHROMIUM');
}

export function launch() {
  return chromium.launch({ executablePath: executable(), args: flags });
}

/// A page of its own context (an empty cache) whose troubles go to `wrong`: failed requests, answers that are errors,
/// complaints on the console, exceptions of scripts. `page.answers` counts the good ones.
export async function open(browser, shape, wrong) {
  const context = await browser.newContext(shape);
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  page.answers = 0;
  page.left = false;
  page.on('requestfailed', (request) => {
    // A page that is left drops what it was still loading.
    if (!(page.left && request.failure()?.errorText === 'net::ERR_ABORTED')) {
      wrong(`${request.url()}: ${request.failure()?.errorText}`);
    }
  });
  page.on('response', (response) => {
    page.answers++;
    if (response.status() >= 400) {
      wrong(`${response.url()}: ${response.status()}`);
    }
  });
  page.on('console', (message) => {
    // Chromium asks for a favicon by itself; that a site has none is no fault.
    const icon = message.location().url.endsWith('/favicon.ico');
    if (!icon && (message.type() === 'error' || message.type() === 'warning')) {
      wrong(`${page.url()}: console: ${message.text()} (${message.location().url})`);
    }
  });
  page.on('pageerror', (error) => wrong(`${page.url()}: ${error.message}`));
  return page;
}

/// Goes there and waits until what the page names has been loaded.
export async function go(page, url) {
  page.left = true;
  const response = await page.goto(url, { waitUntil: 'commit' });
  page.left = false;
  await page.waitForLoadState('load');
  return response;
}

/// Clicks a link, or taps it on a phone, and waits for the page that it leads to.
export async function follow(page, link) {
  const url = new URL(await link.evaluate((a) => a.href));
  await link.scrollIntoViewIfNeeded();
  page.left = true;
  if (await page.evaluate(() => navigator.maxTouchPoints > 0)) {
    await link.tap();
  } else {
    await link.click();
  }
  await page.waitForURL((at) => at.pathname === url.pathname && at.search === url.search);
  page.left = false;
  await page.waitForLoadState('load');
}

/// How many images the page has; those without pixels are wrong.
export async function images(page, wrong) {
  const all = await page.evaluate(async () => {
    const pictures = [...document.images];
    await Promise.allSettled(pictures.map((picture) => picture.decode()));
    return pictures.map((picture) => [picture.currentSrc || picture.src, picture.naturalWidth]);
  });
  for (const [source, width] of all) {
    if (!(width > 0)) {
      wrong(`${page.url()}: the image ${source} did not load`);
    }
  }
  return all.length;
}

/// Nothing sticks out of the window to the side.
export async function fits(page, wrong) {
  const [content, window] = await page.evaluate(() => [
    document.documentElement.scrollWidth,
    document.documentElement.clientWidth,
  ]);
  if (content > window) {
    wrong(`${page.url()}: ${content} px wide in a window of ${window}`);
  }
}
