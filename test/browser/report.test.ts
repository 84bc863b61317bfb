import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RunEvent } from '../../src/model/index.ts';
import { renderHtml } from '../../src/reporting/html.ts';
import { reportRun } from '../fixtures/report-run.ts';
import { hostile, poisoned, reportOf } from '../helpers/report.ts';
import { launchChromium } from './chromium.ts';

let browser: Browser;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'assay-report-'));
  browser = await launchChromium();
});

afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** The page of a run, with all that the browser complained of and asked the network for. */
async function open(
  events: readonly RunEvent[],
  scheme: 'light' | 'dark' = 'light',
): Promise<{ page: Page; complaints: string[]; requests: string[] }> {
  const file = path.join(folder, `${scheme}-${events.length}-${Math.round(performance.now())}.html`);
  writeFileSync(file, renderHtml(reportOf(events)));
  const page = await browser.newPage({ colorScheme: scheme, viewport: { width: 1200, height: 900 } });
  const complaints: string[] = [];
  const requests: string[] = [];
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('request', (request) => requests.push(request.url()));
  await page.goto(pathToFileURL(file).href);
  return { page, complaints, requests };
}

describe('the page of a run', () => {
  test('asks the network for nothing and breaks no rule of its own policy', async () => {
    const { page, complaints, requests } = await open(reportRun);
    expect(complaints).toEqual([]);
    expect(requests).toEqual([page.url()]);
    await page.close();
  });

  test('shows every finding, the worst first, and opens one to its evidence', async () => {
    const { page } = await open(reportRun);
    expect(await page.locator('.finding .what strong').allTextContents()).toEqual([
      'body-valid',
      'no-server-error',
      'stream-order: brew.fill-after-done',
      'auth-enforced',
      'invalid-rejected',
    ]);
    const finding = page.locator('.finding').first();
    await finding.locator('summary').click();
    expect(await finding.locator('.expected').textContent()).toBe('integer >= 0');
    expect(await finding.locator('.actual').textContent()).toBe('-1');
    expect(await finding.locator('.panes pre').allTextContents()).toContain('200\ncontent-type: application/json');
    expect(await finding.locator('.copyable pre').textContent()).toContain("curl -X POST 'http://127.0.0.1:8080/v1/teas'");
    await page.close();
  });

  test('lays out a stream as a timeline: a row for each event, a lane for each entity, the violation marked', async () => {
    const { page } = await open(reportRun);
    const finding = page.locator('.finding', { hasText: 'stream-order: brew.fill-after-done' });
    await finding.locator('summary').click();
    const timeline = finding.locator('.timeline');
    await timeline.locator('table').waitFor();
    expect(await timeline.locator('th.lane').allTextContents()).toEqual(['stream', 'cup 0', 'cup 1']);
    expect(await timeline.locator('tbody tr:not(.bytes):not(.violation) td:nth-last-child(3)').allTextContents()).toEqual([
      'brew.started',
      'cup.added',
      'cup.added',
      'cup.filled',
      'cup.filled',
      'cup.filled',
      'cup.done',
      'cup.filled',
      'cup.done',
      'brew.finished',
    ]);
    expect(await timeline.locator('tr.bad td').first().textContent()).toBe('7');
    expect(await timeline.locator('tr.violation').textContent()).toContain('cup 0 is filled after its cup.done');
    const bytes = timeline.locator('tr.bytes').first();
    expect(await bytes.isVisible()).toBe(false);
    await timeline.locator('button.raw').first().click();
    expect(await bytes.locator('pre').textContent()).toBe('event: brew.started\ndata: {"type":"brew.started","brew":{"id":"brew_1"}}\n\n');
    expect(await bytes.isVisible()).toBe(true);
    await page.close();
  });

  test('lays out the coverage of an operation when it is opened', async () => {
    const { page } = await open(reportRun);
    const coverage = page.locator('details.coverage', { hasText: 'POST /teas' });
    await coverage.locator('summary').click();
    await coverage.locator('table').waitFor();
    expect(await coverage.locator('tbody tr').allTextContents()).toEqual([
      'body#/components/schemas/NewTea/properties/kind"green" × 2enum1110100',
      'body#/components/schemas/NewTea/properties/namemax × 2maxLength1111000',
    ]);
    await page.close();
  });

  test('filters by words and by verdict, from the keyboard', async () => {
    const { page } = await open(reportRun);
    const shown = () => page.locator('.finding:not([hidden]) .what strong').allTextContents();
    await page.keyboard.press('/');
    await page.keyboard.type('brew done');
    expect(await shown()).toEqual(['stream-order: brew.fill-after-done']);
    expect(await page.locator('.operation:not([hidden])').count()).toBe(0);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'fail', exact: true }).click();
    expect(await shown()).toEqual(['auth-enforced', 'invalid-rejected']);
    expect(await page.getByRole('status').textContent()).toBe('5 findings and operations shown');
    await page.close();
  });

  test('can be read and opened with the keyboard alone', async () => {
    const { page } = await open(reportRun);
    await page.keyboard.press('Tab');
    expect(
      await page.evaluate(
        () => (globalThis as unknown as { document: { activeElement: { className: string } } }).document.activeElement.className,
      ),
    ).toBe('skip');
    await page.locator('.finding summary').first().focus();
    await page.keyboard.press('Enter');
    expect(await page.locator('.finding').first().getAttribute('open')).toBe('');
    await page.close();
  });

  test('follows a link from a finding to its operation', async () => {
    const { page } = await open(reportRun);
    await page.locator('.finding summary').first().click();
    await page.locator('.finding .links a').first().click();
    // The browser tells the page of the new fragment in a task of its own.
    await page.locator('#operation-2[open]').waitFor();
    await page.close();
  });

  test.each(['light', 'dark'] as const)(
    'has text that stands out in the %s scheme, and no sideways scrolling on a phone',
    async (scheme) => {
      const { page } = await open(reportRun, scheme);
      expect(await page.evaluate(lowestContrast)).toBeGreaterThanOrEqual(4.5);
      await page.setViewportSize({ width: 375, height: 800 });
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(375);
      await page.close();
    },
  );

  test('gives a percentage nowhere', async () => {
    const { page } = await open(reportRun);
    expect(await page.locator('body').innerText()).not.toContain('%');
    await page.close();
  });
});

