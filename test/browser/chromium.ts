import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const candidates = [
  process.env['ASSAY_CHROMIUM'],
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** A real browser; says how to get one where there is none. */
export async function launchChromium(): Promise<Browser> {
  const executablePath = candidates.find((file) => file !== undefined && existsSync(file));
  if (executablePath === undefined) {
    throw new Error('The browser tests need Chromium: install it (apt-get install chromium) or name one in ASSAY_CHROMIUM.');
  }
  return chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
}
