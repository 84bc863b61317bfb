import type { Instance } from './instance.ts';
import type { Run } from './run.ts';
import { helpers } from './tests.ts';

/** What is done with an event and one entity of it. */
export type Action = (run: Run, instance: Instance) => void;

/** An action, and when there is something to do for it. */
export interface GuardedAction {
  /** JavaScript over the scope `s`, of which all must hold; none where there always is. */
  readonly guards: readonly string[];
  readonly action: Action;
}

/**
 * Makes the actions one function that runs in order what has something to do. The guards stand in its source: most of a row has
 * nothing to do with an event, and to call each of its actions so that they find out took longer than the rest of the step.
 */
export function compileSeries(series: readonly GuardedAction[]): Action | undefined {
  if (series.length === 0) return undefined;
  const lines = series.map(({ guards }, index) => `${guards.length === 0 ? '' : `if (${guards.join(' && ')}) `}list[${index}](s, i);`);
  const make = new Function('h', 'list', `return (s, i) => { let o; ${lines.join('\n')} }`);
  const actions = series.map(({ action }) => action);
  return make(helpers, actions) as Action;
}
