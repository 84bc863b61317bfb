import type { Json, JsonObject, ReferenceEvent } from 'assay/pack';
import { answer, type Answer } from './inference/answer.ts';
import { countTokens, groupsOf } from './inference/tokens.ts';
import { messagesOf } from './messages.ts';
import { questionOf } from './run-question.ts';
import { arrayOf, objectOf, type Row, type State, type Table } from './state.ts';

/**
 * What a run does, as the events of its stream; every event is yielded after the tables hold what it tells. A plain
 * request keeps the script and the next read lets it run to its end, so that a stream and the objects read later agree.
 */
export type RunScript = Generator<ReferenceEvent, void, void>;

interface Pending {
  readonly id: string;
  readonly script: RunScript;
}

export function runsOf(state: State, thread: string): Table<Row> {
  return state.table(`runs/${thread}`);
}

export function stepsOf(state: State, run: string): Table<Row> {
  return state.table(`steps/${run}`);
}

/** Keeps a script until somebody reads the run. */
export function schedule(state: State, run: string, script: RunScript): void {
  state.table<Pending>('pending').put({ id: run, script });
}

/** Forgets what the run would still do, for a cancellation. */
export function unschedule(state: State, run: string): void {
  state.table<Pending>('pending').remove(run);
}

/** Lets the run go on as far as it can, and expires one that waited for too long. */
export function settle(state: State, run: Row): Row {
  const pending = state.table<Pending>('pending').get(run.id);
  unschedule(state, run.id);
  if (pending) while (!pending.script.next().done);
  const thread = String(run['thread_id']);
  const now = runsOf(state, thread).get(run.id) ?? run;
  if (now['status'] === 'cancelling') return endRun(state, now, { status: 'cancelled', cancelled_at: state.now() });
  if (now['status'] !== 'requires_action' || Number(now['expires_at']) > state.now()) return now;
  endSteps(state, run.id, { status: 'expired', expired_at: state.now() });
  return endRun(state, now, { status: 'expired', required_action: null });
}

export function settleThread(state: State, thread: string): void {
  for (const run of runsOf(state, thread).all()) settle(state, run);
}

/** Ends the steps that are still open, as their run ends. */
export function endSteps(state: State, run: string, change: JsonObject): void {
  const steps = stepsOf(state, run);
  for (const step of steps.all()) if (step['status'] === 'in_progress') steps.put({ ...step, ...change });
}

function endRun(state: State, run: Row, change: JsonObject): Row {
  const usage = run['usage'] ?? { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 };
  return update(state, run, { ...change, expires_at: null, usage });
}

function update(state: State, run: Row, change: JsonObject): Row {
  const thread = String(run['thread_id']);
  return runsOf(state, thread).put({ ...(runsOf(state, thread).get(run.id) ?? run), ...change });
}

/** The script of a new run, from `thread.run.created` to its end or to the calls that a client has to answer. */
export function* startScript(state: State, run: Row): RunScript {
  yield { event: 'thread.run.created', data: run };
  yield* goOn(state, run, [], true);
}

/** The script of a run whose calls were answered: the waiting step ends, then the run goes on. */
export function* resumeScript(state: State, run: Row, step: Row, outputs: readonly string[]): RunScript {
  yield { event: 'thread.run.step.completed', data: step };
  yield* goOn(state, run, outputs, false);
}

function* goOn(state: State, queued: Row, toolAnswers: readonly string[], mayCall: boolean): RunScript {
  yield { event: 'thread.run.queued', data: queued };
  const run = update(state, queued, { status: 'in_progress', started_at: queued['started_at'] ?? state.now() });
  yield { event: 'thread.run.in_progress', data: run };
  const question = questionOf(run, messagesOf(state, String(run['thread_id'])).all(), toolAnswers, mayCall);
  const said = answer(question, 0);
  const prompt = countTokens([String(run['instructions']), question.prompt, ...question.history].join('\n'));
  const usage = { prompt_tokens: prompt, completion_tokens: said.used, total_tokens: prompt + said.used };
  if (said.kind === 'calls' && said.calls.length > 0) return yield* call(state, run, said);
  if (mayCall) yield* useTool(state, run, usage);
  yield* write(state, run, said, usage);
}

function* call(state: State, run: Row, said: Answer): RunScript {
  const step = openStep(state, run, { type: 'tool_calls', tool_calls: [] });
  yield* opened(step);
  const calls = said.calls.map((made) => ({ id: state.id('call_'), name: made.name, arguments: made.arguments }));
  for (const [index, made] of calls.entries()) {
    yield stepDelta(step, { index, id: made.id, type: 'function', function: { name: made.name, arguments: '', output: null } });
    for (const piece of piecesOf(made.arguments)) yield stepDelta(step, { index, type: 'function', function: { arguments: piece } });
  }
  const details = calls.map((made) => ({
    id: made.id,
    type: 'function',
    function: { name: made.name, arguments: made.arguments, output: null },
  }));
  stepsOf(state, run.id).put({ ...step, step_details: { type: 'tool_calls', tool_calls: details } });
  const asked = calls.map((made) => ({ id: made.id, type: 'function', function: { name: made.name, arguments: made.arguments } }));
  const required = { type: 'submit_tool_outputs', submit_tool_outputs: { tool_calls: asked } };
  yield { event: 'thread.run.requires_action', data: update(state, run, { status: 'requires_action', required_action: required }) };
}

