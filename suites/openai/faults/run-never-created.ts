import type { Fault } from 'assay/pack';
import { inStream } from './change.ts';

export const runNeverCreated: Fault = {
  id: 'run-never-created',
  breaks: 'asst.run-created',
  what: 'Begins a stream of a run with its first step',
  operations: ['createRun'],
  reply: inStream((events) => events.filter((event) => event.event !== 'thread.run.created')),
};
