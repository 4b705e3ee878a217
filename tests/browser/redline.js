// What the page of a redline keeps, beside what every page does: both texts are in it, to be had by anybody who
// takes elements out; keys, filters, ticks, export, two texts side by side, the cover sheet on paper.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { open } from './browser.js';

/** The checks of the redline in `file`, or `only` one; with `texts`, the pages of both documents, the proof too. */
export async function checkRedline(browser, file, texts = null, only = null) {
  const faults = [];
  const run = async (check, options, use) => {
    if (only !== null && check !== only) return;
    try {
      const found = await open(browser, file, options, use);
      for (const what of found) faults.push({ check, what });
    } catch (error) {
      faults.push({ check, what: String(error).split('\n')[0] });
    }
  };
  if (texts && [null, 'proof'].includes(only)) {
    const [was, is] = [await linesOf(browser, texts[0]), await linesOf(browser, texts[1])];
    await run('proof', {}, (page) => proof(page, was, is));
  }
  await run('spoken', {}, spoken);
  await run('keys', {}, keys);
  await run('filters', {}, filters);
  await run('filters', { javaScriptEnabled: false }, filters);
  await run('ticks', {}, ticks);
  await run('export', {}, exported);
  await run('side', { viewport: { width: 1440, height: 1000 } }, sideBySide);
  await run('side', { viewport: { width: 1000, height: 900 } }, narrow);
  await run('links', {}, linked);
  await run('cover', { viewport: { width: 1440, height: 1000 } }, cover);
  return faults;
}

const tidy = (text) => text.split('\n').map((line) => line.replace(/\s+/g, ' ').trim()).filter(Boolean);

/** The lines of a document's own page: a line for each heading, paragraph and cell, labels in front. */
async function linesOf(browser, file) {
  const text = await open(browser, file, {}, (page) => page.evaluate(() => {
    const copy = document.querySelector('main').cloneNode(true);
    for (const other of copy.querySelectorAll('.self, .picture, .name')) other.remove();
    // A letter stands before the words of its item, which are a block of their own.
    for (const label of copy.querySelectorAll('.label')) {
      const words = document.createTreeWalker(label.nextElementSibling, NodeFilter.SHOW_TEXT);
      let first = words.nextNode();
      while (first && first.data.trim() === '') first = words.nextNode();
      if (first) first.data = `${label.textContent} ${first.data}`;
      label.remove();
    }
    for (const block of copy.querySelectorAll('h1, h2, h3, h4, h5, h6, p, caption, th, td, li')) block.append('\n');
    return copy.textContent;
  }));
  return tidy(text);
}

/** Without `<del>` the new text is left, without `<ins>` the old one: nothing of ours is asked. */
async function proof(page, was, is) {
  const left = (name) => page.evaluate((gone) => {
    const copy = document.getElementById('document_').cloneNode(true);
    for (const element of copy.querySelectorAll(gone)) element.remove();
    return copy.textContent;
  }, name);
  const found = [];
  for (const [gone, lines, name] of [['del', is, 'new'], ['ins', was, 'old']]) {
    const got = tidy(await left(gone));
    const place = lines.findIndex((line, at) => line !== got[at]);
    if (place >= 0) found.push(`line ${place} of the ${name} text is "${lines[place]}", the page has "${got[place]}"`);
    else if (got.length !== lines.length) found.push(`${got.length - lines.length} lines more than the ${name} text`);
  }
  if (was.join('\n') === is.join('\n')) found.push('the two texts are the same, so nothing is proved');
  return found;
}

/** Every mark begins with a word that is heard, not seen and not copied. */
const spoken = (page) => page.evaluate(() => {
  const found = [];
  for (const mark of document.querySelectorAll('#document_ :is(ins, del)[data-c]:not(.mark, .aside)')) {
    if (mark.closest('.label, .number')) continue;
    const said = mark.querySelector(':scope > .say');
    if (!said || said.textContent.trim() === '') found.push(`nothing is said of "${mark.textContent.slice(0, 40)}"`);
    else {
      const style = getComputedStyle(said);
      if (style.display === 'none' || style.visibility === 'hidden') found.push('what is said is hidden from everybody');
      if (style.userSelect !== 'none') found.push('what is said is copied');
      if (said.getBoundingClientRect().width > 1) found.push('what is said is seen');
    }
  }
  const marks = document.querySelectorAll('#document_ :is(ins, del)[data-c]').length;
  return marks === 0 ? ['there is no mark'] : [...new Set(found)].slice(0, 5);
});

