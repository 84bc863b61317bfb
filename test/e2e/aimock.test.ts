import { LLMock } from '@copilotkit/aimock';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openJob } from '../../src/cli/job.ts';
import type { Settings } from '../../src/cli/settings.ts';
import { createReportFold } from '../../src/reporting/index.ts';
import { soundOf } from '../../suites/openai/reference/inference/sound.ts';

// A server that nobody here wrote. Every line below was read against the document by hand: the server is as it is said.
const mock = new LLMock({ port: 0 });

beforeAll(async () => {
  mock.on({ predicate: () => true, endpoint: 'chat' }, { content: 'Hello from the harbour.' });
  mock.onImage(/[^]*/, { image: { url: 'https://example.org/harbour.png' } });
  mock.onSpeech(/[^]*/, { audio: Buffer.from(soundOf('mp3', 20)).toString('base64') });
  mock.onTranscription({ transcription: { text: 'Hello from the harbour.' } });
  mock.onTranslation({ transcription: { text: 'Hello from the harbour.' } });
  await mock.start();
});

afterAll(() => mock.stop());

/** Findings as lines without values of the run: verdict, check and rule, place, what was expected, operations. */
async function findingsOf(settings: Settings): Promise<{ readonly exitCode: number; readonly lines: readonly string[] }> {
  // One case at a time: which case stands for a finding does not depend on who came first.
  const job = await openJob({ target: mock.url, allow: ['costly', 'admin'], concurrency: 1, config: false, ...settings });
  const fold = createReportFold();
  const { exitCode } = await job.run((event) => fold.add(event));
  await job.close();
  // A connection that breaks once is an accident of the moment, not a trait of the server.
  const findings = fold.report().findings.filter(({ checkId, verdict }) => checkId !== 'answers-every-request' || verdict !== 'warn');
  const lines = findings.map((finding) => {
    const { verdict, checkId, rule, at, schemaPointer, expected, operationIds } = finding;
    const place = [checkId, rule, at, schemaPointer?.replace('/components/schemas/', '')].filter((part) => part !== undefined);
    return `${verdict} ${place.join(' ')}: ${expected} | ${[...operationIds].toSorted().join(' ')}`;
  });
  return { exitCode, lines: lines.toSorted() };
}

const asked = ['createChatCompletion', 'createResponse', 'createEmbedding', 'createModeration', 'createImage', 'createSpeech'];
const kept = ['createFile', 'listFiles', 'retrieveFile', 'deleteFile', 'downloadFile', 'createBatch', 'listBatches', 'retrieveBatch'];
const others = ['listModels', 'createTranscription', 'createTranslation', 'createAssistant', 'createCompletion'];

test('what a mock of another project gets wrong in answers to valid requests', async () => {
  const { exitCode, lines } = await findingsOf({ only: [...asked, ...kept, ...others], phase: ['valid', 'stream'] });
  expect(lines).toEqual([
    'fail body-valid /usage ResponseUsage/required: the member "input_tokens_details" (nearest branch /components/schemas/Response/allOf/2/properties/usage/anyOf/0) | createResponse',
    'fail body-valid /usage ResponseUsage/required: the member "output_tokens_details" (nearest branch /components/schemas/Response/allOf/2/properties/usage/anyOf/0) | createResponse',
    'fail body-valid body Response/allOf/2/required: the member "error" | createResponse',
    'fail body-valid body Response/allOf/2/required: the member "incomplete_details" | createResponse',
    'fail body-valid body Response/allOf/2/required: the member "instructions" | createResponse',
    'fail body-valid body Response/allOf/2/required: the member "metadata" | createResponse',
    'fail body-valid body Response/allOf/2/required: the member "parallel_tool_calls" | createResponse',
    'fail body-valid body Response/allOf/2/required: the member "temperature" | createResponse',
    'fail body-valid body Response/allOf/2/required: the member "tool_choice" | createResponse',
    'fail body-valid body Response/allOf/2/required: the member "tools" | createResponse',
    'fail body-valid body Response/allOf/2/required: the member "top_p" | createResponse',
    'fail choices-as-asked count /choices: 2 choices | createChatCompletion',
    'fail invalid-rejected body /temperature: 400 or 422, because sends 5, above the maximum 2 | createChatCompletion createResponse',
    'fail json-as-asked json /choices/0/message/content: JSON | createChatCompletion',
    'fail json-as-asked json /output/0/content/0/text: JSON | createResponse',
    'fail media-type-declared header content-type: application/json or application/octet-stream | downloadFile',
    'fail speech-as-asked body: wav | createSpeech',
    'fail stop-left-out /choices/0: no "." in the text | createChatCompletion',
    'fail stream-rules chat.n-count event 5: 2 of them | createChatCompletion',
    'fail stream-rules resp.field-required event 0 /response/error: the member "error" | createResponse',
    'fail stream-rules stream-event-valid event 0 /response/instructions: the member "instructions" | createResponse',
    'fail token-cap-kept /usage/completion_tokens: at most 3 | createChatCompletion',
    'fail tool-choice-kept named /choices/0/message: a call of "weather" and of nothing else | createChatCompletion',
    'fail tool-choice-kept required /choices/0/message: at least one call | createChatCompletion',
    'fail tool-choice-kept required /output: at least one call | createResponse',
    'fail valid-accepted status: 200 | createAssistant createCompletion',
    'warn error-envelope /error Error/required: the member "code" | createAssistant createCompletion',
    'warn error-envelope /error Error/required: the member "param" | createAssistant createCompletion',
    'warn stream-rules chat.logprobs-concat event 3 /choices/0: the bytes of the text | createChatCompletion',
    'warn stream-rules chat.usage-null event 0: usage null | createChatCompletion',
  ]);
  expect(exitCode).toBe(1);
});

