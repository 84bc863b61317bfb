import type { SchemaRule } from '../model/index.ts';

/** The rule that a schema error stands for: `null` where the schema is wrong there, `undefined` where no rule names the place. */
export type SchemaMapper = (type: string, pointer: string) => string | null | undefined;

/** Turns the table of a grammar into a lookup; the first row that fits decides. */
export function createSchemaMapper(table: readonly SchemaRule[]): SchemaMapper {
  const rows = table.map(({ events, at, rule }) => ({
    events: events && new Set(events),
    tokens: at.split('/').slice(1),
    rule,
  }));
  return (type, pointer) => {
    const tokens = pointer.split('/').slice(1);
    return rows.find((row) => (row.events === undefined || row.events.has(type)) && matches(row.tokens, tokens))?.rule;
  };
}

function matches(pattern: readonly string[], tokens: readonly string[]): boolean {
  for (const [index, token] of pattern.entries()) {
    if (token === '**') return true;
    if (index >= tokens.length || (token !== '*' && token !== tokens[index])) return false;
  }
  return pattern.length === tokens.length;
}
