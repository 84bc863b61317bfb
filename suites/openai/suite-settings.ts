import type { SuiteSettings } from 'assay/vitest';

/**
 * Settings of the suites of this pack. `TARGET_URL` names the target (without it the embedded server), `CONTRACT` the
 * contract, `MODEL` the model; the key is read from `OPENAI_API_KEY`, as everywhere.
 */
export function suiteSettings(only: readonly string[]): SuiteSettings {
  const { TARGET_URL: target, CONTRACT: contract, MODEL: model, ALLOW: allow } = process.env;
  return {
    only,
    ...(target && { target }),
    ...(contract && { contract }),
    ...(model && { model }),
    ...(allow && { allow: allow.split(',') }),
  };
}
