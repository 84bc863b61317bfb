import { createErratumFinder } from '../contract/index.ts';
import type { Contract, Exchange, Json, Operation, Pack, Pointer, SchemaError, SchemaJudge } from '../model/index.ts';
import { requestView, responseView } from '../wire/index.ts';
import { valueOfEvent } from './letter-stream.ts';
import { grammarFor } from './streams.ts';

/** A document as published, or with its errata, and its judge. */
interface Judged {
  readonly contract: Contract;
  readonly judge: SchemaJudge;
}

/** Counts the errata that made a value acceptable that the document as published forbids. */
interface ErrataCounter {
  add(exchange: Exchange, operation: Operation): void;
  /** Exchanges by the id of the erratum. */
  readonly fired: ReadonlyMap<string, number>;
  /** Values that only the errata make acceptable, while none of them could be named for it. */
  readonly unnamed: number;
}

/**
 * Judges answers, events and accepted requests by the letter and with the errata: an erratum fired where the value at one of
 * its places is accepted only because of it.
 */
export function createErrataCounter(letter: Judged, repaired: Judged, pack: Pack | undefined): ErrataCounter {
  const erratumOf = createErratumFinder(letter.contract.document, repaired.contract.overlays);
  const published = new Map(letter.contract.operations.map((operation) => [operation.id, operation]));
  const fired = new Map<string, number>();
  let unnamed = 0;

  function name(error: Pick<SchemaError, 'schemaPath' | 'member'>, found: Set<string>): void {
    const id = erratumOf(error)?.id;
    if (id === undefined) unnamed++;
    else found.add(id);
  }

  function judge(before: Pointer | undefined, after: Pointer | undefined, value: Json, found: Set<string>): void {
    if (before === undefined || after === undefined || letter.judge.accepts(before, value)) return;
    const stays = new Set(repaired.judge.accepts(after, value) ? [] : repaired.judge.explain(after, value).map(keyOf));
    for (const error of letter.judge.explain(before, value)) if (!stays.has(keyOf(error))) name(error, found);
  }

  function judgeAnswer(exchange: Exchange, before: Operation, after: Operation, found: Set<string>): void {
    const response = responseView(exchange, after);
    const media = response?.declaredMedia;
    if (!response || media?.schema === undefined) return;
    const known = responseView(exchange, before)?.declaredMedia;
    if (!known) return name({ schemaPath: media.schema }, found);
    if (response.json !== undefined) judge(known.schema, media.schema, response.json, found);
    const grammar = grammarFor(pack, after);
    for (const event of exchange.stream?.kept ?? []) {
      const value = valueOfEvent(event, grammar);
      if (value !== undefined) judge(known.schema, media.schema, value, found);
    }
  }

  return {
    fired,
    get unnamed() {
      return unnamed;
    },
    add: (exchange, operation) => {
      const before = published.get(operation.id);
      const status = exchange.response?.status ?? 0;
      if (!before || status < 200 || status > 299) return;
      const found = new Set<string>();
      judgeAnswer(exchange, before, operation, found);
      const { body, mediaType } = requestView(exchange, operation);
      const schemaIn = ({ requestBody }: Operation) => requestBody?.content.find((media) => media.mediaType === mediaType)?.schema;
      if (body !== undefined) judge(schemaIn(before), schemaIn(operation), body, found);
      for (const id of found) fired.set(id, (fired.get(id) ?? 0) + 1);
    },
  };
}

function keyOf({ instancePath, keyword, member }: SchemaError): string {
  return `${instancePath} ${keyword} ${member ?? ''}`;
}
