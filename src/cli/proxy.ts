import { once } from 'node:events';
import path from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';

import { Command } from 'commander';

import { type LiveStream, UsageError, readingFor, routeOf, startRecordedStream, verdictOn } from '../engine/index.ts';
import { createProxy } from '../http/index.ts';
import type { Exchange, Operation, PracticeReading, SentRequest, StreamEvent } from '../model/index.ts';
import { excuse } from '../stream/index.ts';
import { lineOf, linesOf, textOutput } from './check-output.ts';
import { loadContract } from './contract.ts';
import { folderFor } from './event-writer.ts';
import { type PassiveRun, type PassiveSettings, openPassiveRun } from './passive-run.ts';
import { print } from './print.ts';
import { addContractOptions, list, wholeNumber } from './settings.ts';

interface ProxyFlags extends PassiveSettings {
  readonly to: string;
  readonly port?: number;
  readonly listen?: string;
}

/** `proxy --to URL`: passes on what it sees between a client and a server, and judges it in passing. */
export function proxyCommand(): Command {
  const command = new Command('proxy')
    .description('Passes requests on to a server and judges what passes, without sending anything of its own.')
    .requiredOption('--to <url>', 'where everything goes');
  return addContractOptions(command)
    .option('--port <n>', 'port to listen on; 0 takes a free one', wholeNumber, 0)
    .option('--listen <address>', 'address to listen on', '127.0.0.1')
    .option('--base-path <path>', 'what stands before every path of the contract; any prefix where absent')
    .option('--vintage <edition>', 'edition of the event schemas; found in each stream where absent')
    .option('--fail-on <level>', 'fail or warn')
    .option('--baseline <file>', 'known findings of the target')
    .option('--report <formats>', 'json, html, junit, markdown', list)
    .option('--out <folder>', 'run folder for reports and journal')
    .option('--force', 'replace the journal in the run folder')
    .action(async (flags: ProxyFlags) => {
      process.exitCode = await proxy(flags);
    });
}

/** 0: all that passed conforms, 1: findings, 2: nothing passed, or Assay itself failed. */
async function proxy(flags: ProxyFlags): Promise<0 | 1 | 2> {
  const to = targetOf(flags.to);
  const loaded = await loadContract(flags);
  const folder = folderFor(flags.out, `proxy-${to.host}`);
  const run = openPassiveRun(loaded, flags, { target: to.origin + to.pathname.replace(/\/+$/, ''), folder, options: { proxy: true } });
  const watcher = createWatcher(run, loaded.pack?.readings ?? [], to.host);
  const server = await createProxy({
    to: to.href,
    port: flags.port ?? 0,
    listen: flags.listen ?? '127.0.0.1',
    onExchange: watcher.exchange,
    onEvent: watcher.event,
  });
  const stopped = Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
  print(`${server.url} passes on to ${to.origin}. Ctrl-C ends it and writes the reports.`);
  await stopped;
  await server.close();
  // What was under way is reported a turn after its connection ended.
  await turn();
  await turn();
  const { report, exitCode } = await run.finish([], run.summary.exchanges > 0);
  textOutput(run.text).end(run, report, 0);
  print(`reports    ${path.relative('', folder) || folder}`);
  return exitCode;
}

function targetOf(text: string): URL {
  const url = URL.parse(text);
  if (url && /^https?:$/.test(url.protocol) && url.username === '' && url.search === '') return url;
  throw new UsageError(`--to ${JSON.stringify(text)}: expected an http or https URL without credentials and query.`);
}

interface Watched {
  readonly operation: Operation;
  readonly live: LiveStream | undefined;
  /** Violations of the stream that were printed when they came. */
  printed: number;
}

/** Judges exchanges once they are over, and their streams event by event. */
function createWatcher(
  run: PassiveRun,
  readings: readonly PracticeReading[],
  host: string,
): {
  readonly exchange: (exchange: Exchange) => void;
  readonly event: (event: StreamEvent, id: string, request: () => SentRequest) => 'keep-around' | 'continue';
} {
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
    for (const { rule, level, eventIndex, message } of excuse(all.slice(watched.printed), practice))
      if (level !== 'MAY') print(run.text(`${id} ${rule} ${level} ${method} ${template} event ${eventIndex}: ${message}`));
    watched.printed = all.length;
  }

  /** Whether it was told while the stream passed: what may be excused waits for the verdict. */
  function wasPrinted({ checkId, rule }: ReturnType<typeof linesOf>[number]): boolean {
    return checkId === 'stream-rules' && !practice?.excuses.some((excused) => excused.rule === rule);
  }

  return {
    event: (event, id, request) => {
      if (!streams.has(id)) streams.set(id, watch(request()));
      const watched = streams.get(id);
      if (!watched?.live?.push(event)) return 'continue';
      printNew(id, watched);
      return 'keep-around';
    },
    exchange: (received) => {
      const watched = streams.get(received.id);
      streams.delete(received.id);
      const exchange = watched?.live?.finish(received) ?? received;
      const live = watched?.live && verdictOn(exchange, watched.operation, reading, judging);
      if (watched?.live) printNew(received.id, watched);
      const verdict = run.add({ exchange, host, missing: [], witnessed: true }, live);
      if (verdict.kind !== 'judged') return;
      for (const line of linesOf(verdict))
        if (line.level !== 'MAY' && !(live && wasPrinted(line))) print(run.text(`${exchange.id} ${lineOf(verdict, line)}`));
    },
  };
}
