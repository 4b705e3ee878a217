// What every page keeps on paper, read from the printed PDF itself.
//
// Before it is printed every block gets a mark where it begins and one where it ends: a word in letters so
// small that nothing moves, in no colour that anyone sees, but which stands in the PDF. The page on which each
// mark comes out tells what was cut, stranded or crowded.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { open } from './browser.js';

const FORMATS = ['A4', 'Letter'];

/** Marks the blocks of the page; gives back what each number stands for. */
const mark = () => {
  const blocks = [];
  const put = (element, number, end) => {
    const word = document.createElement('span');
    word.textContent = `zq${number}${end}qz`;
    word.style.cssText = 'position:absolute;font:1px/1 monospace;color:#fdfdfd;letter-spacing:0';
    if (end === 'b') element.prepend(word);
    else element.append(word);
  };
  const note = (kind, elements, name) => {
    const inSignatures = Boolean(elements[0].closest('#signatures'));
    const inTerms = Boolean(elements[0].closest('#key-terms'));
    const number = blocks.push({ kind, inSignatures, inTerms, name: name.trim().slice(0, 60), heading: null }) - 1;
    for (const element of elements) {
      put(element, number, 'b');
      put(element, number, 'e');
    }
    return number;
  };
  for (const row of document.querySelectorAll('main tbody tr')) note('row', [...row.cells], row.textContent);
  for (const picture of document.querySelectorAll('main .picture')) note('picture', [picture], picture.getAttribute('aria-label') ?? '');
  for (const block of document.querySelectorAll('main section#signatures figure')) {
    const cells = [...block.querySelectorAll('caption, td, th')].filter((cell) => cell.closest('tbody, caption'));
    if (cells.length > 0) note('signature block', [cells[0], cells[cells.length - 1]], block.textContent);
  }
  for (const line of document.querySelectorAll('main p')) note('text', [line], line.textContent);
  for (const heading of document.querySelectorAll('main :is(h1, h2, h3, h4, h5, h6)')) {
    const number = note('heading', [heading], heading.textContent);
    let next = heading.nextElementSibling;
    while (next && !next.matches('p, h1, h2, h3, h4, h5, h6') && next.firstElementChild) next = next.firstElementChild;
    if (next && !next.closest('svg') && next.parentElement) blocks[number].heading = note('follows', [next], next.textContent);
  }
  for (const table of document.querySelectorAll('main table:has(thead)')) {
    const first = table.tBodies[0]?.rows[0];
    // A head that is only heard, as over signatures, is not on paper.
    if (!first || getComputedStyle(table.tHead).position === 'absolute') continue;
    const number = note('table head', [table.tHead.rows[0].cells[0]], table.tHead.textContent);
    blocks[number].heading = note('follows', [first.cells[0]], first.textContent);
  }
  return blocks;
};

/** For each page of the PDF, its text and the numbers of the blocks with a mark on it. */
function read(pdf) {
  const text = execFileSync('pdftotext', ['-raw', pdf, '-'], { encoding: 'utf8', maxBuffer: 1 << 28 });
  return text.split('\f').slice(0, -1).map((page) => ({
    text: page,
    marks: new Set([...page.matchAll(/zq(\d+)[be]qz/g)].map((match) => Number(match[1]))),
  }));
}

export async function checkPrint(browser, file) {
  const faults = [];
  const folder = mkdtempSync(join(tmpdir(), 'engross-print-'));
  try {
    for (const format of FORMATS) {
      const pdf = join(folder, `${format}.pdf`);
      const { blocks, title } = await open(browser, file, {}, async (page) => {
        const blocks = await page.evaluate(mark);
        await page.pdf({ path: pdf, format, printBackground: false });
        return { blocks, title: await page.title() };
      });
      const pages = read(pdf);
      if (basename(file) === 'key-terms.html' && pages.length > 1) {
        faults.push({ check: 'one page', what: `${format}: the key terms take ${pages.length} pages` });
      }
      for (const fault of judge(pages, blocks, title)) faults.push({ ...fault, what: `${format}: ${fault.what}` });
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
  return faults;
}

function judge(pages, blocks, title) {
  const faults = [];
  const fault = (check, what) => faults.push({ check, what });
  const where = (number) => pages.flatMap((page, place) => (page.marks.has(number) ? [place + 1] : []));
  blocks.forEach((block, number) => {
    const on = where(number);
    if (on.length === 0) fault('print', `${block.kind} is not printed: ${block.name}`);
    if (on.length > 1 && !['text', 'follows', 'table head'].includes(block.kind)) {
      fault('cut', `${block.kind} cut between pages ${on.join(' and ')}: ${block.name}`);
    }
    if (block.heading !== null && !where(block.heading).includes(on[0])) {
      fault('stranded', `${block.kind} at the foot of page ${on[0]}: ${block.name}`);
    }
  });
  const terms = new Set(blocks.flatMap((block, number) => (block.inTerms ? where(number) : [])));
  if (terms.size > 1) fault('one page', `the key terms are on pages ${[...terms].join(' and ')}`);
  const signed = blocks.flatMap((block, number) => (block.inSignatures ? where(number) : []));
  const sheets = [...new Set(signed)];
  if (sheets.length > 1) fault('signatures', `on pages ${sheets.join(' and ')}`);
  if (sheets.length === 1) {
    const page = pages[sheets[0] - 1];
    const others = [...page.marks].filter((number) => !blocks[number].inSignatures);
    if (others.length > 0) fault('signatures', `not alone on page ${sheets[0]}: ${blocks[others[0]].name}`);
    if (!flat(page.text).includes(flat(title))) fault('signatures', 'the page does not say what is signed');
  }
  return faults;
}

const flat = (text) => text.replace(/zq\d+[be]qz/g, '').replace(/\s+/g, '');
