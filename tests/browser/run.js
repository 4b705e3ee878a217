// The command: which pages, which checks, what to print.
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { planted } from './bad.js';
import { launch } from './browser.js';
import { checkPage } from './checks.js';
import { checkPrint } from './print.js';
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

async function main(args) {
  const browser = await launch();
  try {
    if (args[0] === '--self') return await self(browser);
    if (args[0] === '--shots') {
      const [, out, ...folders] = args;
      for (const file of folders.flatMap(pages)) await shoot(browser, file, out);
      return [folders.flatMap(pages).length, 0];
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
  console.error('usage: browser-test DIR... | --shots OUT DIR... | --self');
  process.exit(2);
}
const [passed, failed] = await main(args);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
