import type { JsonObject, LintEntry } from '../../model/index.ts';
import { createExplainer } from '../../schema/explain.ts';
import { listMember, member } from '../../schema/json.ts';
import { createTagFinder } from '../../schema/tags.ts';
import { objectsOf } from '../walk.ts';
import type { DocumentObject } from '../walk.ts';
import { schemaRules } from './schema-rules.ts';

export { faultsOf, withoutFaulty } from './faults.ts';

/** What is doubtful in the document but stops nothing: `written` are its objects before the conversion, `document` is the result. */
export function doubtsOf(written: readonly DocumentObject[], document: JsonObject): readonly LintEntry[] {
  return [...ofSource(written), ...ofSchemas(document)];
}

function ofSource(objects: readonly DocumentObject[]): LintEntry[] {
  const found: LintEntry[] = [];
  for (const { value, kind, pointer } of objects) {
    if (kind === 'parameter' && ['$ref', 'schema', 'content'].every((name) => member(value, name) === undefined)) {
      found.push({
        rule: 'parameter-without-schema',
        pointer,
        message: 'The parameter has neither `schema` nor `content`; any value is taken',
      });
    }
    if (kind !== 'schema') continue;
    const required = listMember(value, 'required');
    const repeated = required.filter((name, index) => required.indexOf(name) !== index);
    if (repeated.length > 0) {
      found.push({
        rule: 'duplicate-required',
        pointer: `${pointer}/required`,
        message: `Named twice: ${[...new Set(repeated)].join(', ')}`,
      });
    }
  }
  return found;
}

function ofSchemas(document: JsonObject): LintEntry[] {
  // Formats say nothing here: a default of a wrong format is no reason to doubt the document.
  const explain = createExplainer(document, () => true);
  const tagsOf = createTagFinder(document);
  const found: LintEntry[] = [];
  for (const { value, kind, pointer } of objectsOf(document)) {
    if (kind !== 'schema') continue;
    for (const [rule, find] of Object.entries(schemaRules)) {
      found.push(...find({ document, schema: value, pointer, explain, tagsOf }).map((entry) => ({ rule, ...entry })));
    }
  }
  return found;
}
