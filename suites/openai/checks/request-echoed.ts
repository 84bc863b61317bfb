import { defineCheck, must } from 'assay/pack';
import { answerOf, isAnswered, askedOf, membersOf, quote, sameJson } from './answer.ts';

/** Members that the answer repeats as the request gave them. */
const echoed: ReadonlyMap<string, readonly string[]> = new Map([
  ['createResponse', ['temperature', 'top_p', 'instructions', 'max_output_tokens', 'truncation', 'previous_response_id', 'metadata']],
  ['createAssistant', ['model', 'name', 'description', 'instructions', 'temperature', 'top_p', 'metadata']],
  ['modifyAssistant', ['name', 'description', 'instructions', 'temperature', 'top_p', 'metadata']],
  ['createThread', ['metadata']],
  ['modifyThread', ['metadata']],
  ['createMessage', ['role', 'metadata']],
  ['modifyMessage', ['metadata']],
  ['createRun', ['assistant_id', 'model', 'temperature', 'top_p', 'max_prompt_tokens', 'max_completion_tokens', 'metadata']],
  [
    'createThreadAndRun',
    ['assistant_id', 'model', 'instructions', 'temperature', 'top_p', 'max_prompt_tokens', 'max_completion_tokens', 'metadata'],
  ],
  ['modifyRun', ['metadata']],
  ['createVectorStore', ['name', 'metadata']],
  ['modifyVectorStore', ['name', 'metadata']],
  ['createBatch', ['input_file_id', 'endpoint', 'completion_window', 'metadata']],
  ['createFineTuningJob', ['training_file', 'validation_file', 'seed', 'metadata']],
  ['createUpload', ['filename', 'bytes', 'purpose']],
  ['createFile', ['purpose']],
  ['updateChatCompletion', ['metadata']],
  ['updateVectorStoreFileAttributes', ['attributes']],
  ['inviteUser', ['email', 'role']],
  ['create-project', ['name']],
  ['modify-project', ['name']],
  ['create-project-user', ['role']],
  ['modify-project-user', ['role']],
  ['modify-user', ['role']],
  ['create-project-service-account', ['name']],
  ['admin-api-keys-create', ['name']],
]);

/** What was empty or left out has a value of the service's own, and is not compared. */
export const requestEchoed = defineCheck({
  id: 'request-echoed',
  requirement: must('prose', 'The object that was made or changed has the values that the request gave it'),
  needs: 'response',
  operations: [...echoed.keys()],
  applies: isAnswered,
  *run(context) {
    const asked = askedOf(context);
    const answer = answerOf(context);
    for (const name of echoed.get(context.operation.id) ?? []) {
      const wanted = asked[name];
      if (isEmpty(wanted) || !answer || !Object.hasOwn(answer, name)) continue;
      // Metadata that is no text is kept as text.
      if (name === 'metadata' && Object.values(membersOf(wanted) ?? {}).some((one) => typeof one !== 'string')) continue;
      // From a prompt template the instructions are items, with those of the request among them.
      if (name === 'instructions' && Array.isArray(answer[name]) && membersOf(asked['prompt'])) continue;
      if (isMasked(wanted) || isMasked(answer[name])) continue;
      if (!sameJson(wanted, answer[name])) yield { expected: quote(wanted), actual: quote(answer[name]), at: `/${name}`, rule: name };
    }
  },
});

/** What recorders write in place of a value. */
function isMasked(value: unknown): boolean {
  return typeof value === 'string' && /^[<[{*]*(?:sanitized|redacted|scrubbed|filtered|masked)[>\]}*]*$/i.test(value);
}

function isEmpty(value: unknown): boolean {
  const members = membersOf(value);
  return value === undefined || value === null || value === '' || (members !== undefined && Object.keys(members).length === 0);
}
