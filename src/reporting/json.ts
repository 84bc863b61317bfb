import type { Report } from './report.ts';

/** `report.json`: the whole report, for programs; its schema is reports/report.schema.json. */
export function renderJson(report: Report): string {
  return `${JSON.stringify(report, undefined, 2)}\n`;
}