/** A tool that the service runs itself is used where the client insists on one. */
function* useTool(state: State, run: Row, usage: JsonObject): RunScript {
  const choice = run['tool_choice'];
  const own = arrayOf(run['tools'])
    .map((tool) => String(objectOf(tool)['type']))
    .filter((type) => type !== 'function');
  const named = String(objectOf(choice)['type'] ?? '');
  const kind = choice === 'required' ? own[0] : own.find((type) => type === named);
  if (kind === undefined) return;
  const step = openStep(state, run, { type: 'tool_calls', tool_calls: [] });
  yield* opened(step);
  const used = { id: state.id('call_'), type: kind, [kind]: ownTools[kind] ?? {} };
  yield stepDelta(step, { index: 0, ...used, ...(kind === 'code_interpreter' && { [kind]: codeDelta }) });
  yield* closed(state, run, { ...step, step_details: { type: 'tool_calls', tool_calls: [used] } }, usage);
}

const code = { input: '6 * 7', logs: '42' };
const codeDelta = { input: code.input, outputs: [{ index: 0, type: 'logs', logs: code.logs }] };
const ownTools: Readonly<Record<string, JsonObject>> = {
  code_interpreter: { input: code.input, outputs: [{ type: 'logs', logs: code.logs }] },
  file_search: { ranking_options: { ranker: 'default_2024_08_21', score_threshold: 0 }, results: [] },
};

function* write(state: State, run: Row, said: Answer, usage: JsonObject): RunScript {
  const messages = messagesOf(state, String(run['thread_id']));
  const id = state.id('msg_');
  const step = openStep(state, run, { type: 'message_creation', message_creation: { message_id: id } });
  yield* opened(step);
  const message = messages.put(newMessage(state, run, id));
  yield { event: 'thread.message.created', data: message };
  yield { event: 'thread.message.in_progress', data: message };
  const refusal = said.kind === 'refusal';
  for (const [place, group] of groupsOf(said.tokens).entries()) {
    const text = group.join('');
    const part = refusal
      ? { type: 'refusal', refusal: text }
      : { type: 'text', text: { value: text, ...(place === 0 && { annotations: [] }) } };
    yield {
      event: 'thread.message.delta',
      delayMs: 15,
      data: { id, object: 'thread.message.delta', delta: { content: [{ index: 0, ...part }] } },
    };
  }
  const content = refusal ? [{ type: 'refusal', refusal: said.text }] : [{ type: 'text', text: { value: said.text, annotations: [] } }];
  const cut = said.ending !== 'stop';
  const reason = said.ending === 'filter' ? 'content_filter' : 'max_tokens';
  const end: JsonObject = cut
    ? { status: 'incomplete', incomplete_at: state.now(), incomplete_details: { reason } }
    : { status: 'completed', completed_at: state.now() };
  yield { event: `thread.message.${cut ? 'incomplete' : 'completed'}`, data: messages.put({ ...message, content, ...end }) };
  yield* closed(state, run, step, usage);
  if (cut) {
    const details = { reason: 'max_completion_tokens' };
    yield {
      event: 'thread.run.incomplete',
      data: update(state, run, { status: 'incomplete', incomplete_details: details, expires_at: null, usage }),
    };
    return;
  }
  yield {
    event: 'thread.run.completed',
    data: update(state, run, { status: 'completed', completed_at: state.now(), expires_at: null, usage }),
  };
}

function newMessage(state: State, run: Row, id: string): Row {
  return {
    id,
    object: 'thread.message',
    created_at: state.now(),
    thread_id: run['thread_id'] ?? '',
    status: 'in_progress',
    incomplete_details: null,
    completed_at: null,
    incomplete_at: null,
    role: 'assistant',
    content: [],
    assistant_id: run['assistant_id'] ?? null,
    run_id: run.id,
    attachments: [],
    metadata: {},
  };
}

function openStep(state: State, run: Row, details: JsonObject): Row {
  return stepsOf(state, run.id).put({
    id: state.id('step_'),
    object: 'thread.run.step',
    created_at: state.now(),
    assistant_id: run['assistant_id'] ?? '',
    thread_id: run['thread_id'] ?? '',
    run_id: run.id,
    type: details['type'] ?? '',
    status: 'in_progress',
    step_details: details,
    last_error: null,
    expired_at: null,
    cancelled_at: null,
    failed_at: null,
    completed_at: null,
    metadata: {},
    usage: null,
  });
}

function* opened(step: Row): RunScript {
  yield { event: 'thread.run.step.created', data: step };
  yield { event: 'thread.run.step.in_progress', data: step };
}

function* closed(state: State, run: Row, step: Row, usage: JsonObject): RunScript {
  const row = stepsOf(state, run.id).put({ ...step, status: 'completed', completed_at: state.now(), usage });
  yield { event: 'thread.run.step.completed', data: row };
}

function stepDelta(step: Row, call: JsonObject): ReferenceEvent {
  const delta = { step_details: { type: 'tool_calls', tool_calls: [call] as Json } };
  return { event: 'thread.run.step.delta', delayMs: 10, data: { id: step.id, object: 'thread.run.step.delta', delta } };
}

function piecesOf(text: string): string[] {
  return text.match(/[\s\S]{1,12}/gu) ?? [];
}
