// gallery.mjs FOLDER: pictures in each format that Chromium can write, and a page that shows them.

import { mkdirSync, writeFileSync } from 'node:fs';
import { launch } from './chromium.mjs';

const folder = process.argv[2];
mkdirSync(folder, { recursive: true });

const formats = { png: 'image/png', jpg: 'image/jpeg', webp: 'image/webp' };
const sizes = { small: [160, 120], medium: [800, 600], large: [3000, 2000] };

const browser = await launch();
const page = await browser.newPage();
const names = [];
for (const [size, [width, height]] of Object.entries(sizes)) {
  for (const [ending, type] of Object.entries(formats)) {
    const data = await page.evaluate(
      ([width, height, type]) => {
        const canvas = document.createElement('canvas');
        Object.assign(canvas, { width, height });
        const pen = canvas.getContext('2d');
        const sky = pen.createLinearGradient(0, 0, width, height);
        sky.addColorStop(0, '#1a56c4');
        sky.addColorStop(1, '#f0b95a');
        pen.fillStyle = sky;
        pen.fillRect(0, 0, width, height);
        for (let i = 0; i < 400; i++) {
          pen.fillStyle = `hsl(${i * 47} 70% 60% / .5)`;
          pen.beginPath();
          pen.arc((i * 7919) % width, (i * 104729) % height, width / 40, 0, 7);
          pen.fill();
        }
        return canvas.toDataURL(type, 0.9);
      },
      [width, height, type],
    );
    if (!data.startsWith(`data:${type};`)) {
      throw new Error(`this Chromium cannot write ${type}`);
    }
    names.push(`${size}.${ending}`);
    writeFileSync(`${folder}/${size}.${ending}`, Buffer.from(data.split(',')[1], 'base64'));
  }
}
await browser.close();

writeFileSync(
  `${folder}/drawing.svg`,
  '<svg xmlns="http://www.w3.org/2000/svg" width="160" height="120"><circle cx="80" cy="60" r="50" fill="#2b9a66"/></svg>\n',
);
writeFileSync(
  `${folder}/dot.gif`,
  Buffer.from('R0lGODlhAQABAPAAANmWKgAAACH5BAAAAAAALAAAAAABAAEAAAICRAEAOw==', 'base64'),
);
writeFileSync(
  `${folder}/drawing.bmp`,
  // 1 × 1, 24 bits.
  Buffer.from('Qk06AAAAAAAAADYAAAAoAAAAAQAAAAEAAAABABgAAAAAAAQAAAATCwAAEwsAAAAAAAAAAAAAxFYaAA==', 'base64'),
);
names.push('drawing.svg', 'dot.gif', 'drawing.bmp');

mkdirSync(`${folder}/shown`, { recursive: true });
writeFileSync(
  `${folder}/shown/index.html`,
  `<!doctype html><html lang="en"><meta charset="utf-8"><title>Gallery</title>
<style>body { font: 1rem sans-serif } img { height: 8rem; margin: .25rem; border-radius: .25rem }</style>
<h1>Gallery</h1><p>${names.map((name) => `<a href="../${name}"><img src="../${name}" alt="${name}"></a>`).join('\n')}</p></html>\n`,
);
