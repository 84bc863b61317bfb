import type { Fault } from 'assay/pack';
import { inStream } from './change.ts';

export const messageNeverEnds: Fault = {
  id: 'message-never-ends',
  breaks: 'asst.msg-unclosed',
  what: 'Ends a run without an end of its message',
  operations: ['createRun', 'createThreadAndRun'],
  reply: inStream((events) => events.filter((event) => event.event !== 'thread.message.completed')),
};
