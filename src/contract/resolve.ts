import type {
  Encoding,
  Json,
  JsonObject,
  LintEntry,
  MediaType,
  Method,
  Operation,
  Parameter,
  ParameterPlace,
  ParameterStyle,
  Pointer,
  RequestBody,
  Response,
  ResponseHeader,
  SecurityRequirement,
  SecurityScheme,
} from '../model/index.ts';
import { isObject, listMember, member, objectMember, stringMember } from '../schema/json.ts';
import { pointerOf } from '../schema/pointer.ts';
import { follow } from '../schema/reference.ts';
import type { Located } from '../schema/reference.ts';

const methods: readonly Method[] = ['GET', 'PUT', 'POST', 'DELETE', 'OPTIONS', 'HEAD', 'PATCH', 'TRACE'];
const places: ReadonlySet<string> = new Set<ParameterPlace>(['path', 'query', 'header', 'cookie']);

const styles: Readonly<Record<ParameterPlace, readonly [ParameterStyle, ...ParameterStyle[]]>> = {
  path: ['simple', 'label', 'matrix'],
  query: ['form', 'spaceDelimited', 'pipeDelimited', 'deepObject'],
  header: ['simple'],
  cookie: ['form'],
};

/** "If `in` is "header" and the name is "Accept", "Content-Type" or "Authorization", the parameter definition SHALL be ignored." */
const ignoredHeaders = new Set(['accept', 'content-type', 'authorization']);

/** A fault that leaves an operation out; the rest of the document goes on. */
class Skipped extends Error {
  readonly rule: string;
  readonly pointer: Pointer;
  constructor(rule: string, pointer: Pointer, message: string) {
    super(message);
    this.rule = rule;
    this.pointer = pointer;
  }
}

interface Resolved {
  readonly operations: readonly Operation[];
  readonly lint: readonly LintEntry[];
}

/** Every operation of the converted document with its references followed; one that makes no sense is left out by name. */
export function resolveOperations(document: JsonObject): Resolved {
  const operations: Operation[] = [];
  const lint: LintEntry[] = [];
  const ids = new Set<string>();
  for (const key of Object.keys(objectMember(document, 'paths') ?? {})) {
    if (key.startsWith('x-')) continue;
    const item = follow(document, pointerOf('paths', key));
    if (item === undefined) {
      lint.push({ rule: 'dangling-ref', pointer: pointerOf('paths', key), message: `The path item ${key} refers to nothing`, skips: key });
      continue;
    }
    if (!isObject(item.value))
      lint.push({ rule: 'faulty-path', pointer: item.pointer, message: `The path item ${key} is no object`, skips: key });
    for (const method of methods) {
      const name = method.toLowerCase();
      if (member(item.value, name) === undefined) continue;
      if (objectMember(item.value, name) === undefined) {
        const skips = `${method} ${key}`;
        lint.push({ rule: 'faulty-operation', pointer: item.pointer + pointerOf(name), message: `${skips} is no object`, skips });
        continue;
      }
      const at = { document, key, method, item, pointer: item.pointer + pointerOf(name), lint };
      const id = operationId(at, ids, lint);
      try {
        operations.push(resolveOperation(at, id));
      } catch (error) {
        if (!(error instanceof Skipped)) throw error;
        lint.push({ rule: error.rule, pointer: error.pointer, message: error.message, skips: id });
      }
    }
  }
  return { operations, lint };
}

/** One operation of a path: its own object, and the path item around it. */
interface Place {
  readonly document: JsonObject;
  readonly key: string;
  readonly method: Method;
  readonly item: Located;
  readonly pointer: Pointer;
  readonly lint: LintEntry[];
}

function operationId(place: Place, ids: Set<string>, lint: LintEntry[]): string {
  const declared = stringMember(member(place.item.value, place.method.toLowerCase()), 'operationId');
  const fallback = `${place.method} ${place.key}`;
  const id = declared === undefined || declared === '' || ids.has(declared) ? fallback : declared;
  if (declared !== undefined && ids.has(declared)) {
    const message = `The operationId ${declared} is taken by an earlier operation; this one is called ${fallback}`;
    lint.push({ rule: 'duplicate-operation-id', pointer: `${place.pointer}/operationId`, message });
  }
  ids.add(id);
  return id;
}

function resolveOperation(place: Place, id: string): Operation {
  const { document, pointer, item } = place;
  const value = objectMember(item.value, place.method.toLowerCase()) ?? {};
  const { path, fixedQuery } = splitKey(place.key);
  const security = member(value, 'security') ?? member(document, 'security');
  const servers = listMember(value, 'servers').length > 0 ? value : item.value;
  const requestBody = member(value, 'requestBody') === undefined ? undefined : resolveBody(document, `${pointer}/requestBody`);
  return {
    id,
    method: place.method,
    path,
    fixedQuery,
    tags: listMember(value, 'tags').filter((tag) => typeof tag === 'string'),
    deprecated: member(value, 'deprecated') === true,
    parameters: resolveParameters(place, path),
    ...(requestBody === undefined ? {} : { requestBody }),
    responses: resolveResponses(document, pointer),
    security: requirements(security),
    ...(listMember(servers, 'servers').length > 0 ? { servers: serverUrls(servers) } : {}),
    pointer,
  };
}

