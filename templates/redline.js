// What a redline can do without, and is pleasanter with: keys, two texts side by side, ticks, export.
// Runs only by its digest, which stands in the page's content security policy. Nothing leaves the browser.
(() => {
  'use strict';
  const kit = document.getElementById('redline_');
  const text = document.getElementById('document_');
  const header = document.querySelector('header');
  const list = document.querySelector('.changes ol');
  const main = document.querySelector('main');
  if (!kit || !text || !header || !main) return;
  const root = document.documentElement;
  const parts = kit.content.cloneNode(true);
  const part = (name) => parts.querySelector(name);
  const [tools, progress, dialog, box] = ['.tools', '.progress', 'dialog', '.tick'].map(part);
  header.append(tools);
  document.body.append(dialog);
  root.classList.add('scripted');

  const items = list ? [...list.children] : [];
  const number = (item) => Number(item.value);
  const marks = (count) => text.querySelectorAll(`[data-c="${count}"]`);
  const seen = (element) => element.getClientRects().length > 0;
  const byId = (id) => document.getElementById(id);

  // What the reader has reviewed, kept under the digests of both texts. A tick holds for the words that it was
  // given for: if another version of the program numbers the changes in another way, it is not carried over.
  const key = `engross-redline ${main.dataset.key}`;
  const name = (item) => `${number(item)} ${item.querySelector('a').textContent}`;
  let ticks = new Set();
  let kept = true;
  try { ticks = new Set(JSON.parse(localStorage.getItem(key) ?? '[]')); } catch { kept = false; }
  const keep = () => {
    try { localStorage.setItem(key, JSON.stringify([...ticks])); } catch { kept = false; }
  };
  const output = progress.querySelector('output');
  const bar = progress.querySelector('progress');
  const count = () => {
    const done = items.filter((item) => item.classList.contains('seen')).length;
    output.value = progress.dataset.words.replace('{done}', done).replace('{all}', items.length)
      + (kept ? '' : ` ${progress.dataset.lost}`);
    bar.max = Math.max(1, items.length);
    bar.value = done;
  };
  const tick = (item, on) => {
    item.classList.toggle('seen', on);
    item.querySelector('input').checked = on;
    if (on) ticks.add(name(item)); else ticks.delete(name(item));
  };
  for (const item of items) {
    const label = box.cloneNode(true);
    const input = label.querySelector('input');
    input.setAttribute('aria-label', input.dataset.words.replace('{number}', number(item)));
    item.append(label);
    tick(item, ticks.has(name(item)));
    input.addEventListener('change', () => { tick(item, input.checked); keep(); count(); });
  }
  if (items.length > 0) {
    document.querySelector('nav').prepend(progress);
    count();
  }

  // The change that is being read.
  let current = -1;
  const show = (place) => {
    for (const mark of text.querySelectorAll('.at')) mark.classList.remove('at');
    items[current]?.querySelector('a').removeAttribute('aria-current');
    current = place;
    const item = items[place];
    if (!item) return null;
    const link = item.querySelector('a');
    link.setAttribute('aria-current', 'true');
    const side = document.querySelector('.side');
    const its = link.getBoundingClientRect();
    if (side.scrollHeight > side.clientHeight && (its.top < 40 || its.bottom > side.clientHeight - 40)) {
      side.scrollTop += its.top - side.clientHeight / 2;
    }
    const found = [...marks(number(item))];
    for (const mark of found) mark.classList.add('at');
    return found.find(seen) ?? found[0]?.closest('.line, figure') ?? null;
  };
  const go = (place) => {
    const target = show(place);
    if (!target) return;
    target.tabIndex = -1;
    target.scrollIntoView({ block: 'center' });
    target.focus({ preventScroll: true });
    history.replaceState(null, '', `#c${number(items[place])}`);
  };
  const shown = (item) => getComputedStyle(item).display !== 'none';
  // Where reading goes on: after the change last shown if it is in sight, else from what is in sight.
  const at = () => {
    const last = current >= 0 && [...marks(number(items[current]))].find(seen);
    if (last) {
      const { top, bottom } = last.getBoundingClientRect();
      if (bottom > 0 && top < innerHeight) return current;
    }
    const section = [...text.children].find((child) => child.getBoundingClientRect().bottom > 80);
    const first = section && items.findIndex((item) => {
      const mark = byId(`c${number(item)}`);
      return mark && (section.contains(mark) || section.compareDocumentPosition(mark) & Node.DOCUMENT_POSITION_FOLLOWING);
    });
    return first === undefined || first < 0 ? items.length : first - 0.5;
  };
  const step = (forward) => {
    const here = at();
    const places = items.map((item, place) => place).filter((place) => shown(items[place]));
    const next = forward ? places.find((place) => place > here) : places.findLast((place) => place < here);
    if (next !== undefined) go(next);
  };
  const reviewed = () => {
    const item = items[current];
    if (!item) return;
    tick(item, !item.classList.contains('seen'));
    keep();
    count();
  };
  const place = (id) => {
    const found = /^c(\d+)$/.exec(id);
    return found ? items.findIndex((item) => number(item) === Number(found[1])) : -1;
  };
  document.addEventListener('click', (event) => {
    const link = event.target.closest('a[href^="#"]');
    const to = link ? place(link.hash.slice(1)) : -1;
    if (to >= 0) {
      event.preventDefault();
      const fold = link.closest('.changes');
      if (fold) fold.open = false;
      go(to);
      return;
    }
    const mark = event.target.closest('#document_ [data-c]');
    if (mark && !event.target.closest('a')) show(items.findIndex((item) => number(item) === Number(mark.dataset.c)));
  });
  addEventListener('hashchange', () => { if (place(location.hash.slice(1)) >= 0) go(place(location.hash.slice(1))); });
  if (place(location.hash.slice(1)) >= 0) show(place(location.hash.slice(1)));

  // Side by side: the old text is a copy of each line, made when it is first asked for; the new text is the line.
  let doubled = false;
  const double = () => {
    if (doubled) return;
    doubled = true;
    for (const line of text.querySelectorAll('.line, section > figure')) {
      const left = line.cloneNode(true);
      left.classList.add('left');
      left.removeAttribute('data-n');
      left.removeAttribute('id');
      for (const named of left.querySelectorAll('[id]')) named.removeAttribute('id');
      for (const named of left.querySelectorAll('[aria-labelledby]')) {
        named.setAttribute('aria-label', named.querySelector('caption')?.textContent ?? '');
        named.removeAttribute('aria-labelledby');
      }
      line.classList.add('right');
      line.before(left);
    }
  };
  const side = byId('side_');
  side.addEventListener('change', double);
  if (side.checked) double();

  // Export: every change with both its texts, and whether it was reviewed.
  const words = (count, name) => {
    const said = [];
    for (const mark of marks(count)) {
      if (mark.localName !== name || mark.closest('.left')) continue;
      const copy = mark.cloneNode(true);
      for (const inner of copy.querySelectorAll('.say, .aside, .auto')) inner.remove();
      said.push(copy.textContent.trim());
    }
    return said.filter(Boolean).join(' / ');
  };
  const changes = () => items.map((item) => ({
    change: number(item),
    kind: item.dataset.kind,
    section: item.querySelector('.where').textContent,
    was: words(number(item), 'del'),
    is: words(number(item), 'ins'),
    reviewed: item.classList.contains('seen'),
  }));
  const save = (file, type, content) => {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([content], { type }));
    link.download = file;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  };
  // A cell that begins like a formula gets a quotation mark, so that no spreadsheet computes what a party wrote.
  const cell = (value) => `"${String(value).replace(/^(?=[=+\-@\t\r])/, "'").replaceAll('"', '""')}"`;
  const csv = () => {
    const rows = changes();
    const head = Object.keys(rows[0] ?? { change: 0 });
    return `\ufeff${[head, ...rows.map(Object.values)].map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;
  };
  const json = () => `${JSON.stringify({ old: main.dataset.old, new: main.dataset.new, changes: changes() }, null, 2)}\n`;

  // Keys, and the switches of the dialog; what they say is kept if the browser lets us.
  const switchOf = (id, stored, use) => {
    const input = dialog.querySelector(id);
    try { input.checked = localStorage.getItem(stored) !== 'off'; } catch { /* a browser without memory */ }
    use(input.checked);
    input.addEventListener('change', () => {
      use(input.checked);
      try { localStorage.setItem(stored, input.checked ? 'on' : 'off'); } catch { /* as above */ }
    });
    return input;
  };
  const single = switchOf('#single_', 'single-keys', () => {});
  switchOf('#said_', 'spoken-marks', (on) => root.classList.toggle('unsaid', !on));
  const choose = (id) => {
    const wanted = byId(id).checked ? byId('both_') : byId(id);
    if (!seen(wanted)) return;
    wanted.checked = true;
    wanted.dispatchEvent(new Event('change', { bubbles: true }));
  };
  const kinds = [...document.querySelectorAll('.view input[name="kind"]')];
  const substance = () => {
    const alone = kinds.every((input) => input.checked === (input.id === 'k_substance'));
    for (const input of kinds) input.checked = alone || input.id === 'k_substance';
  };
  const actions = {
    n: () => step(true),
    p: () => step(false),
    r: reviewed,
    s: substance,
    c: () => byId('only_').click(),
    o: () => choose('old_'),
    i: () => choose('new_'),
    b: () => choose('side_'),
    '?': () => dialog.showModal(),
  };
  addEventListener('keydown', (event) => {
    const typing = event.target.closest?.('textarea, select, [contenteditable], input:not([type="checkbox"], [type="radio"])');
    if (typing || dialog.open || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const action = actions[event.key];
    if (!action || !single.checked) return;
    event.preventDefault();
    action();
  });
  // On paper everything is unfolded.
  addEventListener('beforeprint', () => {
    for (const fold of main.querySelectorAll('details')) fold.open = true;
  });
  const buttons = {
    print: () => print(),
    help: () => dialog.showModal(),
    close: () => dialog.close(),
    csv: () => save('redline.csv', 'text/csv', csv()),
    json: () => save('redline.json', 'application/json', json()),
    next: () => step(true),
    previous: () => step(false),
  };
  document.addEventListener('click', (event) => {
    const button = event.target.closest('[data-do]');
    if (button) buttons[button.dataset.do]?.();
  });
})();
