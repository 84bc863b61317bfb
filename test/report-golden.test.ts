import { expect, test } from 'vitest';
import { reportFormats } from '../src/reporting/index.ts';
import { reportRun } from './fixtures/report-run.ts';
import { reportOf } from './helpers/report.ts';

/** A change of a form is looked at: `npx vitest run --project unit test/report-golden.test.ts -u`, then read the difference. */
test.each([...reportFormats])('the %s form of a recorded run is as it was', async (name, { file, render }) => {
  await expect(render(reportOf(reportRun))).toMatchFileSnapshot(`golden/report/${file ?? `${name}.txt`}`);
});
