import { describe, expect, test } from 'vitest';

import { Ledger } from './ledger.ts';

function line(...pairs: readonly (readonly [string, string])[]) {
  return new Map(pairs);
}

describe('Ledger', () => {
  test('shares a child only under the parent that the request names', () => {
    const ledger = new Ledger();
    ledger.add({ family: 'pet', id: 'p1', context: line(['owner.id', 'o1'], ['pet.id', 'p1']), found: false, reserved: false });
    expect(ledger.find('pet', line(['owner.id', 'o2']))).toBeUndefined();
    expect(ledger.find('pet', line(['owner.id', 'o1']))?.id).toBe('p1');
    expect(ledger.find('pet', line())?.id).toBe('p1');
  });

  test('forgets the children of what was removed', () => {
    const ledger = new Ledger();
    ledger.add({ family: 'owner', id: 'o1', context: line(['owner.id', 'o1']), found: false, reserved: false });
    ledger.add({ family: 'pet', id: 'p1', context: line(['owner.id', 'o1'], ['pet.id', 'p1']), found: false, reserved: false });
    ledger.remove('owner', 'o1', line());
    expect(ledger.find('pet', line())).toBeUndefined();
    expect(ledger.leftovers()).toEqual([]);
  });

  test('tells apart what has one id under two parents', () => {
    const ledger = new Ledger();
    const member = (team: string) => ({
      family: 'member',
      id: 'm1',
      context: line(['team.id', team], ['member.id', 'm1']),
      found: false,
      reserved: false,
    });
    ledger.add(member('t1'));
    ledger.add(member('t2'));
    ledger.remove('member', 'm1', line(['team.id', 't1'], ['member.id', 'm1']));
    expect(ledger.find('member', line(['team.id', 't1']))).toBeUndefined();
    expect(ledger.find('member', line(['team.id', 't2']))?.id).toBe('m1');
    expect(ledger.get('member', 'm1', line(['team.id', 't1']))?.gone).toBe(true);
    ledger.add(member('t1'));
    expect(ledger.find('member', line(['team.id', 't1']))?.gone).toBe(false);
    expect(ledger.leftovers()).toHaveLength(2);
  });

  test('names what is left youngest first, without what the target had before', () => {
    const ledger = new Ledger();
    ledger.add({ family: 'owner', id: 'o1', context: line(['owner.id', 'o1']), found: false, reserved: false });
    ledger.add({ family: 'plan', id: 'free', context: line(['plan.id', 'free']), found: true, reserved: false });
    ledger.add({ family: 'pet', id: 'p1', context: line(['owner.id', 'o1'], ['pet.id', 'p1']), found: false, reserved: true });
    expect(ledger.leftovers().map((entry) => entry.id)).toEqual(['p1', 'o1']);
  });

  test('never shares what was made fresh for one case', () => {
    const ledger = new Ledger();
    ledger.add({ family: 'owner', id: 'o1', context: line(['owner.id', 'o1']), found: false, reserved: true });
    expect(ledger.find('owner', line())).toBeUndefined();
  });

  test('keeps ids from outside apart from what objects inherit', () => {
    const ledger = new Ledger();
    expect(ledger.get('owner', '__proto__', line())).toBeUndefined();
    ledger.add({ family: 'owner', id: '__proto__', context: line(['owner.id', '__proto__']), found: false, reserved: false });
    expect(ledger.find('owner', line())?.id).toBe('__proto__');
    expect(({} as { family?: string }).family).toBeUndefined();
  });
});
