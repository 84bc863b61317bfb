/**
 * What stands at a member of an OpenAPI object: plain data (`literal`), words for people only (`prose`), another object,
 * a map of objects by name, or a list of objects.
 */
export type Shape = 'literal' | 'prose' | ObjectKind | { readonly map: ObjectKind } | { readonly list: ObjectKind };

export type ObjectKind =
  | 'document'
  | 'info'
  | 'server'
  | 'serverVariable'
  | 'tag'
  | 'components'
  | 'pathItem'
  | 'operation'
  | 'parameter'
  | 'requestBody'
  | 'mediaType'
  | 'encoding'
  | 'response'
  | 'header'
  | 'link'
  | 'callback'
  | 'securityScheme'
  | 'oauthFlows'
  | 'oauthFlow'
  | 'scope'
  | 'discriminator'
  | 'schema';

/** The members of one kind of object. `names` tells that its members are names (a callback's expressions), not fields. */
interface ObjectShape {
  readonly members: ReadonlyMap<string, Shape>;
  readonly names?: ObjectKind;
}

const parameterLike: Readonly<Record<string, Shape>> = {
  $ref: 'literal',
  required: 'literal',
  deprecated: 'literal',
  allowEmptyValue: 'literal',
  style: 'literal',
  explode: 'literal',
  allowReserved: 'literal',
  schema: 'schema',
  content: { map: 'mediaType' },
  description: 'prose',
  example: 'prose',
  examples: 'prose',
};

const schemaLiterals = [
  '$ref $id $schema $anchor $dynamicRef $dynamicAnchor $recursiveRef $recursiveAnchor $vocabulary',
  'type enum const default format nullable required dependentRequired readOnly writeOnly deprecated',
  'multipleOf maximum minimum exclusiveMaximum exclusiveMinimum maxLength minLength pattern',
  'maxItems minItems uniqueItems maxContains minContains maxProperties minProperties',
  'contentEncoding contentMediaType xml',
]
  .join(' ')
  .split(' ');

/** The keywords of a Schema Object that hold one schema, a list of schemas, or schemas by name. */
const subschemaKeywords: Readonly<Record<'one' | 'list' | 'map', readonly string[]>> = {
  one: 'items additionalItems contains additionalProperties propertyNames unevaluatedItems unevaluatedProperties not if then else contentSchema'.split(
    ' ',
  ),
  list: ['allOf', 'anyOf', 'oneOf', 'prefixItems'],
  map: ['properties', 'patternProperties', 'dependentSchemas', '$defs', 'definitions'],
};

const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'] as const;

/** The fields of every object of OpenAPI 3.0 and 3.1, and what stands in them: one table for all that walks a document. */
export const objectShapes: Readonly<Record<ObjectKind, ObjectShape>> = {
  document: fields({
    openapi: 'literal',
    info: 'info',
    jsonSchemaDialect: 'literal',
    servers: { list: 'server' },
    paths: { map: 'pathItem' },
    webhooks: { map: 'pathItem' },
    components: 'components',
    security: 'literal',
    tags: { list: 'tag' },
    externalDocs: 'prose',
  }),
  info: fields({ title: 'literal', version: 'literal' }),
  server: fields({ url: 'literal', variables: { map: 'serverVariable' }, description: 'prose' }),
  serverVariable: fields({ enum: 'literal', default: 'literal', description: 'prose' }),
  tag: fields({ name: 'literal', description: 'prose', externalDocs: 'prose' }),
  components: fields({
    schemas: { map: 'schema' },
    responses: { map: 'response' },
    parameters: { map: 'parameter' },
    examples: 'prose',
    requestBodies: { map: 'requestBody' },
    headers: { map: 'header' },
    securitySchemes: { map: 'securityScheme' },
    links: { map: 'link' },
    callbacks: { map: 'callback' },
    pathItems: { map: 'pathItem' },
  }),
  pathItem: fields({
    $ref: 'literal',
    summary: 'prose',
    description: 'prose',
    ...Object.fromEntries(methods.map((method) => [method, 'operation' as const])),
    servers: { list: 'server' },
    parameters: { list: 'parameter' },
  }),
  operation: fields({
    tags: 'literal',
    summary: 'prose',
    description: 'prose',
    externalDocs: 'prose',
    operationId: 'literal',
    parameters: { list: 'parameter' },
    requestBody: 'requestBody',
    responses: { map: 'response' },
    callbacks: { map: 'callback' },
    deprecated: 'literal',
    security: 'literal',
    servers: { list: 'server' },
  }),
  parameter: fields({ name: 'literal', in: 'literal', ...parameterLike }),
  header: fields(parameterLike),
  requestBody: fields({ $ref: 'literal', content: { map: 'mediaType' }, required: 'literal', description: 'prose' }),
  mediaType: fields({ schema: 'schema', encoding: { map: 'encoding' }, example: 'prose', examples: 'prose' }),
  encoding: fields({ contentType: 'literal', headers: { map: 'header' }, style: 'literal', explode: 'literal', allowReserved: 'literal' }),
  response: fields({
    $ref: 'literal',
    description: 'prose',
    headers: { map: 'header' },
    content: { map: 'mediaType' },
    links: { map: 'link' },
  }),
  link: fields({
    $ref: 'literal',
    operationRef: 'literal',
    operationId: 'literal',
    parameters: 'literal',
    requestBody: 'literal',
    server: 'server',
    description: 'prose',
  }),
  callback: { members: new Map([['$ref', 'literal']]), names: 'pathItem' },
  securityScheme: fields({
    $ref: 'literal',
    type: 'literal',
    name: 'literal',
    in: 'literal',
    scheme: 'literal',
    bearerFormat: 'literal',
    flows: 'oauthFlows',
    openIdConnectUrl: 'literal',
    description: 'prose',
  }),
  oauthFlows: fields({ implicit: 'oauthFlow', password: 'oauthFlow', clientCredentials: 'oauthFlow', authorizationCode: 'oauthFlow' }),
  oauthFlow: fields({ authorizationUrl: 'literal', tokenUrl: 'literal', refreshUrl: 'literal', scopes: { map: 'scope' } }),
  scope: fields({}),
  discriminator: fields({ propertyName: 'literal', mapping: 'literal' }),
  schema: fields({
    ...Object.fromEntries(schemaLiterals.map((keyword) => [keyword, 'literal' as const])),
    ...Object.fromEntries(subschemaKeywords.one.map((keyword) => [keyword, 'schema' as const])),
    ...Object.fromEntries(subschemaKeywords.list.map((keyword) => [keyword, { list: 'schema' } as const])),
    ...Object.fromEntries(subschemaKeywords.map.map((keyword) => [keyword, { map: 'schema' } as const])),
    discriminator: 'discriminator',
    title: 'prose',
    description: 'prose',
    example: 'prose',
    examples: 'prose',
    externalDocs: 'prose',
    $comment: 'prose',
  }),
};

function fields(members: Readonly<Record<string, Shape>>): ObjectShape {
  return { members: new Map(Object.entries(members)) };
}
