/** The figures that decide the exit code of a run. */
export interface RunFigures {
  /** Findings that are not in the baseline. */
  readonly newFails: number;
  readonly newWarns: number;
  readonly errors: number;
  readonly smokePassed: boolean;
  readonly validAccepted: number;
  readonly validPlanned: number;
  readonly planned: number;
  /** Inconclusive cases, those that a budget stopped left out. */
  readonly inconclusive: number;
  readonly interrupted: boolean;
}

/** 0 conforms (given the baseline), 1 findings, 2 could not measure. */
export function exitCodeOf(figures: RunFigures, failOn: 'fail' | 'warn', maxInconclusive: number): 0 | 1 | 2 {
  if (figures.interrupted) return 2;
  if (figures.newFails > 0) return 1;
  if (failOn === 'warn' && figures.newWarns > 0) return 1;
  if (figures.errors > 0 || !figures.smokePassed) return 2;
  if (figures.validPlanned > 0 && figures.validAccepted === 0) return 2;
  if (figures.planned > 0 && figures.inconclusive / figures.planned > maxInconclusive) return 2;
  return 0;
}