/** Documents write a query string into a path key to tell operations apart; a fragment has no meaning on the wire. */
function splitKey(key: string): { path: string; fixedQuery: readonly (readonly [string, string])[] } {
  const [address = ''] = key.split('#');
  const [path = '', ...query] = address.split('?');
  return { path, fixedQuery: [...new URLSearchParams(query.join('?'))] };
}

function resolveParameters(place: Place, path: string): readonly Parameter[] {
  const inTemplate = new Set([...path.matchAll(/\{([^{}]+)\}/g)].map((match) => match[1] ?? ''));
  const parameters = new Map<string, Parameter>();
  const lists = [place.item.pointer, place.pointer].map((owner) => ({ owner, entries: listMember(valueOf(place, owner), 'parameters') }));
  for (const { owner, entries } of lists) {
    entries.forEach((_, index) => {
      const parameter = resolveParameter(place, `${owner}/parameters/${index}`);
      if (parameter !== undefined) parameters.set(`${parameter.in} ${parameter.name}`, parameter);
    });
  }
  for (const [key, parameter] of parameters) {
    if (parameter.in !== 'path' || inTemplate.has(parameter.name)) continue;
    parameters.delete(key);
    const message = `The path parameter ${parameter.name} does not occur in ${path}; it is not sent`;
    place.lint.push({ rule: 'parameter-not-in-template', pointer: parameter.pointer, message });
  }
  const undeclared = [...inTemplate].filter((name) => !parameters.has(`path ${name}`));
  if (undeclared.length > 0) {
    throw new Skipped('undeclared-path-parameter', place.pointer, `${path} has {${undeclared.join('}, {')}}, which no parameter declares`);
  }
  return [...parameters.values()];
}

function valueOf(place: Place, owner: Pointer): Json {
  return owner === place.item.pointer ? place.item.value : (member(place.item.value, place.method.toLowerCase()) ?? {});
}

function resolveParameter(place: Place, at: Pointer): Parameter | undefined {
  const found = resolve(place.document, at, 'parameter');
  const name = stringMember(found.value, 'name');
  const where = stringMember(found.value, 'in');
  if (name === undefined || where === undefined || !places.has(where)) {
    throw new Skipped('faulty-parameter', found.pointer, 'A parameter needs a `name`, and `in` one of path, query, header, cookie');
  }
  if (where === 'header' && ignoredHeaders.has(name.toLowerCase())) {
    const message = `OpenAPI has the header parameter ${name} ignored: media types and security say what it would`;
    place.lint.push({ rule: 'ignored-header-parameter', pointer: found.pointer, message });
    return undefined;
  }
  const parameterPlace = where as ParameterPlace;
  const [standard] = styles[parameterPlace];
  const style = stringMember(found.value, 'style') as ParameterStyle | undefined;
  if (style !== undefined && !styles[parameterPlace].includes(style)) {
    const message = `The style ${style} does not exist in ${where}; it is taken as ${standard}`;
    place.lint.push({ rule: 'unknown-style', pointer: `${found.pointer}/style`, message });
  }
  const known = style !== undefined && styles[parameterPlace].includes(style) ? style : standard;
  const content = Object.keys(objectMember(found.value, 'content') ?? {})[0];
  return {
    name,
    in: parameterPlace,
    required: parameterPlace === 'path' || member(found.value, 'required') === true,
    style: known,
    explode: explodeOf(found.value, known),
    allowReserved: member(found.value, 'allowReserved') === true,
    allowEmptyValue: member(found.value, 'allowEmptyValue') === true,
    schema: found.pointer + (content === undefined ? '/schema' : pointerOf('content', content, 'schema')),
    ...(content === undefined ? {} : { mediaType: content }),
    pointer: found.pointer,
  };
}

/** "When style is form, the default value is true. For all other styles, the default value is false." */
function explodeOf(value: Json, style: ParameterStyle): boolean {
  const explode = member(value, 'explode');
  return typeof explode === 'boolean' ? explode : style === 'form';
}

function resolveBody(document: JsonObject, at: Pointer): RequestBody {
  const found = resolve(document, at, 'request body');
  return { required: member(found.value, 'required') === true, content: mediaTypes(document, found), pointer: found.pointer };
}

