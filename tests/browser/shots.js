// Pictures of a page as people see it: wide, narrow, dark, printed.
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { open } from './browser.js';

const SIGHTS = {
  wide: { viewport: { width: 1440, height: 1000 } },
  narrow: { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2 },
  dark: { viewport: { width: 1440, height: 1000 }, colorScheme: 'dark' },
};

/** The tallest picture that is taken: the beginning of a long page says how it looks. */
const TALLEST = 12000;

async function whole(page, path) {
  const { width, height } = await page.evaluate(() => ({
    width: document.documentElement.scrollWidth, height: document.documentElement.scrollHeight,
  }));
  await page.screenshot({ path, fullPage: true, clip: { x: 0, y: 0, width, height: Math.min(height, TALLEST) } });
}

export async function shoot(browser, file, out) {
  mkdirSync(out, { recursive: true });
  const name = join(out, basename(file, '.html'));
  for (const [sight, options] of Object.entries(SIGHTS)) {
    await open(browser, file, options, async (page) => {
      // What a long page leaves out until it comes into sight is in the picture of all of it.
      await page.addStyleTag({ content: '* { content-visibility: visible !important; }' });
      await whole(page, `${name}-${sight}.png`);
      // Two texts side by side, where a page has that and room for it.
      const side = page.locator('#side_');
      if (await side.count() > 0 && await side.isVisible()) {
        await side.check();
        await whole(page, `${name}-${sight}-side.png`);
      }
    });
  }
  await open(browser, file, {}, (page) => page.pdf({ path: `${name}.pdf`, format: 'A4' }));
  execFileSync('pdftoppm', ['-r', '70', '-png', `${name}.pdf`, `${name}-print`]);
}
