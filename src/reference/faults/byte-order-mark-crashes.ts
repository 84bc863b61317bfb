import type { Fault, FaultContext } from '../../model/index.ts';

/** Breaks `survives-probe`: JSON after a byte order mark is a crash. */
export const byteOrderMarkCrashes: Fault = {
  id: 'byte-order-mark-crashes',
  breaks: 'survives-probe',
  what: 'Answers 500 to a body that begins with a byte order mark, which RFC 8259 lets a parser ignore',
  reply: (reply, context) => (beginsWithMark(context) ? { ...reply, status: 500 } : reply),
};

function beginsWithMark({ body }: FaultContext): boolean {
  return body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf;
}
