/**
 * The script of the page: filter, copy, and the tables that are laid out from the data when they are opened. It makes
 * elements and sets text, never HTML, so that no data can become markup.
 */
export const script = String.raw`
'use strict';
const data = JSON.parse(document.getElementById('report-data').textContent);
const member = (object, name) => (Object.hasOwn(object, name) ? object[name] : undefined);
const el = (name, attributes = {}, ...children) => {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) if (value !== undefined && value !== false) element.setAttribute(key, value);
  element.append(...children.filter((child) => child !== undefined && child !== false));
  return element;
};

// Filter: words that must all occur, and verdicts that may be shown.
const input = document.getElementById('filter-text');
const status = document.getElementById('filter-status');
const toggles = [...document.querySelectorAll('.filter button[data-verdict]')];
const filtered = [...document.querySelectorAll('details[data-text]')];
function applyFilter() {
  const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
  const off = new Set(toggles.filter((toggle) => toggle.getAttribute('aria-pressed') === 'false').map((toggle) => toggle.dataset.verdict));
  let shown = 0;
  for (const item of filtered) {
    item.hidden = (item.dataset.verdict && off.has(item.dataset.verdict)) || !words.every((word) => item.dataset.text.includes(word));
    if (!item.hidden && item.matches('.finding, .operation')) shown++;
  }
  for (const group of document.querySelectorAll('.group')) group.hidden = !group.querySelector('details:not([hidden])');
  status.textContent = words.length || off.size ? shown + ' findings and operations shown' : '';
}
input.addEventListener('input', applyFilter);
for (const toggle of toggles) toggle.addEventListener('click', () => {
  toggle.setAttribute('aria-pressed', String(toggle.getAttribute('aria-pressed') === 'false'));
  applyFilter();
});
document.addEventListener('keydown', (event) => {
  if (event.key === '/' && !/^(INPUT|TEXTAREA)$/.test(document.activeElement.tagName)) { event.preventDefault(); input.focus(); }
  if (event.key === 'Escape' && document.activeElement === input) { input.value = ''; applyFilter(); }
});

// A link to a folded place opens it.
function openTarget() {
  const id = location.hash.slice(1);
  const target = id && document.getElementById(id);
  if (target && target.matches('details')) { target.hidden = false; target.open = true; target.scrollIntoView(); }
}
addEventListener('hashchange', openTarget);
openTarget();

for (const button of document.querySelectorAll('.copy')) button.addEventListener('click', async () => {
  const text = button.parentElement.querySelector('pre').textContent;
  try { await navigator.clipboard.writeText(text); button.textContent = 'Copied'; }
  catch { getSelection().selectAllChildren(button.parentElement.querySelector('pre')); button.textContent = 'Selected'; }
  setTimeout(() => { button.textContent = 'Copy'; }, 1500);
});

// Coverage tables.
const number = (value, kind) => el('td', { class: ['number', value === 0 ? 'zero' : kind === 'bad' && 'bad', kind === 'edge' && 'edge'].filter(Boolean).join(' ') }, String(value));
const heading = (text, attributes) => el('th', { scope: 'col', ...attributes }, text);
// Exercised members, branches and boundaries; then, by reason, those that are not.
function remarks(aspects, reasons) {
  const byReason = new Map();
  for (const text of reasons) {
    const end = text.indexOf(': ');
    const reason = text.slice(end < 0 ? 0 : end + 2);
    byReason.set(reason, [...(byReason.get(reason) || []), ...(end < 0 ? [] : [text.slice(0, end)])]);
  }
  const parts = aspects.map(([name, count]) => name + ' × ' + count);
  const missing = [...byReason].map(([reason, names]) => 'not ' + (names.length > 0 ? names.join(', ') + ': ' : '') + reason);
  return el('span', { class: 'remarks' }, [parts.join(', '), ...missing].filter(Boolean).join('; '));
}
function coverageTable(rows) {
  const lines = rows.map(([where, pointer, keyword, valid, invalid, aspects, reasons]) => el('tr', {},
    el('td', {}, where), el('td', { class: 'wide' }, el('code', {}, '#' + pointer), remarks(aspects, reasons)), el('td', {}, el('code', {}, keyword)),
    number(valid[0], 'edge'), number(valid[1]), number(invalid[0], 'edge'), number(invalid[1]), number(invalid[2], 'bad'), number(invalid[3]), number(invalid[4])));
  const groups = el('tr', {}, heading('', { colspan: '3' }), heading('valid', { colspan: '2', class: 'edge' }), heading('invalid', { colspan: '5', class: 'edge' }));
  const heads = el('tr', {}, ...['in', 'schema', 'keyword'].map((text) => heading(text, {})),
    ...['sent', 'accepted', 'sent', 'refused', 'accepted', 'undecided', 'unsayable'].map((text, index) => heading(text, { class: 'number' + (index === 0 || index === 2 ? ' edge' : ''), title: titles[text] })));
  return el('div', { class: 'scroll', tabindex: '0' }, el('table', {}, el('thead', {}, groups, heads), el('tbody', {}, ...lines)));
}
const titles = { undecided: 'inconclusive: the answer proves nothing', unsayable: 'cannot be expressed on the wire: another value would arrive' };
for (const details of document.querySelectorAll('details.coverage')) details.addEventListener('toggle', () => {
  const body = details.querySelector('.body');
  if (details.open && body.childElementCount === 0) body.append(coverageTable(member(data.coverage, details.dataset.operation) || []));
});

// Timelines: events in rows, entities in lanes.
const maxLanes = 10;
function parsed(event) {
  try { return JSON.parse(event.data); } catch { return undefined; }
}
function indexesOf(value, depth) {
  if (value === null || typeof value !== 'object' || depth > 6) return [];
  const own = Object.entries(value).filter(([key, member]) => /_index$/.test(key) && typeof member === 'number').map(([key, member]) => key.slice(0, -6) + ' ' + member);
  if (own.length > 0) return own;
  for (const [key, member] of Object.entries(value)) {
    if (Array.isArray(member)) {
      const entry = member.find((one) => one && typeof one === 'object' && typeof one.index === 'number');
      if (entry) return [key + ' ' + entry.index, ...indexesOf({ ...entry, index: undefined }, depth + 1)];
    } else {
      const inner = indexesOf(member, depth + 1);
      if (inner.length > 0) return inner;
    }
  }
  return [];
}
function lanesOf(events) {
  const names = events.map((event) => indexesOf(parsed(event), 0).join(' / '));
  const indexed = names.some((name) => name !== '');
  return names.map((name, index) => {
    if (name !== '') return name;
    const value = parsed(events[index]);
    const id = value && typeof value === 'object' && typeof value.id === 'string' ? value.id : undefined;
    return indexed || id === undefined ? 'stream' : id;
  });
}
function laneCells(lanes, rowLanes, index) {
  return lanes.map((lane) => {
    const first = rowLanes.indexOf(lane);
    const last = rowLanes.lastIndexOf(lane);
    const on = rowLanes[index] === lane;
    const inside = index >= first && index <= last;
    const names = ['lane', on && 'on', inside && index > first && index < last && 'through', index === first && 'first', index === last && 'last'];
    return el('td', { class: names.filter(Boolean).join(' '), title: on ? lane : undefined }, on ? el('span', { class: 'sr' }, lane) : '');
  });
}
// Events repeat what is constant in a stream: the part that an event shares with the one before it is left out.
function newPart(text, before) {
  let shared = 0;
  while (shared < text.length && text[shared] === before[shared]) shared++;
  const start = Math.max(text.lastIndexOf(',', shared), text.lastIndexOf('{', shared)) + 1;
  return start > 24 && shared < text.length ? '… ' + text.slice(start) : text;
}
function timeline(stream) {
  const { events, violations } = stream;
  const all = lanesOf(events);
  const distinct = [...new Set(all)];
  const lanes = distinct.length <= maxLanes ? distinct : [...distinct.slice(0, maxLanes - 1), 'others'];
  const rowLanes = all.map((lane) => (lanes.includes(lane) ? lane : 'others'));
  const width = lanes.length + 5;
  const rows = [];
  const through = (index) => lanes.map((lane) => el('td', { class: 'lane' + (index >= rowLanes.indexOf(lane) && index < rowLanes.lastIndexOf(lane) ? ' through' : '') }));
  const violationRows = (list, index) => list.map((violation) => el('tr', { class: 'violation ' + violation.level }, el('td'), el('td'), ...through(index), el('td', { colspan: '3' },
    el('strong', {}, violation.rule), ' ' + violation.level + ': ' + violation.message,
    violation.expected !== undefined && ' — expected ' + violation.expected, violation.actual !== undefined && ', got ' + violation.actual,
    violation.entity !== undefined && ' (' + violation.entity + ')')));
  let previous = -1;
  events.forEach((event, index) => {
    if (event.index > previous + 1) rows.push(el('tr', { class: 'gap' }, el('td', { colspan: String(width) }, (event.index - previous - 1) + ' events are not shown')));
    previous = event.index;
    const broken = violations.filter((violation) => violation.eventIndex === event.index);
    const value = parsed(event);
    const name = event.event || (value && typeof value === 'object' && typeof value.type === 'string' ? value.type : event.data === undefined ? '(no data)' : value === undefined ? '(text)' : 'message');
    const raw = el('button', { type: 'button', class: 'raw', 'aria-expanded': 'false' }, 'raw');
    const bytes = el('tr', { class: 'bytes', hidden: '' }, el('td', { colspan: String(width) }, el('pre', { tabindex: '0' }, event.fields.map(([field, text]) => field + ': ' + text).join('\n') + (event.end === 'blank-line' ? '\n\n' : ''))));
    raw.addEventListener('click', () => { bytes.hidden = !bytes.hidden; raw.setAttribute('aria-expanded', String(!bytes.hidden)); });
    rows.push(el('tr', { class: broken.length > 0 ? 'bad' : undefined }, el('td', { class: 'number' }, String(event.index)), el('td', { class: 'number' }, Math.round(event.at) + ' ms'),
      ...laneCells(lanes, rowLanes, index), el('td', {}, el('code', {}, name)), el('td', { class: 'data', title: event.data }, newPart(event.data || '', (events[index - 1] || {}).data || '')), el('td', {}, raw)), bytes, ...violationRows(broken, index));
  });
  const last = violations.filter((violation) => violation.eventIndex > previous || !events.some((event) => event.index === violation.eventIndex));
  rows.push(...violationRows(last, events.length));
  const head = el('tr', {}, el('th', { scope: 'col', class: 'number' }, '#'), el('th', { scope: 'col', class: 'number' }, 'at'),
    ...lanes.map((lane) => el('th', { scope: 'col', class: 'lane' }, el('span', {}, lane))), el('th', { scope: 'col' }, 'event'), el('th', { scope: 'col' }, 'data'), el('th', {}, el('span', { class: 'sr' }, 'raw bytes')));
  const caption = el('caption', {}, stream.count + ' events, ' + stream.bytes + ' bytes, ended: ' + stream.end);
  return el('div', { class: 'scroll', tabindex: '0' }, el('table', {}, caption, el('thead', {}, head), el('tbody', {}, ...rows)));
}
for (const details of document.querySelectorAll('details:has(.timeline)')) {
  const show = () => {
    if (!details.open) return;
    for (const place of details.querySelectorAll('.timeline')) {
      const stream = member(data.streams, place.dataset.stream);
      if (stream && place.childElementCount === 0) place.append(timeline(stream));
    }
  };
  details.addEventListener('toggle', show);
  show();
}
`;
