import type { Operation, Part, PlannedRequest } from 'assay/pack';
import { repairAssistants, repairChunking, repairToolOutputs } from './assistants.ts';
import { repairChat } from './chat.ts';
import { has, membersOf, type Members, type Repair } from './json.ts';
import { repairResponse } from './responses.ts';

const repairs: ReadonlyMap<string, Repair> = new Map<string, Repair>([
  ['createChatCompletion', repairChat],
  ['createCompletion', repairCompletion],
  ['createResponse', repairResponse],
  ['createImage', repairImage],
  ['createSpeech', repairSpeech],
  ['createAssistant', repairAssistants],
  ['modifyAssistant', repairAssistants],
  ['createThread', repairAssistants],
  ['modifyThread', repairAssistants],
  ['createMessage', repairAssistants],
  ['createRun', repairAssistants],
  ['createThreadAndRun', repairAssistants],
  ['submitToolOuputsToRun', repairToolOutputs],
  ['createVectorStore', repairVectorStore],
  ['createVectorStoreFile', repairChunking],
  ['createVectorStoreFileBatch', repairFileBatch],
  ['createFineTuningJob', repairFineTuning],
  ['createFineTuningCheckpointPermission', (body) => (body['project_ids'] = ['proj_assaysample1'])],
  // A part is named once, and the parts make up what was announced.
  ['completeUpload', (body) => (body['part_ids'] = ['part_assaysample1'])],
  ['create-realtime-session', repairRealtime],
]);

const partRepairs: ReadonlyMap<string, (parts: Part[]) => Part[]> = new Map([['createTranscription', repairTranscription]]);

/** Makes a generated request one that a person could mean: members that need each other come together. Pure. */
export function wellMeant(operation: Operation, request: PlannedRequest): PlannedRequest {
  const { body } = request;
  if (body && 'json' in body) {
    const repair = repairs.get(operation.id);
    // Not structuredClone: what a generator shares must not be changed twice.
    const json = repair && membersOf(JSON.parse(JSON.stringify(body.json)));
    if (!json) return request;
    repair(json);
    return { ...request, body: { ...body, json } };
  }
  if (body && 'parts' in body) {
    const repair = partRepairs.get(operation.id);
    return repair ? { ...request, body: { ...body, parts: repair([...body.parts]) } } : request;
  }
  if (operation.id.startsWith('usage-')) return repairUsage(request);
  return request;
}

function repairCompletion(body: Members): void {
  if (body['stream'] !== true && body['stream_options'] !== null) delete body['stream_options'];
  const n = typeof body['n'] === 'number' ? body['n'] : 1;
  // The server draws best_of candidates and returns the n best.
  if (typeof body['best_of'] === 'number') {
    if (body['stream'] === true) delete body['best_of'];
    else if (n > body['best_of']) delete body['n'];
  }
}

/** Size, quality and style decide the model that can draw it. */
function repairImage(body: Members): void {
  const size = body['size'];
  const wide = size === '1792x1024' || size === '1024x1792';
  const small = size === '256x256' || size === '512x512';
  if (wide || body['quality'] === 'hd' || has(body, 'style')) {
    body['model'] = 'dall-e-3';
    if (small) body['size'] = '1024x1024';
  }
  if (body['model'] === 'dall-e-3') {
    if (has(body, 'n')) body['n'] = 1;
    if (small) body['model'] = 'dall-e-2';
  }
}

function repairSpeech(body: Members): void {
  if (Object.hasOwn(body, 'instructions')) body['model'] = 'gpt-4o-mini-tts';
}

function repairVectorStore(body: Members): void {
  repairChunking(body);
  // The strategy is for files given at once.
  if (has(body, 'chunking_strategy') && !(Array.isArray(body['file_ids']) && body['file_ids'].length > 0))
    body['file_ids'] = ['file-assaysample1'];
}

function repairFileBatch(body: Members): void {
  repairChunking(body);
}

/** Settings of a method stand under the member of its type; the old place is for jobs without a method. */
function repairFineTuning(body: Members): void {
  const method = membersOf(body['method']);
  if (!method) return;
  delete body['hyperparameters'];
  method['type'] ??= Object.hasOwn(method, 'dpo') && !Object.hasOwn(method, 'supervised') ? 'dpo' : 'supervised';
  delete method[method['type'] === 'dpo' ? 'supervised' : 'dpo'];
}

function repairRealtime(body: Members): void {
  if (body['tool_choice'] === 'required' && !Array.isArray(body['tools'])) body['tool_choice'] = 'auto';
  const { modalities } = body;
  if (Array.isArray(modalities)) body['modalities'] = modalities.includes('audio') ? ['audio', 'text'] : ['text'];
}

/** Word times come from whisper-1 in its verbose format, log probabilities from the newer models in the plain one. */
function repairTranscription(parts: Part[]): Part[] {
  const named = (name: string): Part | undefined => parts.find((part) => part.name === name);
  const set = (name: string, text: string): Part[] => [...parts.filter((part) => part.name !== name), { name, text }];
  if (parts.some((part) => part.name.startsWith('timestamp_granularities'))) {
    parts = set('model', 'whisper-1');
    parts = set('response_format', 'verbose_json');
  }
  const format = named('response_format')?.text;
  if (format !== undefined && format !== 'json') parts = set('model', 'whisper-1');
  if (named('model')?.text === 'whisper-1') return parts.filter((part) => !part.name.startsWith('include') && part.name !== 'stream');
  if (parts.some((part) => part.name.startsWith('include') || (part.name === 'stream' && part.text === 'true')))
    parts = set('model', 'gpt-4o-transcribe');
  return parts;
}

/** The longest page of a usage report by the width of its buckets. */
const longestPage: ReadonlyMap<string, number> = new Map([
  ['1m', 1440],
  ['1h', 168],
  ['1d', 31],
]);

function repairUsage(request: PlannedRequest): PlannedRequest {
  const width = request.query.find(([name]) => name === 'bucket_width')?.[1] ?? '1d';
  const most = longestPage.get(width) ?? 31;
  const query = request.query.map(([name, text]) =>
    name === 'limit' && Number(text) > most ? ([name, String(most)] as const) : ([name, text] as const),
  );
  return { ...request, query };
}
