import type { Binding, Json } from 'assay/pack';

/** A binding without its place. */
export type Rest = Omit<Binding, 'operations' | 'in' | 'at'>;

export const body = (operations: readonly string[], rows: readonly (readonly [at: string, rest: Rest])[]): Binding[] =>
  rows.map(([at, rest]) => ({ operations, in: 'body', at, ...rest }));
export const query = (operations: readonly string[], rows: readonly (readonly [name: string, rest: Rest])[]): Binding[] =>
  rows.map(([name, rest]) => ({ operations, in: 'query', at: `/${name}`, ...rest }));
export const value = (...values: readonly Json[]): Rest => ({ values });
export const slot = (name: string, ...samples: readonly Json[]): Rest => ({ slot: name, values: samples });
/** Left out of ordinary requests; the value where a case needs the member. */
export const unless = (rest: Rest): Rest => ({ ...rest, omit: true });

export const answerSchema = {
  type: 'object',
  properties: { answer: { type: 'string' } },
  required: ['answer'],
  additionalProperties: false,
} as const;
export const wordParameters = {
  type: 'object',
  properties: { word: { type: 'string' } },
  required: ['word'],
  additionalProperties: false,
} as const;

export const chatModel = slot('model', 'gpt-4o-mini');
export const textFile = slot('file.id', 'file-assaysample1');
export const imageFile = slot('image_file.id', 'file-assaysample2');
export const vectorStore = slot('vector_store.id', 'vs_assaysample1');
export const project = slot('project.id', 'proj_assaysample1');
export const publicImage = value('https://www.w3.org/Icons/w3c_home.png');

/** A function tool, a JSON schema format and who the location of a search is, wherever they stand. */
export const toolRows = (tools: string): [string, Rest][] => [
  [`${tools}/*/function/name`, value('look_up')],
  [`${tools}/*/function/description`, value('Looks a word up')],
  [`${tools}/*/function/parameters`, value(wordParameters)],
];
export const formatRows: [string, Rest][] = [
  ['/response_format/json_schema/name', value('answer')],
  ['/response_format/json_schema/description', value('An answer')],
  ['/response_format/json_schema/schema', value(answerSchema)],
];
export const locationRows = (at: string): [string, Rest][] => [
  [`${at}/country`, value('FR')],
  [`${at}/region`, value('Brittany')],
  [`${at}/city`, value('Brest')],
  [`${at}/timezone`, value('Europe/Paris')],
];
