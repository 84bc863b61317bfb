import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { images } from './images.ts';
import { transcription } from './audio.ts';
import { responses } from './responses.ts';

/** The types of the official client, the newest description of the events: what they know, the grammars have to know. */
function declared(file: string): string {
  return readFileSync(path.join(import.meta.dirname, '../../../node_modules/openai/resources', `${file}.d.ts`), 'utf8');
}

interface Declared {
  readonly type: string;
  readonly required: readonly string[];
}

/** The members of a union of interfaces: the constant type, and the names without a question mark. */
function eventsOf(file: string, union: string): Declared[] {
  const text = declared(file);
  const names = /^export type \w+ = (.*);$/m.exec(text.slice(text.indexOf(`export type ${union} = `)))?.[1]?.split(' | ') ?? [];
  return names.map((name) => {
    const start = text.indexOf(`export interface ${name} {`);
    const body = text.slice(start, text.indexOf('\n}', start));
    const members = [...body.matchAll(/^ {4}(\w+): (.*)$/gm)];
    const type = /'(.*)'/.exec(members.find((member) => member[1] === 'type')?.[2] ?? '')?.[1];
    if (start < 0 || type === undefined) throw new Error(`${file} has no event ${name}.`);
    return { type, required: members.flatMap(([, member]) => (member === undefined || member === 'type' ? [] : [member])) };
  });
}

/** What the client requires and its own grammar does not, with the reason. */
const leftAlone = [
  {
    grammar: images,
    member: /^(background|created_at|output_format|quality|size|usage)$/,
    because: 'the examples of the document lack them',
  },
  { grammar: responses, member: /^sequence_number$/, because: 'the sequence demands it, where the vintage has it' },
  { grammar: responses, member: /^logprobs$/, because: 'absent in spring 2025' },
  { grammar: responses, type: /^response\.audio\./, because: 'the schema of the document demands what there is' },
  {
    grammar: responses,
    type: /^response\.code_interpreter_call\.\w+$/,
    member: /^item_id$/,
    because: 'the first edition has the call itself',
  },
  { grammar: responses, type: /^error$/, because: 'sent flat or nested: a rule of its own' },
  { grammar: transcription, member: /^speaker$/, because: 'nothing is read by it' },
] as const;

const unions = [
  ['responses/responses', 'ResponseStreamEvent', responses],
  ['audio/transcriptions', 'TranscriptionStreamEvent', transcription],
  ['images', 'ImageGenStreamEvent', images],
  ['images', 'ImageEditStreamEvent', images],
] as const;

describe.each(unions)('%s: %s', (file, union, grammar) => {
  const events = eventsOf(file, union);

  test('has no event that the grammar does not know', () => {
    expect(events.length).toBeGreaterThan(1);
    expect(events.map(({ type }) => type).filter((type) => grammar.events[type] === undefined)).toEqual([]);
  });

  test('requires what the grammar requires', () => {
    const tooMuch = events.flatMap(({ type, required }) =>
      Object.keys(grammar.events[type]?.required ?? {}).flatMap((member) => (required.includes(member) ? [] : [`${type} ${member}`])),
    );
    expect(tooMuch).toEqual([]);
  });

  test('requires nothing else, but for what is left alone with a reason', () => {
    const missing = events.flatMap(({ type, required }) =>
      required.flatMap((member) => {
        const excused = leftAlone.some(
          (one) => one.grammar === grammar && (!('member' in one) || one.member.test(member)) && (!('type' in one) || one.type.test(type)),
        );
        return excused || grammar.events[type]?.required?.[member] !== undefined ? [] : [`${type} ${member}`];
      }),
    );
    expect(missing).toEqual([]);
  });
});