test('what it accepts that it has to refuse', async () => {
  const only = ['createModeration', 'createSpeech', 'listModels', 'listFiles'];
  const { exitCode, lines } = await findingsOf({ only, phase: ['invalid'] });
  expect(lines).toEqual([
    'fail auth-enforced request: 401 or 403, because sends no credentials | createModeration createSpeech listFiles listModels',
    'fail invalid-rejected body /input CreateModerationRequest/properties/input/anyOf/0/type: 400 or 422, because sends null where string is asked for | createModeration',
    'fail invalid-rejected body /input CreateSpeechRequest/properties/input/maxLength: 400 or 422 or 413, because sends a string of 4097 characters, the maximum is 4096 | createSpeech',
    'fail invalid-rejected body /instructions CreateSpeechRequest/properties/instructions/maxLength: 400 or 422 or 413, because sends a string of 4097 characters, the maximum is 4096 | createSpeech',
    'fail invalid-rejected body /instructions CreateSpeechRequest/properties/instructions/type: 400 or 422, because sends null where string is asked for | createSpeech',
    'fail invalid-rejected body /model CreateModerationRequest/properties/model/anyOf/0/type: 400 or 422, because sends null where string is asked for | createModeration',
    'fail invalid-rejected body /model CreateSpeechRequest/properties/model/anyOf/0/type: 400 or 422, because sends null where string is asked for | createSpeech',
    'fail invalid-rejected body /response_format CreateSpeechRequest/properties/response_format/enum: 400 or 422, because sends "not-a-member", which is no member of the enum | createSpeech',
    'fail invalid-rejected body /response_format CreateSpeechRequest/properties/response_format/type: 400 or 422, because sends null where string is asked for | createSpeech',
    'fail invalid-rejected body /speed CreateSpeechRequest/properties/speed/maximum: 400 or 422, because sends 4.1, above the maximum 4 | createSpeech',
    'fail invalid-rejected body /speed CreateSpeechRequest/properties/speed/minimum: 400 or 422, because sends 0.15, below the minimum 0.25 | createSpeech',
    'fail invalid-rejected body /speed CreateSpeechRequest/properties/speed/type: 400 or 422, because sends null where number is asked for | createSpeech',
    'fail invalid-rejected body /voice VoiceIdsShared/anyOf/0/type: 400 or 422, because sends null where string is asked for | createSpeech',
    'fail invalid-rejected body CreateModerationRequest/required: 400 or 422, because leaves out the required member "input" | createModeration',
    'fail invalid-rejected body CreateSpeechRequest/required: 400 or 422, because leaves out the required member "model" | createSpeech',
    'fail invalid-rejected body: 400 or 415 or 422, because sends the body as application/xml, which is not declared | createModeration createSpeech',
    'warn error-envelope /error Error/required: the member "code" | createModeration createSpeech listFiles listModels',
    'warn error-envelope /error Error/required: the member "param" | createModeration createSpeech listFiles listModels',
    'warn error-param-names-member /error/param: a name of limit, or of a parent of it | createSpeech listFiles',
    'warn error-param-names-member /error/param: a name of order, or of a parent of it | listFiles',
  ]);
  expect(exitCode).toBe(1);
});
