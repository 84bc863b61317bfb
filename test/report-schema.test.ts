import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormatsModule from 'ajv-formats';
import { expect, test } from 'vitest';
import { renderJson } from '../src/reporting/json.ts';
import { reportRun } from './fixtures/report-run.ts';
import { poisoned, reportOf } from './helpers/report.ts';

// ajv-formats is CommonJS: under ESM its function is the `default` of the default export for the compiler, not at run time.
const addFormats = addFormatsModule as unknown as typeof addFormatsModule.default;
const schema = JSON.parse(readFileSync(new URL('../reports/report.schema.json', import.meta.url), 'utf8')) as object;

/** The published schema lets members be added; here one that it does not describe is a fault. */
function closed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(closed);
  if (typeof value !== 'object' || value === null) return value;
  const copy = Object.fromEntries(Object.entries(value).map(([name, member]) => [name, closed(member)]));
  return 'properties' in copy && 'required' in copy ? { ...copy, additionalProperties: false } : copy;
}

function errorsOf(of: object, report: unknown) {
  const ajv = new Ajv2020({ strict: true, strictRequired: true, allErrors: true });
  addFormats(ajv);
  const validate = ajv.compile(of);
  validate(report);
  return validate.errors ?? [];
}

test.each([
  ['a run with one of everything', reportRun],
  ['a run full of hostile text', poisoned(reportRun)],
  ['a run that was cut off after its start', reportRun.slice(0, 1)],
])('the report of %s is valid and holds nothing that the schema does not describe', (_, events) => {
  const report: unknown = JSON.parse(renderJson(reportOf(events)));
  expect(errorsOf(closed(schema) as object, report)).toEqual([]);
});

test('a reader accepts a report with a member of a later version', () => {
  const report = { ...(JSON.parse(renderJson(reportOf(reportRun))) as object), later: true };
  expect(errorsOf(schema, report)).toEqual([]);
});

test('a report without its findings is refused', () => {
  const { findings: _, ...report } = JSON.parse(renderJson(reportOf(reportRun))) as { findings: unknown };
  expect(errorsOf(schema, report).map(({ message }) => message)).toEqual(["must have required property 'findings'"]);
});
