// Pages with one fault each, to prove that every check finds what it is for; the first has none.

const page = (body, style = '', side = '') => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>The Agreement</title><style>
.skip { position: absolute; left: 0; top: -9rem; padding: 1rem; } .skip:focus { top: 0; }
:focus-visible { outline: 2px solid #000; } main:focus { outline: none; }
section#signatures { break-before: page; break-after: page; }
tr, figure { break-inside: avoid; } h1, h2, h3 { break-after: avoid; } p { margin: 0 0 1em; }
@page { margin: 20mm; @top-left { content: "The Agreement"; } }
${style}</style></head><body><a class="skip" href="#text_">Skip to the text</a>
<nav aria-label="Contents"><a href="#one">One</a></nav>${side}
<main id="text_" tabindex="-1"><h1>The Agreement</h1><section id="one"><h2>One</h2><p>Some text.</p>${body}</section>
</main></body></html>`;

const lines = (count) => Array.from({ length: count }, (_, number) => `Line ${number}<br>`).join('');
const rows = (count, height) => Array.from({ length: count }, (_, number) => `<tr><th scope="row">Row ${number}</th><td>${lines(height)}</td></tr>`).join('');
const table = (inner) => `<table><caption>A table</caption><thead><tr><th scope="col">What</th><th scope="col">How</th></tr></thead><tbody>${inner}</tbody></table>`;
const signatures = '<section id="signatures"><h3>Signatures</h3><figure><table><caption>For one</caption><tbody><tr><th scope="row">Name</th><td>Somebody</td></tr></tbody></table></figure></section><p>After it.</p>';

export const planted = () => [
  { check: null, what: 'a good page', html: page(table(rows(30, 5)) + signatures) },
  { check: 'cut', what: 'rows that may be cut', html: page(table(rows(8, 17)), 'tr { break-inside: auto; }') },
  { check: 'cut', what: 'one row cut just before its last line', html: page(`<p style="height:180mm"></p>${table(rows(1, 9))}`, 'tr { break-inside: auto; }') },
  { check: 'stranded', what: 'a heading at the foot of a page', html: page('<div style="height:192mm"></div><h3>Left alone</h3><p style="break-inside:avoid">' + lines(12) + '</p>', 'h3 { break-after: auto; }') },
  { check: 'stranded', what: 'a table head without a row', html: page(`<p style="height:188mm"></p>${table(rows(2, 12))}`) },
  { check: 'signatures', what: 'a signature page with other text', html: page(signatures, 'section#signatures { break-before: auto; }') },
  { check: 'signatures', what: 'a signature page without the title', html: page(signatures, '@page { @top-left { content: none; } }') },
  { check: 'one page', what: 'key terms on two pages', html: page(`<section id="key-terms"><h3>Key Terms</h3>${table(rows(30, 5))}</section>`) },
  { check: 'print', what: 'text that is not printed', html: page('<p class="lost">Lost on paper.</p>', '@media print { .lost { display: none; } }') },
  { check: 'links', what: 'a link to nothing', html: page('<p><a href="#nowhere">A link alone</a></p>') },
  { check: 'links', what: 'a link to a missing file', html: page('<p><a href="missing.html#one">A link alone</a></p>') },
  { check: 'links', what: 'a name given twice', html: page('<p id="one">Again.</p>') },
  { check: 'network', what: 'an image from elsewhere', html: page('<p><img src="https://example.invalid/x.png" alt="x"></p>') },
  { check: 'console', what: 'an error in a script', html: page('<script>nothing.here()</script>') },
  { check: 'axe', what: 'pale text', html: page('<p style="color:#bbb;background:#fff">Pale.</p>') },
  { check: 'axe', what: 'text that is pale in the dark', html: page('<p class="dim">Dim.</p>', '@media (prefers-color-scheme: dark) { .dim { color: #444; background: #111; } }') },
  { check: 'axe', what: 'a skipped level of headings', html: page('<h5>Too deep</h5><p>Text.</p>') },
  { check: 'axe', what: 'small targets', html: page('<div style="line-height:1"><button style="width:10px;height:10px;padding:0" aria-label="a"></button><button style="width:10px;height:10px;padding:0" aria-label="b"></button></div>') },
  { check: 'scroll', what: 'a page wider than a telephone', html: page('<p style="width:400px">Wide.</p>') },
  { check: 'notes', what: 'a note over another text', html: page('<p>Under it.</p><div class="note"><p>A note.</p></div>', '.note { margin-top: -2em; }') },
  { check: 'keyboard', what: 'a link before the skip link', html: page('').replace('<body>', '<body><a href="#one">First</a>') },
  { check: 'keyboard', what: 'focus that cannot be seen', html: page('', ':focus-visible { outline: none; }') },
  { check: 'script', what: 'text that only a script writes', html: page('<p id="made"></p><script>document.getElementById("made").textContent = "Made.";</script>') },
];
