import type { JsonObject } from '../model/index.ts';
import { isObject, member } from '../schema/json.ts';
import { ContractError } from './error.ts';

/** The line of OpenAPI that the document follows; refuses, with the next step, whatever is no OpenAPI 3.0 or 3.1. */
export function versionOf(document: JsonObject, name = 'The document'): '3.0' | '3.1' {
  const swagger = member(document, 'swagger');
  if (swagger !== undefined) {
    throw new ContractError(
      `${name} is Swagger ${String(swagger)}. Convert it to OpenAPI 3.0 first (swagger2openapi does), then give the result.`,
    );
  }
  const version = member(document, 'openapi');
  if (version === undefined) {
    const names = Object.keys(document).slice(0, 5).join(', ');
    throw new ContractError(
      `${name} is no OpenAPI document: it has no member \`openapi\` (it has: ${names || 'nothing'}). Give an OpenAPI 3.0 or 3.1 document.`,
    );
  }
  const line = /^3\.(\d+)\.\d+(?:-.*)?$/.exec(String(version))?.[1];
  if (line !== '0' && line !== '1') {
    throw new ContractError(
      `${name} says \`openapi: ${JSON.stringify(version)}\`; OpenAPI 3.0 and 3.1 are understood. Give it in one of these versions.`,
    );
  }
  if (!isObject(member(document, 'info'))) throw new ContractError(`${name} has no \`info\` object. Add one with a title and a version.`);
  const paths = member(document, 'paths');
  if (!isObject(paths) && !(line === '1' && paths === undefined)) {
    throw new ContractError(`${name} has no \`paths\` object, so there is nothing to test. Add the paths of the service.`);
  }
  return line === '0' ? '3.0' : '3.1';
}
