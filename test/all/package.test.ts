import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { root } from '../helpers/assay.ts';
import { command } from '../helpers/command.ts';
import { systemNode } from '../helpers/system-node.ts';

// What a user has: the packed package, installed with its dependencies and nothing else, and a folder of their own.
const home = mkdtempSync(path.join(os.tmpdir(), 'assay-package-'));
const install = path.join(home, 'install');
const work = path.join(install, 'work');
const env = {
  PATH: [path.dirname(process.execPath), process.env['PATH']].join(path.delimiter),
  HOME: process.env['HOME'],
  npm_config_update_notifier: 'false',
};
const connections = path.join(home, 'connections.txt');
/** No registry, and no way out but loopback. */
const offline = {
  ...env,
  npm_config_offline: 'true',
  NODE_OPTIONS: `--require=${path.join(root, 'test', 'helpers', 'loopback-only.cjs')}`,
  ASSAY_TEST_CONNECTIONS: connections,
};
let files: readonly string[] = [];

beforeAll(async () => {
  mkdirSync(work, { recursive: true });
  const packed = await command('npm', ['pack', '--json', '--pack-destination', home], { cwd: root, env });
  expect(packed.code, packed.stderr).toBe(0);
  const tarball = readdirSync(home).find((name) => name.endsWith('.tgz')) ?? '';
  const flags = ['--prefer-offline', '--ignore-scripts', '--no-audit', '--no-fund'];
  const installed = await command('npm', ['install', ...flags, path.join(home, tarball)], { cwd: install, env });
  expect(installed.code, installed.stderr).toBe(0);
  files = filesOf(path.join(install, 'node_modules', 'assay'));
}, 300_000);

afterAll(() => rmSync(home, { recursive: true, force: true }));

/** Every file below a folder. */
function filesOf(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => !entry.isDirectory());
  return entries.map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name))).toSorted();
}

/** Every installed file with its size and the time of its last change. */
function snapshot(): string[] {
  const folder = path.join(install, 'node_modules');
  return filesOf(folder).map((name) => {
    const { size, mtimeMs } = statSync(path.join(folder, name));
    return `${name} ${size} ${mtimeMs}`;
  });
}

