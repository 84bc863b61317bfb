import { createErratumFinder, createFreedSearch } from '../contract/index.ts';
import type { Check, CheckContext, JsonObject, Operation, SchemaError, SchemaRef, StreamEvent, Violation } from '../model/index.ts';
import { createJudge, valueAt } from '../schema/index.ts';
import { isJson, isTruncated } from './answer.ts';
import { defineCheck, may } from './define.ts';
import { violationsOf } from './violations.ts';

/** One value of an exchange that the contract accepts. */
interface Accepted {
  readonly schema: SchemaRef;
  readonly value: unknown;
  /** Where it stands, before the place in the value. */
  readonly where: string;
  readonly eventIndex?: number;
}

/** What the check needs beside the contract. */
interface Published {
  /** The converted document without its errata, made when it is first asked for. */
  readonly letter: () => JsonObject;
  /** An event of an operation's stream as the document describes it. */
  readonly valueOf: (operation: Operation, event: StreamEvent) => unknown;
}

/**
 * Makes the check that notes what only the errata allow: answers, events and accepted requests of others that the contract
 * accepts and the document as published does not. Each note has the id of its erratum for a rule.
 */
export function errataUsed({ letter, valueOf }: Published): Check {
  let made: ReturnType<typeof make> | undefined;

  function make({ contract, schema }: CheckContext) {
    const published = letter();
    const judge = createJudge(published);
    const finder = createErratumFinder(published, contract.overlays);
    const answers = contract.operations.flatMap(({ responses }) => responses.flatMap(({ content }) => content));
    return {
      judge,
      /** Schemas of media types that an overlay adds. */
      added: new Set(answers.map((media) => media.schema).filter((ref) => ref !== undefined && valueAt(published, ref) === undefined)),
      nameOf: (error: Pick<SchemaError, 'schemaPath' | 'member'>) => finder(error)?.id ?? 'unnamed',
      search: createFreedSearch(contract.document, published, { letter: judge.accepts, repaired: schema.accepts }),
    };
  }

  /** Values at places that errata free, as far as a quick look can tell. */
  function* candidates(context: CheckContext): Iterable<Accepted> {
    const { response, exchange, operation, request, schema } = context;
    const { search } = (made ??= make(context));
    const media = response?.declaredMedia?.schema;
    const found: Accepted[] = [];
    if (media !== undefined && exchange.stream) {
      for (const event of exchange.stream.kept) {
        const value = valueOf(operation, event);
        if (value !== undefined) found.push({ schema: media, value, where: `event ${event.index} `, eventIndex: event.index });
      }
    } else if (media !== undefined && isJson(response?.declaredMedia?.mediaType ?? '') && response?.json !== undefined)
      found.push({ schema: media, value: response.json, where: '' });
    // Our own requests are made of the repaired document: that they are accepted says nothing of it.
    const sent = operation.requestBody?.content.find(({ mediaType }) => mediaType === request.mediaType)?.schema;
    const isTaken = context.case === undefined && Math.floor((response?.status ?? 0) / 100) === 2;
    if (isTaken && sent !== undefined && request.body !== undefined) found.push({ schema: sent, value: request.body, where: 'request ' });
    for (const one of found) if (search(one.schema, one.value) && schema.accepts(one.schema, one.value)) yield one;
  }

  return defineCheck({
    id: 'errata-used',
    requirement: may(
      'schema',
      'What comes is valid against the document as it was published, without its errata',
      'https://spec.openapis.org/overlay/v1.0.0.html',
    ),
    needs: 'response',
    applies: (context) => {
      const media = context.response?.declaredMedia?.schema;
      if (media !== undefined && (made ??= make(context)).added.has(media)) return true;
      if (!context.exchange.stream && isTruncated(context)) return false;
      return !candidates(context)[Symbol.iterator]().next().done;
    },
    *run(context): Iterable<Violation> {
      const media = context.response?.declaredMedia;
      const { added, judge, nameOf } = (made ??= make(context));
      if (media?.schema !== undefined && added.has(media.schema)) {
        const rule = nameOf({ schemaPath: media.schema });
        yield { expected: 'a media type of the document', actual: media.mediaType, at: 'header content-type', rule };
        return;
      }
      const errors = [...candidates(context)].flatMap((one) => judge.explain(one.schema, one.value).map((error) => ({ one, error })));
      // Told once for each cause, at its first place.
      const keyOf = ({ one, error }: (typeof errors)[number]) => `${nameOf(error)} ${one.where.split(' ')[0]} ${error.schemaPath}`;
      for (const [first, ...more] of Map.groupBy(errors, keyOf).values()) {
        if (first === undefined) continue;
        const { where, eventIndex } = first.one;
        const own = { rule: nameOf(first.error), ...(eventIndex === undefined ? {} : { eventIndex }) };
        for (const violation of violationsOf([first, ...more].map(({ error }) => error)))
          yield { ...violation, at: where + violation.at, ...own };
      }
    },
  });
}
