// The command: which pages, which checks, what to print.
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { planted } from './bad.js';
import { launch } from './browser.js';
import { checkPage } from './checks.js';
import { checkPrint } from './print.js';
import { checkRedline, spoiled } from './redline.js';
import { shoot } from './shots.js';

const pages = (folder) => readdirSync(folder).filter((name) => name.endsWith('.html')).sort()
  .map((name) => resolve(join(folder, name)));

const faults = async (browser, file) => [...await checkPage(browser, file), ...await checkPrint(browser, file)];

/** Each planted fault must be found, and the good page beside them must have none. */
async function self(browser) {
  const folder = mkdtempSync(join(tmpdir(), 'engross-bad-'));
  let failed = 0;
  const plan = planted();
  try {
    for (const [place, { check, what, html }] of plan.entries()) {
      const file = join(folder, `${place}.html`);
      writeFileSync(file, html);
      const found = await faults(browser, file);
      const ok = check === null ? found.length === 0 : found.some((fault) => fault.check === check);
      if (!ok) failed += 1;
      console.log(`${ok ? 'ok  ' : 'FAIL'} ${check ?? 'none'}: ${what}`);
      for (const fault of found) console.log(`       ${fault.check}: ${fault.what}`);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
  return [plan.length - failed, failed];
}

/** A redline and the pages of its two documents: all that every page keeps, and what redlines do. */
async function redline(browser, file, texts) {
  const found = [...await faults(browser, file), ...await checkRedline(browser, file, texts)];
  console.log(`${found.length > 0 ? 'FAIL' : 'ok  '} ${file}`);
  for (const fault of found) console.log(`       ${fault.check}: ${fault.what}`);
  return found.length > 0 ? [0, 1] : [1, 0];
}

/** Each fault planted in a redline must be found by its check. */
async function redlineSelf(browser, file, texts) {
  const plan = spoiled(readFileSync(file, 'utf8'));
  const folder = mkdtempSync(join(tmpdir(), 'engross-spoiled-'));
  let failed = 0;
  try {
    for (const { check, what, html } of plan) {
      const bad = join(folder, 'redline.html');
      writeFileSync(bad, html);
      const seen = await checkRedline(browser, bad, texts, check);
      const ok = check === null ? seen.length === 0 : seen.some((fault) => fault.check === check);
      if (!ok) failed += 1;
      console.log(`${ok ? 'ok  ' : 'FAIL'} ${check ?? 'none'}: ${what}`);
      if (!ok) for (const fault of seen) console.log(`       ${fault.check}: ${fault.what}`);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
  return [plan.length - failed, failed];
}

async function main(args) {
  const browser = await launch();
  try {
    if (args[0] === '--self') return await self(browser);
    if (args[0] === '--shots') {
      const [, out, ...folders] = args;
      for (const file of folders.flatMap(pages)) await shoot(browser, file, out);
      return [folders.flatMap(pages).length, 0];
    }
    if (args[0] === '--redline' || args[0] === '--redline-self') {
      const [file, old, young] = args.slice(1).map((name) => resolve(name));
      return await (args[0] === '--redline' ? redline : redlineSelf)(browser, file, [old, young]);
    }
    const files = args.flatMap(pages);
    let failed = 0;
    for (const file of files) {
      const found = await faults(browser, file);
      if (found.length > 0) failed += 1;
      console.log(`${found.length > 0 ? 'FAIL' : 'ok  '} ${file}`);
      for (const fault of found) console.log(`       ${fault.check}: ${fault.what}`);
    }
    return [files.length - failed, failed];
  } finally {
    await browser.close();
  }
}

const args = process.argv.slice(2);
if (args.length === 0) {
  console.error('usage: browser-test DIR... | --shots OUT DIR... | --redline[-self] REDLINE OLD NEW | --self');
  process.exit(2);
}
const [passed, failed] = await main(args);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
