import { once } from 'node:events';
import path from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';

import { Command } from 'commander';

import { UsageError } from '../engine/index.ts';
import { createProxy } from '../http/index.ts';
import { folderFor } from './event-writer.ts';
import { startJudgeThread } from './judge-thread.ts';
import type { PassiveSettings } from './passive-run.ts';
import { print, printError } from './print.ts';
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

/** Bodies beyond it pass like all others, and are judged as far as they were kept. */
const bodyBytes = 16 * 1024 * 1024;

/** 0: all that passed conforms, 1: findings, 2: nothing passed, too little of it was judged, or Assay itself failed. */
async function proxy(flags: ProxyFlags): Promise<0 | 1 | 2> {
  const to = targetOf(flags.to);
  const folder = folderFor(flags.out, `proxy-${to.host}`);
  const judge = await startJudgeThread({ settings: flags, to: to.href, folder, bodyBytes });
  const server = await createProxy({
    to: to.href,
    port: flags.port ?? 0,
    listen: flags.listen ?? '127.0.0.1',
    toldBytes: bodyBytes,
    tell: judge.tell,
  }).catch((error: Error) => {
    judge.abandon();
    throw new UsageError(`The proxy cannot listen: ${error.message}`);
  });
  const interrupted = () => Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
  const stopped = interrupted();
  print(`${server.url} passes on to ${to.origin}. Ctrl-C ends it and writes the reports.`);
  await stopped;
  void interrupted().then(() => {
    printError('Ended before all was judged: there are no reports.');
    judge.abandon();
  });
  await server.close();
  // What was under way is told a turn after its connection ended.
  await turn();
  await turn();
  const exitCode = await judge.finish(server.tunnelled);
  print(`reports    ${path.relative('', folder) || folder}`);
  return exitCode;
}

function targetOf(text: string): URL {
  const url = URL.parse(text);
  if (url && /^https?:$/.test(url.protocol) && url.username === '' && url.search === '') return url;
  throw new UsageError(`--to ${JSON.stringify(text)}: expected an http or https URL without credentials and query.`);
}