const count = (page) => page.evaluate(() => document.querySelectorAll('.changes li').length);
const current = (page) => page.evaluate(() => Number(document.activeElement.dataset.c ?? 0));

async function keys(page) {
  const found = [];
  const all = await count(page);
  if (all < 3) return [`${all} changes are too few to try keys`];
  await page.keyboard.press('n');
  if (await current(page) !== 1) found.push(`n leads to ${await current(page)}, not to the first change`);
  await page.keyboard.press('n');
  await page.keyboard.press('n');
  await page.keyboard.press('p');
  if (await current(page) !== 2) found.push(`n n n p leads to ${await current(page)}, not to the second change`);
  const at = await page.evaluate(() => {
    const box = document.activeElement.getBoundingClientRect();
    return box.top >= 0 && box.bottom <= innerHeight && document.querySelector('.changes [aria-current]')?.hash;
  });
  if (at !== '#c2') found.push('the change that n leads to is not in sight, or not shown in the list');
  const checked = (id) => page.evaluate((name) => document.getElementById(name).checked, id);
  for (const [key, id] of [['o', 'old_'], ['i', 'new_'], ['b', 'side_']]) {
    await page.keyboard.press(key);
    if (!await checked(id)) found.push(`${key} does not choose ${id}`);
    await page.keyboard.press(key);
    if (!await checked('both_')) found.push(`${key} again does not lead back`);
  }
  await page.keyboard.press('s');
  if (await checked('k_wording') || !await checked('k_substance')) found.push('s does not leave substance alone');
  const weights = await page.evaluate(() => [...document.querySelectorAll('.changes li')].map((item) => item.className));
  const next = weights.findIndex((name, place) => place > 1 && name.includes('k-s')) + 1;
  if (next > 0) {
    await page.keyboard.press('n');
    if (await current(page) !== next) found.push(`with substance alone n leads to ${await current(page)}, not ${next}`);
  }
  await page.keyboard.press('s');
  if (!await checked('k_wording')) found.push('s again does not mark everything');
  await page.keyboard.press('?');
  const isOpen = () => page.evaluate(() => document.querySelector('dialog').open);
  if (!await isOpen()) return [...found, '? does not show the keys'];
  await page.locator('#single_').uncheck();
  await page.keyboard.press('Escape');
  await page.keyboard.press('?');
  if (await isOpen()) found.push('the keys cannot be switched off');
  await page.locator('[data-do=help]').click();
  await page.locator('#single_').check();
  await page.locator('#said_').uncheck();
  await page.locator('[data-do=close]').click();
  const silent = await page.evaluate(() => getComputedStyle(document.querySelector('.say')).display === 'none');
  if (!silent) found.push('what is said cannot be switched off');
  return found;
}