describe('the installed package', () => {
  test('holds what it needs and no tests, sources or recordings', () => {
    const tops = new Set(files.map((file) => file.split(path.sep)[0]));
    expect(tops).toEqual(
      new Set([
        'ARCHITECTURE.md',
        'LICENSE',
        'CHANGELOG.md',
        'README.md',
        'assay.config.schema.json',
        'dist',
        'package.json',
        'reports',
        'spec',
        'suites',
      ]),
    );
    expect(files.filter((file) => /\.(?:test|suite)\.|(?<!\.d)\.ts$|\.map$/.test(file))).toEqual([]);
    expect(files.filter((file) => /^(?:reports|spec)/.test(file))).toEqual([
      'reports/report.schema.json',
      'spec/README.md',
      'spec/openai/2025-01.json',
      'spec/openai/2025-03.json',
    ]);
    const overlays = readdirSync(path.join(root, 'suites', 'openai', 'overlays')).map((name) => `suites/openai/overlays/${name}`);
    expect(files.filter((file) => file.startsWith('suites'))).toEqual(overlays.toSorted());
  });

  test('runs the main job, offline, and writes nothing into the install', async () => {
    const before = snapshot();
    const { code, stdout, stderr } = await command('npx', ['--no-install', 'assay', 'run'], { cwd: work, env: offline });
    expect(`${stdout}${stderr}`).toContain('126 of 126 exercised with valid requests, 126 of 126 with invalid ones');
    expect(code).toBe(0);
    expect(readdirSync(path.join(work, 'reports'))).toContain('latest');
    expect(existsSync(connections)).toBe(false);
    expect(snapshot()).toEqual(before);
  });

  test('serves the contract, offline', async () => {
    const before = snapshot();
    const server = spawn('npx', ['--no-install', 'assay', 'serve'], { cwd: work, env: offline, detached: true });
    try {
      const printed = await firstLines(server);
      const url = /served at (\S+)/.exec(printed)?.[1] ?? '';
      const key = /API key is (\S+)/.exec(printed)?.[1] ?? '';
      const answer = await fetch(`${url}/models`, { headers: { authorization: `Bearer ${key}` } });
      expect(answer.status).toBe(200);
      expect(await answer.json()).toMatchObject({ object: 'list' });
    } finally {
      const ended = once(server, 'close');
      // npx does not hand the signal on: the whole group that was started here is ended.
      process.kill(-(server.pid ?? 0), 'SIGTERM');
      await ended;
    }
    expect(snapshot()).toEqual(before);
  });

  test('judges what passes between a client and a server, offline, with the thread that it brings', async () => {
    const before = snapshot();
    const start = (args: readonly string[]) =>
      spawn('npx', ['--no-install', 'assay', ...args], { cwd: work, env: offline, detached: true });
    const end = async (child: ChildProcess): Promise<void> => {
      const ended = once(child, 'close');
      process.kill(-(child.pid ?? 0), 'SIGTERM');
      await ended;
    };
    const server = start(['serve']);
    const served = await firstLines(server);
    const [, url = ''] = /served at (\S+)/.exec(served) ?? [];
    const [, key = ''] = /API key is (\S+)/.exec(served) ?? [];
    const proxy = start(['proxy', '--to', new URL(url).origin]);
    let printed = '';
    const listening = Promise.withResolvers<string>();
    proxy.stdout?.on('data', (chunk: Buffer) => {
      printed += chunk.toString();
      const [, at] = /^(http:\S+) passes on/m.exec(printed) ?? [];
      if (at !== undefined) listening.resolve(at);
    });
    proxy.once('close', (code) => listening.reject(new Error(`proxy ended with ${code}: ${printed}`)));
    try {
      const through = (await listening.promise) + new URL(url).pathname;
      const answer = await fetch(`${through}/models`, { headers: { authorization: `Bearer ${key}` } });
      expect(await answer.json()).toMatchObject({ object: 'list' });
    } finally {
      await end(proxy);
      await end(server);
    }
    expect(printed).toContain('exchanges  1: 1 judged, 0 not');
    expect(printed).toContain('verdicts   1 pass');
    expect(snapshot()).toEqual(before);
  });

  test.each(['.', './pack', './reference', './vitest'])('exports %s with its types', async (entry) => {
    const manifest = JSON.parse(readFileSync(path.join(install, 'node_modules', 'assay', 'package.json'), 'utf8')) as {
      readonly exports: Readonly<Record<string, { readonly types: string }>>;
    };
    expect(files).toContain(path.normalize(manifest.exports[entry]?.types ?? ''));
    if (entry === './vitest') return; // Needs vitest, which the user brings.
    const name = path.posix.join('assay', entry);
    const script = `console.log(Object.keys(await import('${name}')).length > 0)`;
    const { stdout, stderr } = await command(process.execPath, ['--input-type=module', '-e', script], { cwd: install, env: offline });
    expect(stdout, stderr).toBe('true\n');
  });

  test('would have been caught with another connection', async () => {
    const { code } = await command(process.execPath, ['-e', "require('node:net').connect(443, '192.0.2.1')"], { cwd: work, env: offline });
    expect(code).not.toBe(0);
    expect(readFileSync(connections, 'utf8')).toBe('192.0.2.1\n');
  });

  const old = systemNode();
  test.skipIf(!old || old.isNewEnough)('says one sentence to an old Node', async () => {
    const bin = path.join('node_modules', 'assay', 'dist', 'bin.js');
    const { code, stderr } = await command(old?.file ?? '', [bin, 'run'], { cwd: install, env });
    expect(stderr).toMatch(/^assay needs Node 22\.19 or newer; this is Node [\d.]+\. Install a newer Node and run it again\.\n$/);
    expect(code).toBe(2);
  });
});

function firstLines(server: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let printed = '';
    server.stdout?.on('data', (chunk: Buffer) => {
      printed += chunk.toString();
      if (printed.includes('API key')) resolve(printed);
    });
    server.once('close', (code) => reject(new Error(`serve ended with ${code}: ${printed}`)));
  });
}
