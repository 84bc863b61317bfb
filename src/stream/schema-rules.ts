import type { JsonObject, SchemaRule } from '../model/index.ts';
import { valueIn } from './tests.ts';

/** The rule that a schema error stands for: `null` where the schema is wrong there, `undefined` where no rule names the place. */
export type SchemaMapper = (type: string, pointer: string, payload: JsonObject) => string | null | undefined;

/** Turns the table of a grammar into a lookup; the first row that fits decides. */
export function createSchemaMapper(table: readonly SchemaRule[]): SchemaMapper {
  const rows = table.map(({ events, at, came, rule }) => ({
    events: events && new Set(events),
    tokens: at.split('/').slice(1),
    came,
    rule,
  }));
  return (type, pointer, payload) => {
    const tokens = pointer.split('/').slice(1);
    const came = kindOf(valueIn(payload, pointer.slice(1), '/'));
    const fits = (row: (typeof rows)[number]): boolean =>
      (row.events === undefined || row.events.has(type)) && (row.came === undefined || row.came === came) && matches(row.tokens, tokens);
    return rows.find(fits)?.rule;
  };
}

function kindOf(value: unknown): SchemaRule['came'] {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  return typeof value === 'string' ? 'string' : undefined;
}

function matches(pattern: readonly string[], tokens: readonly string[]): boolean {
  for (const [index, token] of pattern.entries()) {
    if (token === '**') return true;
    if (index >= tokens.length || (token !== '*' && token !== tokens[index])) return false;
  }
  return pattern.length === tokens.length;
}
