import { boundIn } from './bindings.ts';
import type { Case, Method, Mutation, PlannedRequest } from '../model/index.ts';
import { matchOperation, pathOf, serialiseBody } from '../wire/index.ts';
import { plainText } from './text.ts';
import type { Workbench } from './workbench.ts';

/** A change of the whole request, beyond what a schema says. */
export interface RequestBreach {
  readonly request: PlannedRequest;
  readonly mutation: Mutation;
  readonly credentials?: Case['credentials'];
  readonly aspect: string;
}

const methods: readonly Method[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** What is wrong with a request as a whole: its credentials, its ids, its method, its body's syntax and media type. */
export function* requestBreaches(bench: Workbench, control: PlannedRequest): Iterable<RequestBreach> {
  yield* credentials(bench, control);
  yield* unknownIds(bench, control);
  yield* undeclaredMethods(bench, control);
  yield* mediaTypes(bench, control);
  yield* syntax(control);
  yield* withoutBody(bench, control);
}

function* credentials({ operation }: Workbench, request: PlannedRequest): Iterable<RequestBreach> {
  if (operation.security.length === 0 || operation.security.some((one) => one.size === 0)) return;
  yield { request, credentials: 'none', aspect: 'none', mutation: whole('credentials', 'sends no credentials') };
  yield { request, credentials: 'wrong', aspect: 'wrong', mutation: whole('credentials', 'sends wrong credentials') };
}

function whole(keyword: string, what: string): Mutation {
  return { keyword, in: 'request', instancePath: '', what };
}

/** An id of the right form that nobody has made. */
function* unknownIds(bench: Workbench, request: PlannedRequest): Iterable<RequestBreach> {
  for (const parameter of bench.parameters.filter((one) => one.in === 'path')) {
    const before = request.pathParameters[parameter.name];
    const after = before === undefined ? undefined : unknownId(bench, parameter.schema, before);
    // Without a pack nobody says that the parameter names a resource: only a declared 404 hints at it.
    const named = boundIn(bench.shop.bindings, bench.operation)
      .parameter('path', parameter.name)
      .some((binding) => binding.slot !== undefined);
    const hinted = bench.operation.responses.some((response) => response.status === '404');
    if (before === undefined || after === undefined || !(named || hinted)) continue;
    const pathParameters = { ...request.pathParameters, [parameter.name]: after };
    yield {
      request: { ...request, pathParameters, path: pathOf(bench.operation, pathParameters) },
      aspect: parameter.name,
      mutation: {
        keyword: 'unknown-id',
        ...(named ? {} : { level: 'SHOULD' }),
        in: 'path',
        instancePath: `/${parameter.name}`,
        before,
        after,
        what: `names ${JSON.stringify(after)} as ${parameter.name}, which nobody has made`,
      },
    };
  }
}

function unknownId({ shop }: Workbench, schema: string, sample: string): string | undefined {
  const tail = /[A-Za-z0-9]+$/.exec(sample)?.[0] ?? '';
  const likely = `${sample.slice(0, sample.length - tail.length)}${'neverMade0neverMade0neverMade0'.slice(0, Math.max(tail.length, 10))}`;
  const [alternative] = shop.shapes.alternativesOf([shop.shapes.placeOf(schema)]);
  const text = alternative?.limits.types.has('string')
    ? plainText({ ...alternative.limits, excluded: [sample] }, 'never made', 2)
    : undefined;
  for (const one of [likely, text]) if (one !== undefined && one !== sample && shop.judge.accepts(schema, one)) return one;
  return [987_654_321, 98_765, 98].map(String).find((digits) => digits !== sample && shop.judge.accepts(schema, Number(digits)));
}

/** Methods that no operation declares on the path; only where the path takes no id, and once for each path. */
function* undeclaredMethods({ operation, shop }: Workbench, request: PlannedRequest): Iterable<RequestBreach> {
  const { operations } = shop.contract;
  if (operation.path.includes('{') || operations.find((one) => one.path === operation.path) !== operation) return;
  for (const method of methods) {
    if (matchOperation(operations, method, operation.path, '').kind === 'operation') continue;
    const { body: _, ...rest } = request;
    yield {
      request: { ...rest, method },
      aspect: method,
      mutation: { ...whole('method', `uses ${method}, which the path does not declare`), before: request.method, after: method },
    };
  }
}

function* mediaTypes({ operation }: Workbench, request: PlannedRequest): Iterable<RequestBreach> {
  const { body } = request;
  if (!body) return;
  const declared = operation.requestBody?.content.map((media) => media.mediaType) ?? [];
  if (declared.some((one) => one.startsWith('*/'))) return;
  const other = ['application/xml', 'text/csv', 'application/x-unknown'].find(
    (one) => !declared.some((media) => media.startsWith(one.split('/')[0] ?? '') && media.endsWith('/*')) && !declared.includes(one),
  );
  const { bytes } = serialiseBody(body);
  const base64 = Buffer.from(bytes).toString('base64');
  if (other !== undefined) {
    yield {
      request: { ...request, body: { mediaType: other, base64 } },
      aspect: 'other',
      mutation: {
        ...bodyMutation('media-type', `sends the body as ${other}, which is not declared`),
        before: body.mediaType,
        after: other,
      },
    };
  }
  if (!('parts' in body)) return;
  yield {
    request: { ...request, body: { mediaType: body.mediaType, base64 } },
    aspect: 'no boundary',
    mutation: bodyMutation('media-type', 'names no boundary in the content-type of a multipart body'),
  };
}

function bodyMutation(keyword: string, what: string): Mutation {
  return { keyword, in: 'body', instancePath: '', what };
}

function* syntax(request: PlannedRequest): Iterable<RequestBreach> {
  const { body } = request;
  if (!body || !('json' in body)) return;
  const text = JSON.stringify(body.json);
  const closing = /[}\]]$/.test(text);
  const broken: readonly (readonly [string, string, string])[] = [
    ['truncated', text.length > 1 ? text.slice(0, -1) : '{', 'cuts the last character off the JSON body'],
    ['trailing comma', closing ? `${text.slice(0, -1)},${text.at(-1)}` : `${text},`, 'puts a trailing comma into the JSON body'],
    ['NaN', text.startsWith('{') ? `{"not-a-number":NaN${text === '{}' ? '' : ','}${text.slice(1)}` : 'NaN', 'puts NaN into the JSON body'],
  ];
  for (const [aspect, after, what] of broken) {
    yield {
      request: { ...request, body: { mediaType: body.mediaType, text: after } },
      aspect,
      mutation: { ...bodyMutation('syntax', what), after: after.slice(-60) },
    };
  }
}

function* withoutBody({ operation }: Workbench, request: PlannedRequest): Iterable<RequestBreach> {
  if (!request.body || operation.requestBody?.required !== true) return;
  const { body: _, ...rest } = request;
  yield {
    request: rest,
    aspect: 'no body',
    mutation: { ...bodyMutation('required', 'leaves out the required body'), schemaPath: `${operation.requestBody.pointer}/required` },
  };
}
