// visit.mjs SITE-URL WELCOME-URL RESULTS SCREENSHOTS PAGES: a person at a browser. For each check it leaves files in the
// folder RESULTS: NAME.wrong (a line each), NAME.note and NAME.done.

import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { desktop, fits, follow, go, images, launch, open, phone } from './chromium.mjs';

const [site, welcome, results, screenshots, pages] = process.argv.slice(2);
mkdirSync(screenshots, { recursive: true });
const browser = await launch();

/// Runs `visit` with a fresh page; what it returns is the note.
async function check(name, shape, visit) {
  const wrong = (text) => appendFileSync(`${results}/${name}.wrong`, `${text}\n`);
  let page;
  try {
    page = await open(browser, shape, wrong);
    const note = await visit(page, wrong);
    // What scripts still load may fail, too.
    await page.waitForLoadState('networkidle');
    writeFileSync(`${results}/${name}.note`, note);
  } catch (error) {
    wrong(`${page?.url()}: ${error.message.split('\n').slice(0, 3).join(' ')}`);
    await page?.screenshot({ path: `${screenshots}/wrong-${name}.png` }).catch(() => {});
  }
  await page?.context().close();
  writeFileSync(`${results}/${name}.done`, '');
}

function shot(page, name) {
  return page.screenshot({ path: `${screenshots}/${name}.png` });
}

function same(page, wrong, what, seen, wanted) {
  if (JSON.stringify(seen) !== JSON.stringify(wanted)) {
    wrong(`${page.url()}: ${what}: ${JSON.stringify(seen)} in place of ${JSON.stringify(wanted)}`);
  }
}

/// Clicks from page to page of a site: always to the first page that has not been seen, else back to its start.
async function walk(page, wrong, start) {
  const seen = new Set();
  let pictures = 0;
  await go(page, start);
  while (true) {
    seen.add(new URL(page.url()).pathname);
    pictures += await images(page, wrong);
    if (seen.size >= pages) {
      break;
    }
    const next = await unseenLink(page, start, seen);
    if (next) {
      await follow(page, next);
    } else if (page.url() !== start) {
      await go(page, start);
    } else {
      break;
    }
  }
  return { seen: seen.size, pictures };
}

async function unseenLink(page, start, seen) {
  for (const link of await page.locator('a[href]:visible').all()) {
    const url = new URL(await link.evaluate((a) => a.href));
    if (url.href.startsWith(start) && url.pathname.endsWith('.html') && !seen.has(url.pathname)) {
      return link;
    }
  }
  return undefined;
}

// The javadoc: its pages by clicking, and its search, which needs the index files.
await check('javadoc', desktop, async (page, wrong) => {
  const walked = await walk(page, wrong, `${site}/apidocs/`);
  await go(page, `${site}/apidocs/index.html`);
  await shot(page, 'javadoc');
  await page.locator('#search-input').pressSequentially('Session');
  await page.locator('.ui-menu-item, .search-result-link, #search-results a').first().waitFor();
  await page.keyboard.press('Escape');
  return `${walked.seen} pages`;
});

// The coverage report: many small images.
await check('coverage', desktop, async (page, wrong) => {
  const walked = await walk(page, wrong, `${site}/coverage/`);
  if (walked.pictures === 0) {
    wrong('no images at all');
  }
  return `${walked.seen} pages, ${walked.pictures} images`;
});

await check('images', desktop, async (page, wrong) => {
  await go(page, `${site}/gallery/shown/`);
  const count = await images(page, wrong);
  same(page, wrong, 'images', count, 12);
  await shot(page, 'gallery');
  // Each by itself, through the listing.
  for (const name of ['large.jpg', 'medium.webp', 'small.png', 'drawing.svg', 'dot.gif']) {
    await go(page, `${site}/gallery/`);
    await follow(page, page.locator(`a[href="${name}"]`));
    if (name.endsWith('.svg')) {
      same(page, wrong, 'root', await page.evaluate(() => document.documentElement.tagName), 'svg');
    } else {
      same(page, wrong, 'images', await images(page, wrong), 1);
    }
  }
  return `${count}`;
});

async function names(page) {
  return page.locator('tbody tr:not(.parent):visible a').allInnerTexts();
}

