import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { assay, root, scratch } from '../helpers/assay.ts';

const fixture = path.join(root, 'test', 'fixtures', 'kitchen-sink-3.0.json');

describe('what cannot be meant is answered with a sentence and exit code 2', () => {
  test.each<[string, readonly string[], string]>([
    ['an unknown command', ['replya'], 'There is no command "replya". Did you mean "replay"?'],
    ['an unknown flag', ['run', '--ony', 'x'], "unknown option '--ony'"],
    [
      'an unknown contract',
      ['run', '--contract', 'openai@2025-04'],
      'There is no contract "openai@2025-04". Did you mean "openai@2025-01"?',
    ],
    ['a pattern that matches nothing', ['run', '--only', 'createChatCompletoin'], 'Did you mean "createChatCompletion"?'],
    ['a target that is no URL', ['run', 'localhost'], '"localhost" is no http or https URL'],
    ['a target of another scheme', ['run', 'ftp://127.0.0.1/'], '"ftp://127.0.0.1/" is no http or https URL'],
    ['a key in the URL', ['run', 'http://user:secret@127.0.0.1/'], 'holds a user name or a password'],
    ['a seed that is no number', ['run', '--seed', 'x'], 'Expected a whole number of 0 or more, got "x".'],
    ['an unknown report format', ['run', '--report', 'jnuit'], 'There is no report format "jnuit". Did you mean "junit"?'],
    ['an unknown profile', ['run', '--profile', 'nobody'], 'There is no profile "nobody"'],
    ['an unknown reading', ['run', '--reading', 'leter'], 'There is no reading "leter"'],
    ['a variable that is not set', ['run', 'http://127.0.0.1:9', '--api-key-env', 'NO_SUCH_KEY'], 'NO_SUCH_KEY, which is not set'],
    ['a document that is none', ['run', '--spec', path.join(root, 'package.json')], 'openapi'],
    ['a document that is not there', ['plan', '--spec', 'nowhere.yaml'], 'nowhere.yaml'],
    ['an id that nothing has', ['explain', 'status-declard'], 'Did you mean "status-declared"?'],
    ['a run folder that is none', ['recheck', 'nowhere'], 'hold no journal.ndjson'],
    ['a shard that is none', ['run', '--shard', '3/2'], 'expected i/n with 1 <= i <= n'],
  ])('%s', async (_, args, sentence) => {
    const { code, stderr } = await assay(args);
    expect(stderr).toContain(sentence);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(code).toBe(2);
  });

  test('a target that nobody listens at', async () => {
    const { code, stdout } = await assay(['run', 'http://127.0.0.1:9', '--spec', fixture]);
    expect(stdout).toContain('http://127.0.0.1:9 cannot be reached');
    expect(code).toBe(2);
  });

  test('a member of the config file that no flag has', async () => {
    const cwd = scratch();
    writeFileSync(path.join(cwd, 'assay.config.json'), JSON.stringify({ seeed: 3 }));
    const { code, stderr } = await assay(['plan'], { cwd });
    expect(stderr).toContain('assay.config.json: must NOT have additional properties "seeed"');
    expect(code).toBe(2);
  });
});

test('the config file holds what flags hold, and flags win', async () => {
  const cwd = scratch();
  writeFileSync(path.join(cwd, 'assay.config.yaml'), 'only: [listModels]\nseed: 7\n');
  const fromFile = await assay(['plan'], { cwd });
  expect(fromFile.stdout).toContain('1 of 126 operations');
  expect(fromFile.stdout).toContain('seed 7');
  const flagWins = await assay(['plan', '--seed', '8'], { cwd });
  expect(flagWins.stdout).toContain('seed 8');
  const without = await assay(['plan', '--no-config', '--only', 'retrieveModel'], { cwd });
  expect(without.stdout).toContain('seed 1');
});

test('the plan is the same for the same seed, line by line', async () => {
  const args = ['plan', '--cases', '--only', 'createAssistant', '--seed', '5'];
  const [one, other] = await Promise.all([assay(args), assay(args)]);
  expect(one.stdout).toBe(other.stdout);
  const lines = one.stdout.trimEnd().split('\n');
  const first: unknown = JSON.parse(lines[0] ?? '');
  expect(first).toMatchObject({ operationId: 'createAssistant', mode: 'valid', request: { method: 'POST', path: '/assistants' } });
});
