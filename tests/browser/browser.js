// One browser for all pages, kept off the network.
import { chromium } from 'playwright-core';
import { execFileSync } from 'node:child_process';
import { pathToFileURL } from 'node:url';

const path = () => {
  const name = process.env.CHROMIUM ?? 'chromium';
  return name.includes('/') ? name : execFileSync('which', [name], { encoding: 'utf8' }).trim();
};

export const launch = () => chromium.launch({
  executablePath: path(),
  headless: true,
  args: [
    '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync',
  ],
});

/** Opens `file` in a fresh context and hands the page to `use`. */
export async function open(browser, file, options, use) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  try {
    const page = await context.newPage();
    const seen = { console: [], requests: [] };
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) seen.console.push(message.text());
    });
    page.on('pageerror', (error) => seen.console.push(String(error)));
    page.on('request', (request) => seen.requests.push(request.url()));
    await page.goto(pathToFileURL(file).href, { waitUntil: 'load' });
    return await use(page, seen);
  } finally {
    await context.close();
  }
}
