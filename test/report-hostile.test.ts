import { SaxesParser } from 'saxes';
import { expect, test } from 'vitest';
import { code, plain, plainLines, scriptJson, withoutCiCommands, xml } from '../src/reporting/escape.ts';
import { reportFormats } from '../src/reporting/index.ts';
import { reportRun } from './fixtures/report-run.ts';
import { hostile, poisoned, reportOf } from './helpers/report.ts';

const report = reportOf(poisoned(reportRun));
const rendered = (name: string): string => reportFormats.get(name)?.render(report) ?? '';
const controls = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u2028-\u202E\u2066-\u2069]/;

test('every format is registered', () => {
  expect([...reportFormats.keys()]).toEqual(['terminal', 'json', 'junit', 'markdown', 'ctrf', 'coverage', 'html']);
});

test.each(['terminal', 'junit', 'markdown', 'coverage', 'html'])('%s holds no control character from outside', (name) => {
  expect(controls.exec(rendered(name))).toBeNull();
});

test.each(['terminal', 'junit', 'markdown', 'coverage'])('no line of %s is a command to a CI system', (name) => {
  expect(rendered(name).match(/^\s*(?:::|##\[|##vso\[).*/gm)).toBeNull();
});

test('the XML is well-formed, and the text arrives as text', () => {
  const texts: string[] = [];
  const elements = new Set<string>();
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name }) => elements.add(name));
  parser.on('text', (text) => texts.push(text));
  parser.write(rendered('junit')).close();
  expect([...elements].toSorted()).toEqual(['error', 'failure', 'skipped', 'system-out', 'testcase', 'testsuite', 'testsuites']);
  expect(texts.join('')).toContain('</script><script>window.hacked = true</script>');
});

test('in HTML nothing from outside is markup', () => {
  const html = rendered('html');
  expect(html.match(/<script/g)).toHaveLength(2);
  expect(html.match(/<\/script/g)).toHaveLength(2);
  expect(/<img|<svg onload|<!--/.exec(html)).toBeNull();
  expect(html.includes(`content="default-src 'none'; `)).toBe(true);
});

test('the data of the page is JSON that holds the text unchanged', () => {
  const data = /<script type="application\/json" id="report-data">(.*?)<\/script>/s.exec(rendered('html'))?.[1] ?? '';
  const { streams } = JSON.parse(data) as { streams: Record<string, { violations: { entity: string }[] }> };
  expect(streams['c12']?.violations[0]?.entity).toBe(`${hostile} cup 0`);
});

test('in Markdown everything from outside stands in code spans, with no at sign and no line of its own', () => {
  const withoutCode = rendered('markdown').replaceAll(/(`+)(?!`).*?(?<!`)\1(?!`)/g, '');
  expect(/hacked|evil|everyone|owned|<img|\[link/.exec(withoutCode)).toBeNull();
  expect(rendered('markdown').includes('@')).toBe(false);
});

test.each([
  ['a`b', '``a`b``'],
  ['`', '`` ` ``'],
  ['a|b', '`a\\|b`'],
  ['a\nb', '`a\\u000ab`'],
])('the code span of %j is %j', (text, span) => {
  expect(code(text)).toBe(span);
});

test('escapes keep what is harmless', () => {
  expect(plain('naïve 茶 🍵')).toBe('naïve 茶 🍵');
  expect(plainLines('a\n\tb\u0007')).toBe('a\n\tb\\u0007');
  expect(xml('<a b="c">&\'')).toBe('&lt;a b=&quot;c&quot;&gt;&amp;&#39;');
  expect(withoutCiCommands('a ::b\n  ::error::x')).toBe('a ::b\n  | ::error::x');
  expect(JSON.parse(scriptJson({ a: '</script>\u2028' }))).toEqual({ a: '</script>\u2028' });
});
