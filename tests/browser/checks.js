// What every page keeps on a screen. Each check gives faults: `{check, what}`.
import axe from 'axe-core';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { open } from './browser.js';

/** The largest page that is still opened from a mail without a wait. */
const LARGEST = 300 * 1024;

export async function checkPage(browser, file) {
  const faults = [];
  const fault = (check, what) => faults.push({ check, what });
  // A redline holds two documents.
  const most = readFileSync(file, 'utf8').includes('id="document_"') ? 2 * LARGEST : LARGEST;
  if (statSync(file).size > most) fault('size', `${statSync(file).size} bytes`);

  for (const colorScheme of ['light', 'dark']) {
    await open(browser, file, { colorScheme }, async (page, seen) => {
      for (const text of seen.console) fault('console', text);
      const own = pathToFileURL(file).href;
      for (const url of seen.requests) {
        if (url !== own && !url.startsWith('data:')) fault('network', url);
      }
      for (const what of await violations(page)) fault('axe', `${colorScheme}: ${what}`);
      if (colorScheme === 'light') {
        for (const what of await deadLinks(page, file)) fault('links', what);
        for (const what of await keyboard(page)) fault('keyboard', what);
        for (const what of await keys(page)) fault('keys', what);
      }
    });
  }
  for (const width of [1280, 320]) {
    await open(browser, file, { viewport: { width, height: 900 } }, async (page) => {
      const wide = await page.evaluate(() => document.documentElement.scrollWidth);
      if (wide > width) fault('scroll', `${wide} px of page in ${width} px of window`);
      if (width === 320) {
        for (const what of await violations(page)) fault('axe', `320 px: ${what}`);
      }
    });
  }
  await open(browser, file, { viewport: { width: 1440, height: 1000 } }, async (page) => {
    for (const what of await coveredNotes(page)) fault('notes', what);
  });
  const text = (page) => page.evaluate(() => {
    for (const details of document.querySelectorAll('details')) details.open = true;
    const links = [...document.querySelectorAll('nav a')].map((link) => link.textContent);
    return `${document.querySelector('main')?.innerText}\n${links.join('\n')}`;
  });
  const withScript = await open(browser, file, {}, text);
  const without = await open(browser, file, { javaScriptEnabled: false }, text);
  if (withScript !== without) fault('script', 'the text is another one without script');
  return faults;
}

async function violations(page) {
  await page.evaluate(axe.source);
  const found = await page.evaluate(() => window.axe.run(document, {
    resultTypes: ['violations'],
    rules: { 'target-size': { enabled: true } },
  }));
  return found.violations.map((violation) => {
    const places = violation.nodes.slice(0, 3).map((node) => node.target.join(' '));
    return `${violation.id} (${violation.nodes.length}): ${places.join(', ')}`;
  });
}

/** Notes that stand over other text, as they might where they are set beside it. */
const coveredNotes = (page) => page.evaluate(() => {
  const boxes = (selector) => [...document.querySelectorAll(selector)]
    .map((element) => [element, element.getBoundingClientRect()]).filter(([, box]) => box.height > 0);
  const others = boxes('main :is(p, h2, h3, h4, h5, h6, figure)');
  return boxes('main .note').flatMap(([note, box]) => others
    .filter(([other, its]) => !note.contains(other) && box.left < its.right - 1 && its.left < box.right - 1
      && box.top < its.bottom - 1 && its.top < box.bottom - 1)
    .map(([other]) => `"${note.textContent.slice(0, 40)}" over "${other.textContent.slice(0, 40)}"`));
});

/** Links within the page and to pages beside it that lead nowhere, and names given twice. */
async function deadLinks(page, file) {
  const { ids, links } = await page.evaluate(() => ({
    ids: [...document.querySelectorAll('[id]')].map((element) => element.id),
    links: [...document.querySelectorAll('a[href]')].map((link) => link.getAttribute('href')),
  }));
  const dead = ids.filter((id, place) => ids.indexOf(id) !== place).map((id) => `two elements named ${id}`);
  const known = new Map([['', new Set(ids)]]);
  for (const link of new Set(links)) {
    if (/^(https|mailto):/.test(link)) continue;
    const [name, id] = link.split('#');
    if (!known.has(name)) {
      const other = join(dirname(file), decodeURIComponent(name));
      const source = existsSync(other) ? readFileSync(other, 'utf8') : null;
      known.set(name, source && new Set([...source.matchAll(/\sid="([^"]*)"/g)].map((match) => match[1])));
    }
    const targets = known.get(name);
    if (!targets) dead.push(`no file for ${link}`);
    else if (id && !targets.has(decodeURIComponent(id))) dead.push(`nothing named ${link}`);
  }
  return dead;
}

/** The skip link comes first, is seen, and leads to the text; focus can be seen wherever it goes. */
async function keyboard(page) {
  const found = [];
  await page.keyboard.press('Tab');
  const first = await page.evaluate(() => {
    const element = document.activeElement;
    const box = element.getBoundingClientRect();
    return { isSkip: element.matches('a.skip'), seen: box.top >= 0 && box.height >= 24 };
  });
  if (!first.isSkip) return ['the first stop is not the skip link'];
  if (!first.seen) found.push('the skip link is not seen');
  await page.keyboard.press('Enter');
  if (!await page.evaluate(() => document.activeElement.matches('main'))) found.push('the skip link does not lead to the text');
  for (let stop = 0; stop < 12; stop += 1) {
    await page.keyboard.press('Tab');
    const bare = await page.evaluate(() => {
      const element = document.activeElement;
      const style = getComputedStyle(element);
      const drawn = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
      return element === document.body || drawn ? null : element.outerHTML.slice(0, 80);
    });
    if (bare) found.push(`no sign of focus on ${bare}`);
  }
  return found;
}

/** Single keys go through the clauses and show what they do; they can be switched off, and keep out of typing. */
async function keys(page) {
  if (!await page.evaluate(() => document.getElementById('keys_'))) return [];
  const found = [];
  const at = () => page.evaluate(() => document.activeElement.id);
  const isOpen = () => page.evaluate(() => document.querySelector('dialog').open);
  const clauses = await page.evaluate(() => [...document.querySelectorAll('main .clause')].map((clause) => clause.id));
  await page.evaluate(() => { document.activeElement.blur(); scrollTo(0, 0); });
  if (clauses.length > 0) {
    await page.keyboard.press('j');
    const first = await at();
    if (!clauses.includes(first)) found.push('j leads to no clause');
  }
  await page.keyboard.press('?');
  if (!await isOpen()) return [...found, '? does not show the keys'];
  for (const what of await violations(page)) found.push(`the list of keys: ${what}`);
  await page.locator('dialog input').uncheck();
  await page.keyboard.press('Escape');
  if (await isOpen()) found.push('Escape does not close the list of keys');
  await page.keyboard.press('?');
  if (await isOpen()) found.push('the keys cannot be switched off');
  await page.locator('[data-do=help]').click();
  await page.locator('dialog input').check();
  await page.locator('[data-do=close]').click();
  await page.keyboard.press('/');
  if (await at() !== 'filter_') found.push('/ does not lead to the search');
  await page.keyboard.type('jt?');
  if (await isOpen()) found.push('a key works while typing');
  await page.keyboard.press('Escape');
  return found;
}
