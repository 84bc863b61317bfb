import type {
  Excuse,
  JsonObject,
  NameValue,
  PracticeReading,
  StreamEnd,
  StreamEvent,
  StreamGrammar,
  StreamViolation,
} from '../model/index.ts';
import { isObject } from './compare.ts';
import { createInstance } from './instance.ts';
import type { StreamContext, StreamJudge } from './context.ts';
import { judgeStream } from './judge.ts';
import { compileTest, readPath } from './tests.ts';

interface TranscriptOptions {
  readonly grammars: readonly StreamGrammar[];
  /** The request's context, `stream` naming the grammar; the transcript's case line where absent. */
  readonly request?: JsonObject;
  readonly vintage?: string;
  /** Makes the judge of payloads for the grammar that was found. */
  readonly validate?: (grammar: StreamGrammar) => StreamContext['validate'];
  /** The practice reading, if one was asked for: what it excuses is not reported. */
  readonly practice?: PracticeReading;
  readonly end?: StreamEnd;
  /** Comments behind the last event: the case line of a stream without events. */
  readonly comments?: readonly NameValue[];
}

interface CheckedTranscript {
  /** `undefined` where no grammar knows such a stream. */
  readonly grammar: StreamGrammar | undefined;
  readonly events: number;
  readonly violations: readonly StreamViolation[];
}

/** A transcript in judgement: pushed event by event, ended once; nothing of it is held but what a grammar is still sought for. */
interface TranscriptJudge {
  push(event: StreamEvent): void;
  /** `comments`: those behind the last event, with the case line of a stream that has none. */
  end(comments?: readonly NameValue[]): CheckedTranscript;
}

/** Events that may pass before one shows whose stream it is. */
const soughtIn = 20;

export function createTranscriptJudge(options: TranscriptOptions): TranscriptJudge {
  const violations: StreamViolation[] = [];
  let waiting: StreamEvent[] = [];
  let events = 0;
  let request = options.request;
  let grammar: StreamGrammar | undefined;
  let judge: StreamJudge | undefined;

  function seek(comments: readonly NameValue[] | undefined): void {
    request ??= caseOf(events === 0 ? comments : waiting[0]?.fields);
    grammar = grammarOf(options.grammars, waiting, request);
    if (grammar === undefined) {
      if (events >= soughtIn) waiting = [];
      return;
    }
    const validate = options.validate?.(grammar);
    judge = judgeStream(grammar, {
      ...(request === undefined ? {} : { request }),
      ...(options.vintage === undefined ? {} : { vintage: options.vintage }),
      ...(validate === undefined ? {} : { validate }),
    });
    for (const event of waiting) keep(judge.push(event), event);
    waiting = [];
  }

  function keep(found: readonly StreamViolation[], event?: StreamEvent): void {
    violations.push(...excuse(found, options.practice, event));
  }

  return {
    push(event) {
      events += 1;
      if (judge !== undefined) keep(judge.push(event), event);
      else if (events <= soughtIn) {
        waiting.push(event);
        if (events === 1 || events === soughtIn) seek(undefined);
      }
    },
    end(comments) {
      if (judge === undefined) seek(comments);
      if (judge !== undefined) keep(judge.end(options.end ?? 'closed'));
      return { grammar, events, violations };
    },
  };
}

/** Judges a stream that was read whole. */
export function checkTranscript(events: readonly StreamEvent[], options: TranscriptOptions): CheckedTranscript {
  const judge = createTranscriptJudge(options);
  for (const event of events) judge.push(event);
  return judge.end(options.comments);
}

/** The violations that a practice reading does not excuse. Of a transcript no request is known, and no time. */
function excuse(
  violations: readonly StreamViolation[],
  practice: PracticeReading | undefined,
  event: StreamEvent | undefined,
): readonly StreamViolation[] {
  if (practice === undefined) return violations;
  return violations.filter(({ rule, at, eventIndex }) => {
    const shown = event?.index === eventIndex ? event : undefined;
    return !practice.excuses.some(
      (one) =>
        one.rule === rule &&
        (one.at === undefined || one.at === at) &&
        (one.event === undefined || shown === undefined || holdsOneOf(shown, one.event)),
    );
  });
}

/** Whether the event holds what an excuse asks for. */
export function holdsOneOf(event: StreamEvent, wanted: NonNullable<Excuse['event']>): boolean {
  const found = readPath(wanted.at)(parsed(event.data));
  return 'in' in wanted ? wanted.in.some((value) => value === found) : (found !== undefined) === wanted.has;
}

/** The request context that a transcript carries in its first comment: `: case {"stream":"…", …}`. */
function caseOf(fields: readonly NameValue[] | undefined): JsonObject | undefined {
  const line = fields?.find(([name, value]) => name === '' && value.trimStart().startsWith('case '))?.[1];
  if (line === undefined) return undefined;
  try {
    const context: unknown = JSON.parse(line.trimStart().slice('case '.length));
    return isObject(context) ? (context as JsonObject) : undefined;
  } catch {
    return undefined;
  }
}

function grammarOf(
  grammars: readonly StreamGrammar[],
  events: readonly StreamEvent[],
  request: JsonObject | undefined,
): StreamGrammar | undefined {
  const named = request?.['stream'];
  if (typeof named === 'string') return grammars.find((grammar) => grammar.id === named);
  const root = createInstance('stream', '', undefined);
  for (const event of events) {
    const payload = parsed(event.data);
    const scope = { payload, subject: payload, self: root, root, request: undefined, eventIndex: 0, payloads: 0 };
    const found = grammars.find((grammar) => compileTest(grammar.recognise)(scope));
    if (found !== undefined) return found;
  }
  return undefined;
}

function parsed(data: string | undefined): unknown {
  try {
    return data === undefined ? undefined : JSON.parse(data);
  } catch {
    return undefined;
  }
}