/// The listing, as a person with that window uses it.
async function listing(page, wrong, name) {
  const start = `${site}/files/`;
  await go(page, start);
  await fits(page, wrong);
  const byName = ['archive', 'photos', 'a tale.txt', 'Book.pdf', 'film.mp4', 'page 2.html', 'page 10.html', 'song.mp3', long, 'tool.zip'];
  same(page, wrong, 'by name', await names(page), byName);
  await shot(page, `listing-${name}`);

  await follow(page, page.locator('thead a', { hasText: 'Size' }));
  await fits(page, wrong);
  const sizes = async () =>
    page.locator('td.size[title]').evaluateAll((cells) => cells.map((cell) => parseInt(cell.title.replaceAll(/\D/g, ''), 10)));
  const first = await sizes();
  same(page, wrong, 'by size', first, [...first].sort((a, b) => a - b));
  await follow(page, page.locator('thead a', { hasText: 'Size' }));
  same(page, wrong, 'by size, once more', await sizes(), [...first].sort((a, b) => b - a));
  await shot(page, `listing-${name}-by-size`);
  await follow(page, page.locator('thead a', { hasText: 'Modified' }));
  const dates = await page.locator('tbody tr:not(.parent) time').evaluateAll((all) => all.map((one) => one.dateTime));
  if (dates.length !== byName.length) {
    wrong(`${dates.length} dates`);
  }
  const files = dates.slice(2);
  const sorted = [...files].sort();
  if (JSON.stringify(files) !== JSON.stringify(sorted) && JSON.stringify(files) !== JSON.stringify(sorted.reverse())) {
    wrong(`not by date: ${files}`);
  }

  await follow(page, page.locator('tbody a', { hasText: 'photos' }));
  same(page, wrong, 'in the folder', await names(page), ['2025', 'one.png', 'two.png']);
  await follow(page, page.locator('tbody a', { hasText: '2025' }));
  await shot(page, `listing-${name}-empty`);
  await fits(page, wrong);
  await page.goBack();
  await page.waitForLoadState('load');
  same(page, wrong, 'back', await names(page), ['2025', 'one.png', 'two.png']);
  await follow(page, page.locator('tr.parent a'));
  same(page, wrong, 'up', (await names(page)).length, byName.length);

  await page.locator('input[type=search]').fill('PAGE');
  same(page, wrong, 'filtered', await names(page), ['page 2.html', 'page 10.html']);
  await shot(page, `listing-${name}-filtered`);
  await page.locator('input[type=search]').fill('');
  await follow(page, page.locator('tbody a', { hasText: 'a tale.txt' }));
  same(page, wrong, 'text', (await page.locator('body').innerText()).trim(), 'Once upon a time, ünïcode.');
  return `${page.answers}`;
}

const long = 'this is a name so long that it does not fit into one line of any phone, ' + 'nor_has_it_a_place_to_be_broken_at'.repeat(2) + '.txt';

await check('listing', desktop, (page, wrong) => listing(page, wrong, 'desktop'));
await check('phone', phone, async (page, wrong) => {
  const note = await listing(page, wrong, 'phone');
  await go(page, `${site}/files/`);
  const low = await page.locator('tbody a').evaluateAll((all) => all.filter((a) => a.getBoundingClientRect().height < 24).length);
  same(page, wrong, 'links too low for a thumb', low, 0);
  return note;
});
await check('dark', { ...phone, colorScheme: 'dark' }, async (page, wrong) => {
  await go(page, `${site}/files/`);
  await shot(page, 'listing-phone-dark');
  const [red, green, blue] = await page.evaluate(() => getComputedStyle(document.body).backgroundColor.match(/\d+/g).map(Number));
  if (red + green + blue > 3 * 128) {
    wrong(`a light page in the dark: ${red} ${green} ${blue}`);
  }
  return '';
});

await check('welcome', desktop, async (page, wrong) => {
  await go(page, `${welcome}/`);
  await images(page, wrong);
  await fits(page, wrong);
  await page.screenshot({ path: `${screenshots}/welcome.png`, fullPage: true });
  const small = await open(browser, { ...phone, colorScheme: 'dark' }, wrong);
  await go(small, `${welcome}/`);
  await fits(small, wrong);
  await small.screenshot({ path: `${screenshots}/welcome-phone-dark.png`, fullPage: true });
  await small.context().close();
  return '';
});

await browser.close();
