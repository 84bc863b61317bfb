const oneOf = 'oneOf is read as anyOf: a value that fits two branches is no invalid value';

const nullable = 'nullable is read as its author meant it, also beside an enum without null, beside a union or a reference, and in 3.1';

/** Places that a null gets to, as the second validator names them: of a union, its first branch. */
const nullablePlaces = [
  '/components/schemas/AssistantsApiResponseFormatOption/oneOf',
  '/components/schemas/AssistantsApiToolChoiceOption/oneOf',
  '/components/schemas/ChatCompletionRequestDeveloperMessage/properties/content/oneOf',
  '/components/schemas/CreateChatCompletionRequest/allOf/1/properties/prediction/oneOf',
  '/components/schemas/CreateChatCompletionRequest/allOf/1/properties/service_tier/enum',
  '/components/schemas/CreateChatCompletionRequest/properties/prediction/oneOf',
  '/components/schemas/CreateChatCompletionRequest/properties/service_tier/enum',
  '/components/schemas/CreateCompletionRequest/properties/prompt/oneOf',
  '/components/schemas/CreateImageEditRequest/properties/model/anyOf/0/type',
  '/components/schemas/CreateImageEditRequest/properties/response_format/enum',
  '/components/schemas/CreateImageEditRequest/properties/size/enum',
  '/components/schemas/CreateImageRequest/properties/model/anyOf/0/type',
  '/components/schemas/CreateImageRequest/properties/response_format/enum',
  '/components/schemas/CreateImageRequest/properties/size/enum',
  '/components/schemas/CreateImageRequest/properties/style/enum',
  '/components/schemas/CreateImageVariationRequest/properties/model/anyOf/0/type',
  '/components/schemas/CreateImageVariationRequest/properties/response_format/enum',
  '/components/schemas/CreateImageVariationRequest/properties/size/enum',
  '/components/schemas/CreateRunRequest/properties/model/anyOf/0/type',
  '/components/schemas/CreateThreadAndRunRequest/properties/model/anyOf/0/type',
  '/components/schemas/Everything/properties/maybe_shape/oneOf',
  '/components/schemas/Reasoning/properties/generate_summary/anyOf/0/enum',
  '/components/schemas/Reasoning/properties/generate_summary/enum',
  '/components/schemas/Reasoning/type',
  '/components/schemas/ReasoningEffort/anyOf/0/type',
  '/components/schemas/Recursive/properties/old/type',
  '/components/schemas/ResponseProperties/properties/instructions/anyOf/0/type',
  '/components/schemas/ResponseProperties/properties/truncation/enum',
  '/components/schemas/TruncationObject/type',
  '/components/schemas/VectorStoreExpirationAfter/type',
];

/**
 * Where our reading of a document differs from the letter of its dialect, on purpose; ` null` where it does for a null alone.
 * No other place may differ.
 */
export const intendedDifferences: ReadonlyMap<string, string> = new Map([
  ...nullablePlaces.map((place): [string, string] => [`${place} null`, nullable]),
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
  ['/components/schemas/Tool/oneOf', `${nullable}; the location of a web search may be null`],
  [
    '/components/schemas/Recursive/properties/above/exclusiveMinimum',
    'a boolean exclusiveMinimum in a 3.1 document is what its author wrote for 3.0: it makes the minimum exclusive',
  ],
]);
