// Takes the pictures of the README anew, from a draft of the sample and from a redline of it and a later version:
//   target/release/engross draft samples/saas-alliance && node docs/picture.mjs samples/saas-alliance/out
//   target/release/engross redline samples/saas-alliance/deal.toml later.toml --out redline && node docs/picture.mjs redline
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { launch, open } from '../tests/browser/browser.js';

const here = dirname(fileURLToPath(import.meta.url));
const folder = process.argv[2];
const browser = await launch();
const redline = join(folder, 'redline.html');
if (existsSync(redline)) {
  await open(browser, redline, { viewport: { width: 1240, height: 1030 } }, async (page) => {
    // The table of tiers, with the change that it begins with.
    await page.evaluate(() => {
      const figure = [...document.querySelectorAll('#document_ figure')].find((one) => one.id === 'at_tiers-table' || one.querySelector('caption')?.textContent.trim() === 'Tiers');
      const change = figure.querySelector('[data-c]').dataset.c;
      document.querySelector(`.changes a[href="#c${change}"]`).click();
    });
    await page.evaluate(() => scrollBy(0, 180));
    await page.screenshot({ path: join(here, 'redline.png') });
  });
} else {
  await open(browser, join(folder, 'exhibit-economics.html'), { viewport: { width: 1240, height: 1030 } }, async (page) => {
    await page.evaluate(() => document.getElementById('tiers').scrollIntoView());
    await page.evaluate(() => scrollBy(0, -12));
    await page.screenshot({ path: join(here, 'draft.png') });
  });
}
await browser.close();
