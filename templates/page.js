// What the page can do without, and is pleasanter with: the place in the contents, a search in them, keys.
// Runs only by its digest, which stands in the page's content security policy.
(() => {
  'use strict';
  const kit = document.getElementById('keys_');
  const nav = document.querySelector('nav');
  const header = document.querySelector('header');
  if (!kit || !nav || !header) return;
  const [tools, filter, dialog] = kit.content.cloneNode(true).children;
  const details = nav.querySelector('details');
  header.append(tools);
  details.querySelector('summary').after(filter);
  document.body.append(dialog);

  const links = [...details.querySelectorAll('a')];
  const target = (link) => document.getElementById(decodeURIComponent(link.hash.slice(1)));
  const places = links.map((link) => [target(link), link]).filter(([section]) => section);

  document.documentElement.classList.add('scripted');

  // Where the reader is: the last section whose beginning has passed the top of the window.
  let current;
  let unfolded;
  let waiting = false;
  const follow = () => {
    waiting = false;
    let last;
    for (const [section, link] of places) {
      if (section.getBoundingClientRect().top <= 120) last = link;
    }
    if (last === current) return;
    if (current) current.removeAttribute('aria-current');
    if (last) {
      last.setAttribute('aria-current', 'true');
      // What is read is unfolded; what was unfolded only for that folds again.
      const fold = last.closest('li:has(> .fold), .fold')?.querySelector(':scope > .fold') ?? last.closest('.fold');
      if (unfolded && unfolded !== fold) unfolded.open = false;
      if (unfolded !== fold) unfolded = fold && !fold.open ? fold : null;
      if (fold) fold.open = true;
      const side = document.querySelector('.side');
      const box = last.getBoundingClientRect();
      if (side.scrollHeight > side.clientHeight && (box.top < 40 || box.bottom > side.clientHeight - 40)) {
        side.scrollTop += box.top - side.clientHeight / 2;
      }
    }
    current = last;
  };
  addEventListener('scroll', () => {
    if (!waiting) requestAnimationFrame(follow);
    waiting = true;
  }, { passive: true });
  follow();

  // On a narrow screen the contents lie over the text, so choosing closes them.
  details.addEventListener('click', (event) => {
    if (event.target.closest('a')) details.open = false;
  });

  // The search in the contents.
  const field = filter.querySelector('input');
  const output = filter.querySelector('output');
  const search = () => {
    const words = field.value.trim().toLowerCase();
    let shown = 0;
    for (const item of details.querySelectorAll('li')) {
      const found = item.textContent.toLowerCase().includes(words);
      item.hidden = !found;
      if (found) shown += 1;
    }
    for (const fold of details.querySelectorAll('.fold')) fold.open = words !== '' || fold === unfolded;
    output.value = words
      ? output.dataset.found.replace('{shown}', shown).replace('{all}', links.length)
      : '';
  };
  field.addEventListener('input', search);
  field.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    field.value = '';
    search();
    field.blur();
  });

  // Keys, and the switch that turns them off; what it says is kept if the browser lets us.
  const name = 'single-keys';
  const box = dialog.querySelector('input');
  try { box.checked = localStorage.getItem(name) !== 'off'; } catch { /* a browser without memory */ }
  box.addEventListener('change', () => {
    try { localStorage.setItem(name, box.checked ? 'on' : 'off'); } catch { /* as above */ }
  });
  const go = (section) => {
    if (!section) return;
    section.tabIndex = -1;
    section.focus({ preventScroll: true });
    section.scrollIntoView({ block: 'start' });
  };
  const step = (selector, forward) => {
    const all = [...document.querySelectorAll(selector)];
    const top = (section) => section.getBoundingClientRect().top;
    go(forward ? all.find((section) => top(section) > 90) : all.findLast((section) => top(section) < 10));
  };
  const find = () => {
    details.open = true;
    field.focus();
  };
  const actions = {
    j: () => step('main .clause', true),
    k: () => step('main .clause', false),
    ']': () => step('main .exhibit', true),
    '[': () => step('main .exhibit', false),
    t: () => go(document.getElementById('key-terms')),
    '/': find,
    p: () => print(),
    '?': () => dialog.showModal(),
  };
  addEventListener('keydown', (event) => {
    const typing = event.target.closest && event.target.closest('input, textarea, select, [contenteditable]');
    if (typing || dialog.open || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const action = actions[event.key];
    if (!action || !box.checked) return;
    event.preventDefault();
    action();
  });
  document.addEventListener('click', (event) => {
    const button = event.target.closest('[data-do]');
    if (!button) return;
    if (button.dataset.do === 'print') print();
    if (button.dataset.do === 'help') dialog.showModal();
    if (button.dataset.do === 'close') dialog.close();
  });
})();
