import { CURRENT_SPEC_VERSION, type CTRFReport, validate } from 'ctrf';
import { expect, test } from 'vitest';
import { reportRun } from '../../test/fixtures/report-run.ts';
import { poisoned, reportOf } from '../../test/helpers/report.ts';
import { renderCtrf } from './ctrf.ts';

const ctrfOf = (events: typeof reportRun) => JSON.parse(renderCtrf(reportOf(events))) as CTRFReport;

test.each([
  ['a run with one of everything', reportRun],
  ['a run full of hostile text', poisoned(reportRun)],
])('the report of %s is what the reference implementation calls valid', (_, events) => {
  expect(validate(ctrfOf(events))).toEqual({ valid: true, errors: [] });
});

test('is of the current edition of the format', () => {
  expect(ctrfOf(reportRun).specVersion).toBe(CURRENT_SPEC_VERSION);
});

test('calls nothing passed that was not', () => {
  const statuses = new Map(ctrfOf(reportRun).results.tests.map(({ name, status }) => [name, status]));
  expect(statuses.get('POST /teas body-valid')).toBe('failed');
  expect(statuses.get('DELETE /teas/{teaId} auth-enforced')).toBe('other');
  expect(statuses.get('DELETE /teas/{teaId} invalid-rejected')).toBe('skipped');
  expect(statuses.get('POST /teas/{teaId}/taste valid-accepted')).toBe('skipped');
  expect(statuses.get('PUT /house/pour exercised')).toBe('skipped');
  expect(statuses.get('POST /teas invalid-rejected')).toBe('passed');
});
