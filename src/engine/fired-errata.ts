import type { AppliedAction, Contract, Exchange, Json, Operation, Pack, Pointer, SchemaError, SchemaJudge } from '../model/index.ts';
import { isObject, stringMember } from '../schema/json.ts';
import { pointerOfReference, tokensOf, pointerOf, valueAt } from '../schema/pointer.ts';
import { requestView, responseView } from '../wire/index.ts';
import { grammarFor } from './streams.ts';
import { valueOfEvent } from './letter-stream.ts';

/** A document as published, and with its errata; both judged. */
interface Judged {
  readonly contract: Contract;
  readonly judge: SchemaJudge;
}

/** Counts the errata that made a value acceptable that the document as published forbids. */
interface ErrataCounter {
  add(exchange: Exchange, operation: Operation): void;
  /** Exchanges by the id of the erratum. */
  readonly fired: ReadonlyMap<string, number>;
  /** Values that only the errata make acceptable, but none of them could be named for. */
  readonly unnamed: number;
}

/** One place that an action changed. */
interface Row {
  readonly id: string;
  readonly place: Pointer;
  /** The name that was taken out of the list `place` of required members. */
  readonly member?: string;
}

/**
 * Judges answers and accepted requests by the letter and with the errata: an erratum fired where the value at one of its
 * places is accepted only because of it.
 */
export function createErrataCounter(letter: Judged, repaired: Judged, pack: Pack | undefined): ErrataCounter {
  const rows = rowsOf(repaired.contract.overlays, letter.contract);
  const published = new Map(letter.contract.operations.map((operation) => [operation.id, operation]));
  const fired = new Map<string, number>();
  let unnamed = 0;

  function judge(
    schemas: { readonly letter: Pointer | undefined; readonly repaired: Pointer | undefined },
    value: Json,
    found: Set<string>,
  ): void {
    if (schemas.letter === undefined || schemas.repaired === undefined || letter.judge.accepts(schemas.letter, value)) return;
    const stays = new Set(
      repaired.judge.accepts(schemas.repaired, value) ? [] : repaired.judge.explain(schemas.repaired, value).map(keyOf),
    );
    for (const error of letter.judge.explain(schemas.letter, value)) {
      if (stays.has(keyOf(error))) continue;
      const ids = namesOf(error, rows, letter.contract);
      if (ids.length === 0) unnamed++;
      for (const id of ids) found.add(id);
    }
  }

  return {
    fired,
    get unnamed() {
      return unnamed;
    },
    add: (exchange, operation) => {
      const before = published.get(operation.id);
      const after = responseView(exchange, operation);
      if (!before || !after) return;
      const found = new Set<string>();
      const media = after.declaredMedia;
      const publishedMedia = responseView(exchange, before)?.declaredMedia;
      if (media && !publishedMedia) for (const { id, place } of rows) if (media.pointer.startsWith(`${place}/`)) found.add(id);
      const schemas = { letter: publishedMedia?.schema, repaired: media?.schema };
      if (after.json !== undefined) judge(schemas, after.json, found);
      const grammar = grammarFor(pack, operation);
      for (const event of exchange.stream?.kept ?? []) {
        const value = valueOfEvent(event, grammar);
        if (value !== undefined) judge(schemas, value, found);
      }
      const request = requestView(exchange, operation);
      if (after.status < 300 && request.body !== undefined) {
        const bodyOf = ({ requestBody }: Operation) =>
          requestBody?.content.find(({ mediaType }) => mediaType === request.mediaType)?.schema;
        judge({ letter: bodyOf(before), repaired: bodyOf(operation) }, request.body, found);
      }
      for (const id of found) fired.set(id, (fired.get(id) ?? 0) + 1);
    },
  };
}

function keyOf({ instancePath, keyword, member }: SchemaError): string {
  return `${instancePath} ${keyword} ${member ?? ''}`;
}

/** The rows of all errata; of a name taken out of a list, the name: lists shrink while actions are applied in their order. */
function rowsOf(actions: readonly AppliedAction[], letter: Contract): Row[] {
  const lists = new Map<Pointer, unknown[]>();
  return actions
    .filter(({ kind }) => kind !== 'rule')
    .flatMap(({ id, places }) =>
      places.map((place): Row => {
        const tokens = tokensOf(place);
        const index = Number(tokens.at(-1));
        const parent = pointerOf(...tokens.slice(0, -1));
        if (tokens.at(-2) !== 'required' || !Number.isInteger(index)) return { id, place };
        const known = valueAt(letter.document, parent);
        const list = lists.get(parent) ?? (Array.isArray(known) ? [...(known as unknown[])] : []);
        lists.set(parent, list);
        const [name] = list.splice(index, 1);
        return { id, place: parent, member: String(name) };
      }),
    );
}

/** The errata that free what an error of the letter forbids: those at the nearest place. */
function namesOf(error: SchemaError, rows: readonly Row[], letter: Contract): string[] {
  const near = rows.flatMap((row) => {
    const depth = nearnessOf(error, row, letter);
    return depth === undefined ? [] : [{ ...row, depth }];
  });
  const nearest = Math.max(...near.map(({ depth }) => depth));
  const [first] = near.filter(({ depth }) => depth === nearest);
  // A keyword that is taken away and what is put beside it instead are one repair.
  const parent = first && pointerOf(...tokensOf(first.place).slice(0, -1));
  return near.filter(({ depth, place }) => depth === nearest || place === parent).map(({ id }) => id);
}

function nearnessOf({ schemaPath, instancePath, member, branch }: SchemaError, row: Row, letter: Contract): number | undefined {
  const { place } = row;
  if (row.member !== undefined) return schemaPath === place && member === row.member ? Infinity : undefined;
  if (schemaPath === place || isBelow(schemaPath, place) || isBelow(place, schemaPath)) return place.length;
  // A member that refers to a schema of its own: the action stands at the member, the error in the schema.
  const name = tokensOf(place).at(-1);
  if (name !== undefined && tokensOf(instancePath).at(-1) === name && refersTo(valueAt(letter.document, place), schemaPath))
    return place.length;
  return branch !== undefined && (branch === place || isBelow(branch, place)) ? place.length - branch.length : undefined;
}

function isBelow(pointer: Pointer, place: Pointer): boolean {
  return pointer.startsWith(`${place}/`);
}

function refersTo(schema: unknown, schemaPath: Pointer): boolean {
  if (!isObject(schema)) return false;
  const parts = [
    schema,
    ...['allOf', 'anyOf', 'oneOf'].flatMap((keyword) => (Array.isArray(schema[keyword]) ? (schema[keyword] as Json[]) : [])),
  ];
  return parts.some((part) => {
    const target = pointerOfReference(stringMember(part, '$ref') ?? '');
    return target !== undefined && isBelow(schemaPath, target);
  });
}