/** Boxes work with and without script. */
async function filters(page) {
  const found = [];
  const script = await page.evaluate(() => document.documentElement.classList.contains('scripted'));
  const rendered = (selector) => page.evaluate((wanted) => [...document.querySelectorAll(wanted)]
    .filter((element) => element.checkVisibility({ contentVisibilityAuto: false }) && element.getClientRects().length > 0).length, selector);
  const lined = (selector) => page.evaluate((wanted) => [...document.querySelectorAll(wanted)]
    .filter((element) => getComputedStyle(element).textDecorationLine !== 'none').length, selector);
  const check = (id, on) => page.locator(`#${id}`).setChecked(on, { force: true });
  if (await rendered('#document_ ins') === 0 || await rendered('#document_ del') === 0) return ['no marks are seen'];
  await check('new_', true);
  if (await rendered('#document_ del') > 0) found.push('deletions are seen in the new text');
  if (await lined('#document_ ins:not(.say, .aside)') > 0) found.push('insertions are marked in the new text');
  await check('old_', true);
  if (await rendered('#document_ ins') > 0) found.push('insertions are seen in the old text');
  if (await lined('#document_ del:not(.say, .aside)') > 0) found.push('deletions are marked in the old text');
  await check('both_', true);
  const note = () => page.evaluate(() => getComputedStyle(document.querySelector('.hidden-note')).display !== 'none');
  if (await note()) found.push('it says that something is not marked when all is');
  for (const [id, kind] of [['k_substance', 'k-s'], ['k_wording', 'k-w'], ['k_noise', 'k-n'], ['k_move', 'k-m']]) {
    await check(id, false);
    if (await rendered(`#document_ del.${kind}:not(del.${kind} del)`) > 0) found.push(`deletions are seen with ${id} off`);
    if (await lined(`#document_ ins.${kind}`) > 0) found.push(`insertions are marked with ${id} off`);
    if (await rendered(`.changes li.${kind}`) > 0) found.push(`the list shows changes with ${id} off`);
    if (!await note()) found.push(`nothing says that some changes are not marked with ${id} off`);
    await check(id, true);
  }
  await check('only_', true);
  const others = await page.evaluate(() => [...document.querySelectorAll('#document_ > section:not(.has-s, .has-w, .has-m, .has-n)')]
    .flatMap((section) => [...section.children]).filter((line) => line.getClientRects().length > 0 && !line.matches('.way > .head')).length);
  if (others > 0) found.push(`${others} lines of unchanged sections are seen`);
  if (await rendered('#document_ > :is(.has-s, .has-w) > .line') === 0) found.push('changed sections are not seen');
  const before = await rendered('#document_ > section > .line:not(.head)');
  await check('k_substance', false);
  if (await rendered('#document_ > section > .line:not(.head)') >= before) found.push('sections with changes that are not marked stay');
  return found.map((what) => (script ? what : `without script: ${what}`));
}

async function ticks(page) {
  const found = [];
  const all = await count(page);
  const said = () => page.evaluate(() => document.querySelector('.progress output').value);
  const done = () => page.evaluate(() => [...document.querySelectorAll('.changes li')].flatMap((item, place) => (item.querySelector('input').checked ? [place + 1] : [])).join());
  if (await said() !== `0 of ${all} reviewed`) found.push(`at first it says "${await said()}"`);
  await page.locator('.changes .tick input').first().check();
  await page.keyboard.press('n');
  await page.keyboard.press('n');
  await page.keyboard.press('r');
  if (await said() !== `2 of ${all} reviewed`) found.push(`after two ticks it says "${await said()}"`);
  const before = await done();
  await page.reload();
  if (await done() !== before || before === '') found.push(`ticks ${before} are ${await done()} after the page is loaded again`);
  if (await said() !== `2 of ${all} reviewed`) found.push('the count is lost');
  const stored = await page.evaluate(() => [Object.keys(localStorage).join(), document.querySelector('main').dataset.key]);
  if (!stored[0].includes(stored[1])) found.push('the ticks are not kept under the digests of the two texts');
  return found;
}

