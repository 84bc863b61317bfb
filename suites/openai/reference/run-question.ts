import type { Json } from 'assay/pack';
import type { Question } from './inference/answer.ts';
import { situationOf } from './inference/text-model.ts';
import { messageText } from './messages.ts';
import { arrayOf, objectOf, type Row, textOf } from './state.ts';

/** What the model of a run is asked: the messages that its truncation leaves, its tools, its format and its limit. */
export function questionOf(run: Row, messages: readonly Row[], toolAnswers: readonly string[], mayCall: boolean): Question {
  const truncation = objectOf(run['truncation_strategy']);
  const kept = truncation['type'] === 'last_messages' ? messages.slice(-Number(truncation['last_messages'] ?? 1)) : messages;
  const prompt = messageText(kept.findLast((message) => message['role'] === 'user') ?? { id: '', content: [] });
  return {
    prompt: prompt === '' ? String(run['instructions'] ?? '') : prompt,
    history: kept.map(messageText),
    toolAnswers,
    situation: situationOf(prompt),
    format: formatOf(run['response_format']),
    tools: arrayOf(run['tools'])
      .map((tool) => objectOf(objectOf(tool)['function']))
      .filter((offered) => typeof offered['name'] === 'string')
      .map((offered) => ({ name: textOf(offered['name']), parameters: offered['parameters'] })),
    choosing: mayCall ? choosingOf(run['tool_choice']) : 'none',
    parallel: run['parallel_tool_calls'] !== false,
    stops: [],
    most: typeof run['max_completion_tokens'] === 'number' ? run['max_completion_tokens'] : undefined,
  };
}

function choosingOf(choice: Json | undefined): Question['choosing'] {
  if (choice === 'none' || choice === 'required') return choice;
  const named = objectOf(choice);
  if (named['type'] === undefined) return 'auto';
  // A named tool that the service runs itself is used in a step of its own; no function is called then.
  return named['type'] === 'function' ? { name: textOf(objectOf(named['function'])['name']) } : 'none';
}

function formatOf(format: Json | undefined): Question['format'] {
  const asked = objectOf(format);
  if (asked['type'] === 'json_object') return { type: 'json_object' };
  if (asked['type'] !== 'json_schema') return { type: 'text' };
  const schema = objectOf(asked['json_schema'])['schema'];
  return { type: 'json_schema', ...(schema !== undefined && { schema: objectOf(schema) }) };
}
