// Takes the picture of the README anew, from a draft of the sample:
//   target/release/engross draft samples/saas-alliance && node docs/picture.mjs samples/saas-alliance/out
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { launch, open } from '../tests/browser/browser.js';

const here = dirname(fileURLToPath(import.meta.url));
const browser = await launch();
await open(browser, join(process.argv[2], 'exhibit-economics.html'), { viewport: { width: 1240, height: 1030 } }, async (page) => {
  await page.evaluate(() => document.getElementById('tiers').scrollIntoView());
  await page.evaluate(() => scrollBy(0, -12));
  await page.screenshot({ path: join(here, 'draft.png') });
});
await browser.close();
