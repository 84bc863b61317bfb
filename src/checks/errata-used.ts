import { createErratumFinder } from '../contract/index.ts';
import type { Check, Contract, SchemaJudge, SchemaRef } from '../model/index.ts';
import { createJudge, valueAt } from '../schema/index.ts';
import { isJson, isTruncated } from './answer.ts';
import { defineCheck, may } from './define.ts';
import { violationsOf } from './violations.ts';

/**
 * Makes the check that notes what only the errata allow: a body that the contract accepts and the document as published
 * does not. Each note has the id of its erratum for a rule, so that a report can say which errata fired.
 */
export function errataUsed(letter: Contract): Check {
  const judge: SchemaJudge = createJudge(letter.document);
  let finder: ReturnType<typeof createErratumFinder> | undefined;
  return defineCheck({
    id: 'errata-used',
    requirement: may(
      'schema',
      'The response body is valid against the document as it was published, without its errata',
      'https://spec.openapis.org/overlay/v1.0.0.html',
    ),
    needs: 'response',
    applies: (context) => {
      const { response, schema } = context;
      const media = response?.declaredMedia;
      if (media?.schema === undefined || isTruncated(context)) return false;
      if (!isThere(letter, media.schema)) return true;
      return isJson(media.mediaType) && response?.json !== undefined && schema.accepts(media.schema, response.json);
    },
    *run({ contract, response }) {
      const media = response?.declaredMedia;
      if (media?.schema === undefined) return;
      finder ??= createErratumFinder(letter.document, contract.overlays);
      if (!isThere(letter, media.schema)) {
        const rule = finder({ schemaPath: media.schema })?.id ?? 'unnamed';
        yield { expected: 'a media type of the document', actual: media.mediaType, at: 'header content-type', rule };
        return;
      }
      if (judge.accepts(media.schema, response?.json)) return;
      const named = judge.explain(media.schema, response?.json).map((error) => ({ error, rule: finder?.(error)?.id ?? 'unnamed' }));
      for (const [rule, group] of Map.groupBy(named, (one) => one.rule)) {
        for (const violation of violationsOf(group.map(({ error }) => error))) yield { ...violation, rule };
      }
    },
  });
}

/** A media type that an overlay adds is not in the document as published. */
function isThere(letter: Contract, ref: SchemaRef): boolean {
  return valueAt(letter.document, ref) !== undefined;
}
