import { Command } from 'commander';

import { genericChecks } from '../checks/index.ts';
import { UsageError, nearest } from '../engine/index.ts';
import { genericFaults } from '../reference/index.ts';
import { loadContract } from './contract.ts';
import { print } from './print.ts';
import { type Settings, addContractOptions } from './settings.ts';

/** `explain ID`: a check, a stream rule, an erratum, a fault, a feature or an operation, with its reason and source. */
export function explainCommand(): Command {
  const command = new Command('explain')
    .description('Explains a check, a stream rule, an erratum, a fault, a feature or an operation.')
    .argument('<id>');
  return addContractOptions(command).action(async (id: string, flags: Settings) => {
    const loaded = await loadContract(flags);
    const entries = everything(loaded);
    const found = entries.filter((entry) => entry.id === id);
    if (found.length === 0) {
      const near = nearest(
        id,
        entries.map((entry) => entry.id),
      );
      throw new UsageError(`Nothing has the id "${id}".${near ? ` Did you mean "${near}"?` : ''} \`list checks\` shows the checks.`);
    }
    for (const entry of found) for (const line of entry.lines) print(line);
  });
}

interface Entry {
  readonly id: string;
  readonly lines: readonly string[];
}

function everything({ contract, pack }: Awaited<ReturnType<typeof loadContract>>): Entry[] {
  const checks = [...genericChecks, ...(pack?.checks ?? [])].map(({ id, requirement }) => ({
    id,
    lines: [
      `${id}: check, ${requirement.level}`,
      requirement.text,
      `source: ${requirement.source}${requirement.url ? `, ${requirement.url}` : ''}`,
    ],
  }));
  const rules = (pack?.grammars ?? []).flatMap((grammar) =>
    grammar.rules.map((rule) => ({
      id: rule.id,
      lines: [
        `${rule.id}: rule of the ${grammar.id} stream, ${rule.level}`,
        rule.text,
        `reason: ${rule.reason}`,
        `source: ${rule.source}`,
        ...(rule.example === undefined ? [] : ['a smallest bad example:', rule.example]),
      ],
    })),
  );
  const errata = contract.overlays.map((action) => ({
    id: action.id,
    lines: [
      `${action.id}: overlay action (${action.kind}) of ${action.overlay}, ${action.matched} places`,
      ...(action.description === undefined ? [] : [action.description]),
      ...(action.evidence === undefined ? [] : [`evidence: ${action.evidence}${action.since ? `, since ${action.since}` : ''}`]),
      ...action.places.map((place) => `  ${place}`),
    ],
  }));
  const faults = [...genericFaults, ...(pack?.faults ?? [])].map((fault) => ({
    id: fault.id,
    lines: [
      `${fault.id}: fault of the reference server, breaks ${fault.breaks}`,
      fault.what,
      ...(fault.alsoBreaks ?? []).map((also) => `also ${also.check}: ${also.reason}`),
    ],
  }));
  const features = (pack?.features ?? []).map((feature) => ({
    id: feature.id,
    lines: [`${feature.id}: feature`, feature.text, ...feature.operations.map((glob) => `  ${glob}`)],
  }));
  const operations = contract.operations.map((operation) => ({
    id: operation.id,
    lines: [
      `${operation.id}: ${operation.method} ${operation.path}`,
      ...operation.parameters.map((one) => `  ${one.in} ${one.name}${one.required ? ' (required)' : ''}`),
      ...(operation.requestBody?.content.map((one) => `  body ${one.mediaType}`) ?? []),
      ...operation.responses.map((one) => `  ${one.status}: ${one.content.map((media) => media.mediaType).join(', ') || 'no body'}`),
    ],
  }));
  return [...checks, ...rules, ...errata, ...faults, ...features, ...operations];
}
