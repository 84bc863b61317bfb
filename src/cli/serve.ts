import { once } from 'node:events';

import { Command } from 'commander';

import { loadContract } from './contract.ts';
import { startEmbedded } from './embedded.ts';
import { print } from './print.ts';
import { type Settings, addContractOptions, wholeNumber } from './settings.ts';

interface ServeFlags extends Settings {
  readonly port?: number;
  readonly verbose?: boolean;
  readonly chunking?: boolean;
  readonly realDelays?: boolean;
}

/** `serve`: the reference server, for client tests and for a look at what a conforming answer is. */
export function serveCommand(): Command {
  const command = new Command('serve').description('Starts the reference server of a contract on loopback.');
  return addContractOptions(command)
    .option('--port <n>', 'port; 0 takes a free one', wholeNumber, 0)
    .option('--verbose', 'a line per request, and how bodies were made')
    .option('--chunking', 'send streams in odd pieces')
    .option('--real-delays', 'send streams at the pace of a model')
    .action(async (flags: ServeFlags) => {
      const loaded = await loadContract(flags);
      const server = await startEmbedded(loaded, {
        port: flags.port ?? 0,
        verbose: flags.verbose ?? false,
        chunking: flags.chunking ? 'odd' : 'events',
        realDelays: flags.realDelays ?? false,
      });
      print(`${loaded.contract.id} is served at ${server.url}`);
      print(`The API key is ${server.apiKey}`);
      await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
      await server.close();
    });
}
