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
    await open(browser, file, options, (page) => page.screenshot({ path: `${name}-${sight}.png`, fullPage: true }));
  }
  await open(browser, file, {}, (page) => page.pdf({ path: `${name}.pdf`, format: 'A4' }));
  execFileSync('pdftoppm', ['-r', '70', '-png', `${name}.pdf`, `${name}-print`]);
}
