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

export async function shoot(browser, file, out) {
  mkdirSync(out, { recursive: true });
  const name = join(out, basename(file, '.html'));
  for (const [sight, options] of Object.entries(SIGHTS)) {
    await open(browser, file, options, async (page) => {
      // What a long page leaves out until it comes into sight is in the picture of all of it.
      await page.addStyleTag({ content: '* { content-visibility: visible !important; }' });
      await page.screenshot({ path: `${name}-${sight}.png`, fullPage: true });
      // Two texts side by side, where a page has that and room for it.
      const side = page.locator('#side_');
      if (await side.count() > 0 && await side.isVisible()) {
        await side.check();
        await page.screenshot({ path: `${name}-${sight}-side.png`, fullPage: true });
      }
    });
  }
  await open(browser, file, {}, (page) => page.pdf({ path: `${name}.pdf`, format: 'A4' }));
  execFileSync('pdftoppm', ['-r', '70', '-png', `${name}.pdf`, `${name}-print`]);
}