function resolveResponses(document: JsonObject, operation: Pointer): readonly Response[] {
  const responses = follow(document, `${operation}/responses`);
  return Object.keys(isObject(responses?.value) ? responses.value : {})
    .filter((status) => !status.startsWith('x-'))
    .map((status) => {
      const found = resolve(document, `${operation}/responses${pointerOf(status)}`, 'response');
      // The header `Content-Type` of a response "SHALL be ignored": the media types say it.
      const headers = resolveHeaders(document, found).filter((header) => header.name.toLowerCase() !== 'content-type');
      // Some write `4xx`; the range is `4XX`.
      return {
        status: status === 'default' ? status : status.toUpperCase(),
        headers,
        content: mediaTypes(document, found),
        pointer: found.pointer,
      };
    });
}

function resolveHeaders(document: JsonObject, owner: Located): readonly ResponseHeader[] {
  return Object.keys(objectMember(owner.value, 'headers') ?? {}).map((name) => {
    const found = resolve(document, owner.pointer + pointerOf('headers', name), 'header');
    const content = Object.keys(objectMember(found.value, 'content') ?? {})[0];
    const schema = found.pointer + (content === undefined ? '/schema' : pointerOf('content', content, 'schema'));
    const hasSchema =
      member(content === undefined ? found.value : objectMember(member(found.value, 'content'), content), 'schema') !== undefined;
    return {
      name,
      required: member(found.value, 'required') === true,
      ...(hasSchema ? { schema } : {}),
      style: 'simple',
      explode: member(found.value, 'explode') === true,
      ...(content === undefined ? {} : { mediaType: content }),
    };
  });
}

function mediaTypes(document: JsonObject, owner: Located): readonly MediaType[] {
  return Object.entries(objectMember(owner.value, 'content') ?? {}).map(([mediaType, value]) => {
    const pointer = owner.pointer + pointerOf('content', mediaType);
    const encodings = Object.entries(objectMember(value, 'encoding') ?? {});
    return {
      mediaType,
      ...(member(value, 'schema') === undefined ? {} : { schema: `${pointer}/schema` }),
      encoding: new Map(
        encodings.map(([name, encoding]) => [
          name,
          encodingOf(document, { pointer: pointer + pointerOf('encoding', name), value: encoding }),
        ]),
      ),
      pointer,
    };
  });
}

function encodingOf(document: JsonObject, { pointer, value }: Located): Encoding {
  const contentType = stringMember(value, 'contentType');
  const style = stringMember(value, 'style') as ParameterStyle | undefined;
  const explode = member(value, 'explode');
  const allowReserved = member(value, 'allowReserved');
  return {
    ...(contentType === undefined ? {} : { contentType }),
    headers: resolveHeaders(document, { pointer, value }),
    ...(style === undefined ? {} : { style }),
    ...(typeof explode === 'boolean' ? { explode } : {}),
    ...(typeof allowReserved === 'boolean' ? { allowReserved } : {}),
  };
}

function resolve(document: JsonObject, at: Pointer, what: string): Located {
  const found = follow(document, at);
  if (found !== undefined && isObject(found.value)) return found;
  throw new Skipped('dangling-ref', at, `The ${what} at ${at} refers to nothing`);
}

/** The alternatives of a `security` list. */
function requirements(security: Json | undefined): readonly SecurityRequirement[] {
  const alternatives = Array.isArray(security) ? security.filter(isObject) : [];
  return alternatives.map((alternative) => new Map(Object.entries(alternative).map(([name, scopes]) => [name, scopesOf(scopes)])));
}

function scopesOf(scopes: Json): readonly string[] {
  return Array.isArray(scopes) ? scopes.filter((scope) => typeof scope === 'string') : [];
}

/** The URLs of a `servers` list with each variable's default filled in. */
export function serverUrls(owner: Json): readonly string[] {
  return listMember(owner, 'servers').flatMap((server) => {
    const variables = objectMember(server, 'variables');
    const url = stringMember(server, 'url');
    if (url === undefined) return [];
    return [url.replaceAll(/\{([^{}]+)\}/g, (whole, name: string) => stringMember(member(variables, name), 'default') ?? whole)];
  });
}

/** The security schemes of the document; those of a type that OpenAPI does not know are left out. */
export function securitySchemes(document: JsonObject): ReadonlyMap<string, SecurityScheme> {
  const schemes = new Map<string, SecurityScheme>();
  for (const name of Object.keys(objectMember(member(document, 'components'), 'securitySchemes') ?? {})) {
    const value = follow(document, pointerOf('components', 'securitySchemes', name))?.value;
    const type = stringMember(value, 'type');
    const where = stringMember(value, 'in');
    if (type === 'http') schemes.set(name, { type, scheme: (stringMember(value, 'scheme') ?? '').toLowerCase() });
    else if (type === 'apiKey' && (where === 'query' || where === 'header' || where === 'cookie')) {
      schemes.set(name, { type, in: where, name: stringMember(value, 'name') ?? '' });
    } else if (type === 'oauth2' || type === 'openIdConnect' || type === 'mutualTLS') schemes.set(name, { type });
  }
  return schemes;
}