async function exported(page) {
  const found = [];
  const all = await count(page);
  await page.locator('.changes .tick input').first().check();
  const saved = async (action) => {
    const [download] = await Promise.all([page.waitForEvent('download', { timeout: 5000 }), page.locator(`[data-do=${action}]`).click()]);
    return readFileSync(await download.path(), 'utf8');
  };
  const { changes } = JSON.parse(await saved('json'));
  if (changes.length !== all) found.push(`JSON has ${changes.length} of ${all} changes`);
  if (changes[0]?.reviewed !== true || changes[1]?.reviewed !== false) found.push('JSON does not say what is reviewed');
  if (!changes.some((change) => change.was) || !changes.some((change) => change.is)) found.push('JSON has no texts');
  if (changes.some((change) => /\[(deleted|inserted)/.test(change.was + change.is))) found.push('what is only said is exported');
  const rows = (await saved('csv')).replace(/^\ufeff/, '').trim().split('\r\n');
  if (rows.filter((row) => /^"\d+",/.test(row)).length !== all) found.push('CSV has not a row for each change');
  if (!rows[1].endsWith('"true"')) found.push('CSV does not say what is reviewed');
  if (rows.some((row) => /(^|,)"[=+@-]/.test(row))) found.push('a cell of the CSV is a formula');
  return found;
}

async function sideBySide(page) {
  const found = [];
  await page.locator('#side_').check();
  const seen = await page.evaluate(() => {
    const box = (element) => element.getBoundingClientRect();
    const shown = (element) => element.getClientRects().length > 0;
    const lefts = [...document.querySelectorAll('#document_ .left')];
    return {
      pairs: lefts.length,
      askew: lefts.filter((left) => {
        const right = left.nextElementSibling;
        return Math.abs(box(left).top - box(right).top) > 12 || box(left).right > box(right).left;
      }).length,
      inLeft: [...document.querySelectorAll('.left ins:not(.aside, .say, .aside *)')].filter(shown).length,
      inRight: [...document.querySelectorAll('.right del:not(.aside, .say, .bare)')].filter(shown).length,
      wide: document.documentElement.scrollWidth > innerWidth,
      twice: [...document.querySelectorAll('[id]')].map((element) => element.id).filter((id, place, ids) => ids.indexOf(id) !== place),
    };
  });
  if (seen.pairs === 0) found.push('there is no second text');
  if (seen.askew > 0) found.push(`${seen.askew} of ${seen.pairs} lines do not stand beside each other`);
  if (seen.inLeft > 0) found.push(`${seen.inLeft} insertions stand in the old text`);
  if (seen.inRight > 0) found.push(`${seen.inRight} deletions stand in the new text`);
  if (seen.wide) found.push('the page is wider than its window');
  if (seen.twice.length > 0) found.push(`two elements named ${seen.twice[0]}`);
  await page.keyboard.press('n');
  if (!await page.evaluate(() => document.activeElement.getClientRects().length > 0 && document.activeElement !== document.body)) found.push('n leads to nothing that is seen');
  return found;
}

/** There is no room for two texts below 1,100 px. */
async function narrow(page) {
  if (await page.locator('#side_').isVisible()) return ['two texts are offered where there is no room'];
  await page.evaluate(() => document.getElementById('side_').click());
  return await page.evaluate(() => [...document.querySelectorAll('#document_ .left')].some((left) => left.getClientRects().length > 0)
    || ![...document.querySelectorAll('#document_ del')].some((mark) => mark.getClientRects().length > 0))
    ? ['without room for two texts the marks are not seen'] : [];
}

/** Every change is in the list and leads to its mark; from a term to its changes and back. */
const linked = (page) => page.evaluate(() => {
  const found = [];
  const marked = new Set([...document.querySelectorAll('#document_ [data-c]')].map((mark) => Number(mark.dataset.c)));
  const listed = new Set([...document.querySelectorAll('.changes li')].map((item) => item.value));
  for (const number of marked) if (!listed.has(number)) found.push(`change ${number} is not in the list`);
  for (const number of listed) {
    if (!document.querySelector(`#document_ #c${number}[data-c="${number}"]`)) found.push(`change ${number} has no place`);
  }
  for (const link of document.querySelectorAll('.places a:not(.ref)')) {
    const term = link.closest('tr').id;
    const back = [...document.querySelectorAll('.changes li')].find((item) => `#c${item.value}` === link.getAttribute('href'))
      ?.querySelector(`a[href="#${term}"]`);
    if (!back) found.push(`change ${link.textContent} does not lead back to ${term}`);
  }
  return found.slice(0, 5);
});

/** On paper the cover comes first, on sheets of its own; the text is inline whatever the screen shows. */
async function cover(page) {
  const found = [];
  await page.evaluate(() => {
    const word = (text) => {
      const mark = document.createElement('span');
      mark.textContent = text;
      mark.style.cssText = 'position:absolute;font:1px/1 monospace;color:#fdfdfd;letter-spacing:0';
      return mark;
    };
    const sheet = document.getElementById('cover_');
    sheet.querySelector('h1').prepend(word('zqfirstqz'));
    sheet.append(word('zqlastqz'));
    document.querySelector('#document_ .line').prepend(word('zqtextqz'));
  });
  await page.locator('#side_').check();
  const folder = mkdtempSync(join(tmpdir(), 'engross-cover-'));
  try {
    const pdf = join(folder, 'page.pdf');
    await page.pdf({ path: pdf, format: 'A4' });
    const pages = execFileSync('pdftotext', ['-raw', pdf, '-'], { encoding: 'utf8', maxBuffer: 1 << 28 }).split('\f');
    const on = (text) => pages.flatMap((one, place) => one.split(text).slice(1).map(() => place));
    const [first, last, text] = [on('zqfirstqz'), on('zqlastqz'), on('zqtextqz')];
    if (first[0] !== 0) found.push('the cover does not come first');
    if (text.length !== 1) found.push(`the text is printed ${text.length} times`);
    if (last.length !== 1 || last[0] >= text[0]) found.push('the text begins on a sheet of the cover');
    if (!pages.join('').includes('1 of') && !/Page 1/.test(pages.join(''))) found.push('pages are not counted');
  } finally {
    rmSync(folder, { recursive: true });
  }
  return found;
}

/** The page with one fault each; `check` is what must find it. */
export function spoiled(html) {
  // A page that is changed may not keep the digest of its script.
  const free = html.replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, '');
  const change = (from, to) => {
    if (!(from instanceof RegExp ? from.test(free) : free.includes(from))) throw new Error(`nothing to spoil: ${from}`);
    return free.replace(from, to);
  };
  const style = (rule) => change('</style>', `${rule}</style>`);
  const script = (from, to) => change(from, to);
  return [
    { check: null, what: 'the page as it is', html: free },
    { check: 'proof', what: 'an insertion that is not marked', html: change(/<ins class="k-s" data-c="(\d+)" id="c\1">(.*?)<\/ins>/s, '$2') },
    { check: 'proof', what: 'a word lost', html: change(/(<p class="line">)\w+ /, '$1') },
    { check: 'proof', what: 'a remark that is part of the text', html: change(/(<p class="line"[^>]*>)/, '$1<span>moved</span> ') },
    { check: 'spoken', what: 'marks without a word', html: change(/<(ins|del) class="say" role="none">\[(inserted|deleted):/g, '<$1 class="say" role="none">') },
    { check: 'spoken', what: 'words that are copied', html: style('.say { user-select: text; -webkit-user-select: text; }') },
    { check: 'keys', what: 'a key that does nothing', html: script('n: () => step(true)', 'n: () => {}') },
    { check: 'keys', what: 'keys that cannot be switched off', html: script('!single.checked', 'false') },
    { check: 'filters', what: 'deletions in the new text', html: style('body:has(#new_:checked) .text del.k-s { display: inline !important; }') },
    { check: 'filters', what: 'a filter that does not filter', html: style('body:has(#k_substance:not(:checked)) .text del.k-s { display: inline !important; }') },
    { check: 'filters', what: 'unchanged sections that stay', html: style('.text > section > * { display: block !important; }') },
    { check: 'ticks', what: 'ticks that are forgotten', html: script('localStorage.setItem(key,', 'String(key,') },
    { check: 'export', what: 'an export without what is reviewed', html: script("reviewed: item.classList.contains('seen')", 'reviewed: false') },
    { check: 'side', what: 'columns that do not stand side by side', html: style('.left { margin-top: 3rem !important; }') },
    { check: 'side', what: 'insertions in the old text', html: style('.left ins { display: inline !important; }') },
    { check: 'links', what: 'a change that is in no list', html: change(/<li class="k-\w" value="2".*?<\/li>/s, '') },
    { check: 'cover', what: 'a cover that shares its sheet', html: style('@media print { .sheet { break-after: auto !important; } }') },
    { check: 'cover', what: 'both texts on paper', html: style('@media print { .left { display: block !important; } }') },
  ];
}
