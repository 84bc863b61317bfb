import type { StreamGrammar } from '../../../src/model/index.ts';

/** The grammar as it is where these rules do not hold: whatever names one of them is gone. */
export function withoutRules(grammar: StreamGrammar, rules: ReadonlySet<string>): StreamGrammar {
  if (rules.size === 0) return grammar;
  const isGone = (value: unknown): boolean =>
    (typeof value === 'string' && rules.has(value)) ||
    (typeof value === 'object' && value !== null && 'rule' in value && typeof value.rule === 'string' && rules.has(value.rule));
  const without = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.filter((entry) => !isGone(entry)).map(without);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value)
        .filter(([, member]) => !isGone(member))
        .map(([name, member]) => [name, without(member)]),
    );
  };
  // Rule ids are strings that nothing else is: what is left has the shape of a grammar.
  return without(grammar) as StreamGrammar;
}
