import { type CheckContext, createJudge, defineCheck, type JsonObject, must, type Violation } from 'assay/pack';
import { answerOf, isAnswered, askedOf, listOf, type Members, membersOf, quote, textOf } from './answer.ts';

/** Text that was cut off or filtered may be no JSON; neither may a refusal, which stands elsewhere. */
const unfinished = new Set(['length', 'content_filter', 'tool_calls', 'function_call']);

/** Keywords that judge what stands in a text. */
const ofTexts = new Set(['format', 'pattern', 'minLength', 'maxLength']);

export const jsonAsAsked = defineCheck({
  id: 'json-as-asked',
  requirement: must('prose', 'Asked for JSON the model writes JSON, and with a schema JSON that the schema accepts'),
  needs: 'response',
  operations: ['createChatCompletion', 'createResponse'],
  applies: (context) => isAnswered(context) && formatOf(askedOf(context)) !== undefined,
  *run(context) {
    const format = formatOf(askedOf(context));
    if (!format) return;
    for (const [at, text] of textsOf(context)) yield* violations(at, text, format);
  },
});

function formatOf(asked: Members): Members | undefined {
  const format = membersOf(asked['response_format']) ?? membersOf(membersOf(asked['text'])?.['format']);
  return format?.['type'] === 'json_object' || format?.['type'] === 'json_schema' ? format : undefined;
}

function textsOf(context: CheckContext): [string, string][] {
  const answer = answerOf(context);
  if (context.operation.id === 'createResponse') {
    if (answer?.['status'] !== 'completed') return [];
    // What a model says before its answer, or before it calls a tool, need not be the answer.
    const output = listOf(answer['output']);
    const last = output.length - 1;
    if (membersOf(output[last])?.['type'] !== 'message') return [];
    return listOf(membersOf(output[last])?.['content']).flatMap((part, place): [string, string][] => {
      const text = membersOf(part)?.['type'] === 'output_text' ? textOf(membersOf(part)?.['text']) : undefined;
      return text === undefined ? [] : [[`/output/${last}/content/${place}/text`, text]];
    });
  }
  return listOf(answer?.['choices']).flatMap((value, index): [string, string][] => {
    const choice = membersOf(value);
    const text = textOf(membersOf(choice?.['message'])?.['content']);
    // A stop sequence may end the text anywhere, also within the JSON.
    if (choice?.['finish_reason'] === 'stop' && (askedOf(context)['stop'] ?? null) !== null) return [];
    return text === undefined || unfinished.has(String(choice?.['finish_reason'])) ? [] : [[`/choices/${index}/message/content`, text]];
  });
}

function* violations(at: string, text: string, format: Members): Iterable<Violation> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    yield { expected: 'JSON', actual: quote(text), at, rule: 'json' };
    return;
  }
  const described = membersOf(format['json_schema']) ?? format;
  const schema = membersOf(described['schema']);
  // Without strict the schema is advice to the model.
  if (format['type'] !== 'json_schema' || !schema || described['strict'] !== true) return;
  // The service holds the model to the structure; recorders mask what stands in texts, such as addresses.
  const error = errorsOf(schema as JsonObject, value).find(({ keyword }) => !ofTexts.has(keyword));
  if (error)
    yield {
      expected: error.expected,
      actual: error.actual,
      at: `${at} ${error.instancePath}`.trim(),
      rule: 'schema',
      keyword: error.keyword,
    };
}

/** A schema that does not compile is the client's; the service has refused it, or nothing can be said. */
function errorsOf(schema: JsonObject, value: unknown) {
  try {
    return createJudge(schema).errors('', value);
  } catch {
    return [];
  }
}