test('a run full of hostile text runs no script, makes no markup, and asks the network for nothing', async () => {
  const { page, complaints, requests } = await open(poisoned(reportRun));
  await page.evaluate('for (const details of document.querySelectorAll("details")) details.open = true');
  await page.locator('.timeline table').first().waitFor();
  await page.keyboard.press('/');
  await page.keyboard.type('<img');
  expect(await page.evaluate('window.hacked')).toBeUndefined();
  expect(await page.locator('img, svg:not(.bar), iframe, object, link').count()).toBe(0);
  expect(complaints).toEqual([]);
  expect(requests).toEqual([page.url()]);
  expect(await page.locator('.finding .actual').first().textContent()).toContain(hostile.split(' ')[0]);
  await page.close();
});

/** WCAG contrast of the words of the page against what is behind them, the lowest of all; runs in the page. */
const lowestContrast = `(() => {
  const parse = (color) => { const [r, g, b, a = 1] = color.match(/[\\d.]+/g).map(Number); return { r, g, b, a }; };
  const light = ({ r, g, b }) => [r, g, b].map((one) => one / 255).map((one) => (one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4)).reduce((sum, one, index) => sum + one * [0.2126, 0.7152, 0.0722][index], 0);
  const behind = (element) => { for (let one = element; one; one = one.parentElement) { const color = parse(getComputedStyle(one).backgroundColor); if (color.a === 1) return color; } return parse('rgb(255, 255, 255)'); };
  let lowest = 21;
  for (const element of document.querySelectorAll('h1, h2, p, code, strong, .dim, .pill, .count, .method, .mark, .gist, dt, dd, th, td')) {
    if (!element.checkVisibility() || element.textContent.trim() === '') continue;
    const [front, back] = [light(parse(getComputedStyle(element).color)), light(behind(element))];
    lowest = Math.min(lowest, (Math.max(front, back) + 0.05) / (Math.min(front, back) + 0.05));
  }
  return lowest;
})()`;
