import { defineCheck, must, type Violation } from 'assay/pack';
import { answerOf, listOf, type Members, membersOf, quote } from './answer.ts';
import { stateFacts } from './state-facts.ts';

export const stateExplained = defineCheck({
  id: 'state-explained',
  requirement: must('prose', 'An object has the times and reasons of the state it is in, and none of a state it is not in'),
  needs: 'response',
  applies: (context) => rowsOf(answerOf(context)).length > 0,
  *run(context) {
    for (const [at, row] of rowsOf(answerOf(context))) yield* violations(at, row);
  },
});

function rowsOf(answer: Members | undefined): [string, Members][] {
  const rows = [['', answer] as const, ...listOf(answer?.['data']).map((row, index) => [`/data/${index}`, membersOf(row)] as const)];
  return rows.flatMap(([at, row]): [string, Members][] =>
    row && stateFacts.has(String(row['object'])) && typeof row['status'] === 'string' ? [[at, row]] : [],
  );
}

function* violations(at: string, row: Members): Iterable<Violation> {
  const name = String(row['object']);
  const status = String(row['status']);
  for (const { states, set = [], unset = [] } of stateFacts.get(name) ?? []) {
    if (!states.includes(status)) continue;
    for (const member of set) {
      if (hasValue(row[member])) continue;
      yield {
        expected: `${member} of a ${name} that is ${status}`,
        actual: quote(row[member]),
        at: `${at}/${member}`,
        rule: `${name} ${status} ${member}`,
      };
    }
    for (const member of unset) {
      if (!hasValue(row[member])) continue;
      yield {
        expected: `no ${member} of a ${name} that is ${status}`,
        actual: quote(row[member]),
        at: `${at}/${member}`,
        rule: `${name} ${status} ${member}`,
      };
    }
  }
}

/** An error object whose members are all null says that there is none. */
function hasValue(value: unknown): boolean {
  const members = membersOf(value);
  return members ? Object.values(members).some((one) => one !== null) : value !== undefined && value !== null;
}
