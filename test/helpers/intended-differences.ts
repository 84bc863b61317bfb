import type { Pointer } from '../../src/model/index.ts';

const oneOf = 'oneOf is read as anyOf: a value that fits two branches is no invalid value';

/** Where our reading of a document differs from the letter of its dialect, on purpose. No other place may differ. */
export const intendedDifferences: ReadonlyMap<Pointer, string> = new Map([
  ['/components/schemas/CreateModerationRequest/properties/input/oneOf', `${oneOf}; an empty list is a list of texts and of parts`],
  ['/components/schemas/InputItem/oneOf', `${oneOf}; an easy message is an item too`],
  [
    '/components/schemas/CreateAssistantRequest/properties/tool_resources/properties/file_search/oneOf',
    `${oneOf}; both kinds of stores may be named`,
  ],
  [
    '/components/schemas/CreateThreadRequest/properties/tool_resources/properties/file_search/oneOf',
    `${oneOf}; both kinds of stores may be named`,
  ],
  ['/components/schemas/CompoundFilter/properties/filters/items/oneOf', `${oneOf}; a comparison is also an object`],
  [
    '/components/schemas/Recursive/properties/above/exclusiveMinimum',
    'a boolean exclusiveMinimum in a 3.1 document is what its author wrote for 3.0: it makes the minimum exclusive',
  ],
]);
