import { type LiveStream, guarded, type RecordedVerdict, readingFor, routeOf, startRecordedStream, verdictOn } from '../engine/index.ts';
import type { Exchange, Operation, PracticeReading, SentRequest, StreamEvent } from '../model/index.ts';
import { lineOf, linesOf } from './check-output.ts';
import type { PassiveRun } from './passive-run.ts';
import { print } from './print.ts';

interface Watched {
  readonly operation: Operation;
  readonly live: LiveStream | undefined;
  /** Violations of the stream that were printed when they came. */
  printed: number;
  /** What Assay failed with: the thread has others to judge. */
  failed?: { readonly thrown: unknown };
}

/** Judges what passes by. */
interface Watcher {
  readonly exchange: (exchange: Exchange) => void;
  readonly event: (event: StreamEvent, id: string, request: () => SentRequest) => 'keep-around' | 'continue';
  /** Nobody will tell how this exchange ended. */
  readonly forget: (id: string) => void;
}

/** Judges exchanges once they are over, and their streams event by event; prints what is broken at once. */
export function createWatcher(run: PassiveRun, readings: readonly PracticeReading[], host: string): Watcher {
  const { judging } = run;
  const reading = readingFor({ host }, judging);
  const practice = readings.find(({ name }) => name === reading);
  const streams = new Map<string, Watched | undefined>();

  function watch(request: SentRequest): Watched | undefined {
    run.learn(request);
    const route = routeOf({ request }, judging);
    if (route.kind !== 'operation') return undefined;
    return { operation: route.operation, live: startRecordedStream(judging, { request }, route.operation), printed: 0 };
  }

  function printNew(id: string, watched: Watched): void {
    const all = watched.live?.violations ?? [];
    const { method, path: template } = watched.operation;
    for (const { rule, level, eventIndex, message } of all.slice(watched.printed))
      if (level !== 'MAY' && !mayBeExcused(rule))
        print(run.text(`${id} ${rule} ${level} ${method} ${template} event ${eventIndex}: ${message}`));
    watched.printed = all.length;
  }

  /** What may be excused waits for the verdict. */
  function mayBeExcused(rule: string | undefined): boolean {
    return practice?.excuses.some((excused) => excused.rule === rule) ?? false;
  }

  /** Whether it was told while the stream passed. */
  function wasPrinted({ checkId, rule }: ReturnType<typeof linesOf>[number]): boolean {
    return checkId === 'stream-rules' && !mayBeExcused(rule);
  }

  function ofStream(received: Exchange, { live, operation, failed }: Watched): RecordedVerdict {
    if (failed) throw failed.thrown;
    return verdictOn(live?.finish(received) ?? received, operation, reading, judging);
  }

  return {
    forget: (id) => void streams.delete(id),
    event: (event, id, request) => {
      if (!streams.has(id)) streams.set(id, watch(request()));
      const watched = streams.get(id);
      if (!watched?.live || watched.failed) return 'continue';
      try {
        if (!watched.live.push(event)) return 'continue';
      } catch (thrown) {
        watched.failed = { thrown };
        return 'continue';
      }
      printNew(id, watched);
      return 'keep-around';
    },
    exchange: (received) => {
      const watched = streams.get(received.id);
      streams.delete(received.id);
      const witnessed = { exchange: received, host, missing: [], witnessed: true };
      const live = watched?.live && guarded(witnessed, judging, () => ofStream(received, watched));
      if (watched?.live) printNew(received.id, watched);
      const verdict = run.add({ ...witnessed, ...(live?.kind === 'judged' && { exchange: live.exchange }) }, live);
      const { exchange } = witnessed;
      if (verdict.kind !== 'judged') return;
      for (const line of linesOf(verdict))
        if (line.level !== 'MAY' && !(live && wasPrinted(line))) print(run.text(`${exchange.id} ${lineOf(verdict, line)}`));
    },
  };
}
