import { describe, expect, test } from 'vitest';

import { Gate } from './gate.ts';

describe('Gate', () => {
  test('lets no more than its width run at once', async () => {
    const gate = new Gate(2);
    let running = 0;
    let most = 0;
    const task = async () => {
      most = Math.max(most, ++running);
      await Promise.resolve();
      running--;
    };
    await Promise.all(Array.from({ length: 20 }, () => gate.run(task)));
    expect(most).toBe(2);
  });

  test('runs a task alone when it asks for that, after what is under way and before what came later', async () => {
    const gate = new Gate(3);
    const log: string[] = [];
    const task = (name: string) => async () => {
      log.push(`+${name}`);
      await Promise.resolve();
      log.push(`-${name}`);
    };
    await Promise.all([gate.run(task('a')), gate.run(task('b')), gate.run(task('alone'), { alone: true }), gate.run(task('c'))]);
    expect(log).toEqual(['+a', '+b', '-a', '-b', '+alone', '-alone', '+c', '-c']);
  });

  test('goes on after a task that failed', async () => {
    const gate = new Gate(1);
    await expect(gate.run(() => Promise.reject(new Error('broken')), { alone: true })).rejects.toThrow('broken');
    await expect(gate.run(() => Promise.resolve('next'))).resolves.toBe('next');
  });
});
