import type { JsonObject, ReferenceEvent, ReferenceReply, ReferenceRequest } from 'assay/pack';
import { findAssistant } from './assistants.ts';
import { addMessage } from './messages.ts';
import {
  endSteps,
  resumeScript,
  type RunScript,
  runsOf,
  schedule,
  settle,
  settleThread,
  startScript,
  stepsOf,
  unschedule,
} from './run-script.ts';
import {
  arrayOf,
  bodyOf,
  found,
  given,
  listOf,
  type MakeFamily,
  objectOf,
  ok,
  Refusal,
  type Row,
  sentOf,
  type State,
  textOf,
} from './state.ts';
import { changedMetadata, findThread, makeThread } from './threads.ts';

// The document's examples give a run ten minutes.
const lifetime = 600;

/** Runs of assistants on threads, and their steps. */
export const runs: MakeFamily = (state) => ({
  createRun(request) {
    const body = bodyOf(request);
    const thread = findThread(state, request);
    settleThread(state, thread.id);
    const run = makeRun(state, thread.id, body);
    for (const message of arrayOf(body['additional_messages'])) addMessage(state, thread.id, objectOf(message));
    return started(state, body, run, startScript(state, run));
  },
  createThreadAndRun(request) {
    const body = bodyOf(request);
    findAssistant(state, textOf(body['assistant_id']));
    const thread = makeThread(state, objectOf(body['thread']));
    const run = makeRun(state, thread.id, body);
    return started(state, body, run, startScript(state, run), [{ event: 'thread.created', data: thread }]);
  },
  listRuns(request) {
    const thread = findThread(state, request);
    settleThread(state, thread.id);
    return listOf(runsOf(state, thread.id).all(), request.query);
  },
  getRun: (request) => ok(settle(state, findRun(state, request))),
  modifyRun(request) {
    const run = settle(state, findRun(state, request));
    return ok(runsOf(state, String(run['thread_id'])).put({ ...run, metadata: changedMetadata(run, bodyOf(request)) }));
  },
  cancelRun(request) {
    const run = findRun(state, request);
    const status = String(run['status']);
    if (!['queued', 'in_progress', 'requires_action'].includes(status)) {
      throw new Refusal(400, `Cannot cancel run with status '${status}'.`);
    }
    unschedule(state, run.id);
    endSteps(state, run.id, { status: 'cancelled', cancelled_at: state.now() });
    return ok(runsOf(state, String(run['thread_id'])).put({ ...run, status: 'cancelling', required_action: null }));
  },
  submitToolOuputsToRun(request) {
    const run = settle(state, findRun(state, request));
    const body = bodyOf(request);
    const { step, outputs } = answeredStep(state, run, body);
    const queued = runsOf(state, String(run['thread_id'])).put({ ...run, status: 'queued', required_action: null });
    return started(state, body, queued, resumeScript(state, queued, step, outputs));
  },
  listRunSteps(request) {
    const run = settle(state, findRun(state, request));
    return listOf(stepsOf(state, run.id).all(), request.query);
  },
  getRunStep(request) {
    const run = settle(state, findRun(state, request));
    const id = request.pathParameters['step_id'] ?? '';
    return ok(found(stepsOf(state, run.id).get(id), 'run step', id, 'step_id'));
  },
});

function findRun(state: State, request: ReferenceRequest): Row {
  const id = request.pathParameters['run_id'] ?? '';
  return found(runsOf(state, findThread(state, request).id).get(id), 'run', id, 'run_id');
}

/** Answers with the run as it is now, or with its events; what the client does not stay to see happens all the same. */
function started(state: State, body: JsonObject, run: Row, script: RunScript, before: readonly ReferenceEvent[] = []): ReferenceReply {
  schedule(state, run.id, script);
  if (body['stream'] !== true) return ok(run);
  return { status: 200, events: eventsOf(before, script) };
}

function* eventsOf(before: readonly ReferenceEvent[], script: RunScript): Generator<ReferenceEvent> {
  yield* before;
  // Not yield*, which would end the script together with a connection that is closed early.
  for (let step = script.next(); !step.done; step = script.next()) yield step.value;
  yield { event: 'done', data: '[DONE]' };
}

function makeRun(state: State, thread: string, body: JsonObject): Row {
  const assistant = findAssistant(state, textOf(body['assistant_id']));
  // RunObject takes 20 tools where an assistant may have 128.
  const tools = arrayOf(given(body, 'tools', assistant['tools'] ?? [])).slice(0, 20);
  checkChoice(body, tools);
  const truncation = objectOf(given(body, 'truncation_strategy', {}));
  const now = state.now();
  const instructions = textOf(given(body, 'instructions', assistant['instructions'] ?? ''));
  return runsOf(state, thread).put({
    id: state.id('run_'),
    object: 'thread.run',
    created_at: now,
    thread_id: thread,
    assistant_id: assistant.id,
    status: 'queued',
    required_action: null,
    last_error: null,
    expires_at: now + lifetime,
    started_at: null,
    cancelled_at: null,
    failed_at: null,
    completed_at: null,
    incomplete_details: null,
    model: given(body, 'model', assistant['model'] ?? ''),
    instructions: [instructions, textOf(body['additional_instructions'])].filter((text) => text !== '').join('\n'),
    tools,
    metadata: given(body, 'metadata', {}),
    usage: null,
    temperature: given(body, 'temperature', assistant['temperature'] ?? 1),
    top_p: given(body, 'top_p', assistant['top_p'] ?? 1),
    max_prompt_tokens: given(body, 'max_prompt_tokens', null),
    max_completion_tokens: given(body, 'max_completion_tokens', null),
    truncation_strategy: { type: given(truncation, 'type', 'auto'), last_messages: given(truncation, 'last_messages', null) },
    tool_choice: given(body, 'tool_choice', 'auto'),
    parallel_tool_calls: given(body, 'parallel_tool_calls', true),
    response_format: given(body, 'response_format', assistant['response_format'] ?? 'auto'),
    ...sentOf(body, ['reasoning_effort']),
  });
}

function checkChoice(body: JsonObject, tools: readonly unknown[]): void {
  const choice = objectOf(body['tool_choice']);
  if (choice['type'] === undefined) return;
  const wanted = textOf(objectOf(choice['function'])['name']);
  const has = tools.some((tool) => {
    const { type, function: offered } = tool as { readonly type?: string; readonly function?: { readonly name?: string } };
    return type === choice['type'] && (type !== 'function' || offered?.name === wanted);
  });
  if (!has)
    throw new Refusal(400, `The tool that 'tool_choice' names is not among the tools of the run.`, {
      param: 'tool_choice',
      code: 'invalid_value',
    });
}

/** The waiting step with the outputs filled in; one request has to answer all the calls of the step. */
function answeredStep(state: State, run: Row, body: JsonObject): { readonly step: Row; readonly outputs: readonly string[] } {
  if (run['status'] !== 'requires_action') {
    throw new Refusal(400, `Runs in status '${String(run['status'])}' do not accept tool outputs.`);
  }
  const outputs = new Map(
    arrayOf(body['tool_outputs'])
      .map(objectOf)
      .map((output) => [textOf(output['tool_call_id']), textOf(output['output'])]),
  );
  const waiting = stepsOf(state, run.id)
    .all()
    .find((step) => step['status'] === 'in_progress');
  const calls = arrayOf(objectOf(waiting?.['step_details'])['tool_calls']).map(objectOf);
  const ids = calls.map((call) => textOf(call['id']));
  const fits = outputs.size === ids.length && ids.every((id) => outputs.has(id));
  if (!waiting || !fits) {
    throw new Refusal(400, `Expected tool outputs for call ids ${JSON.stringify(ids)}.`, { param: 'tool_outputs', code: 'invalid_value' });
  }
  const answered = calls.map((call) => ({
    ...call,
    function: { ...objectOf(call['function']), output: outputs.get(textOf(call['id'])) ?? '' },
  }));
  const step = stepsOf(state, run.id).put({
    ...waiting,
    status: 'completed',
    completed_at: state.now(),
    usage: { prompt_tokens: ids.length, completion_tokens: ids.length, total_tokens: 2 * ids.length },
    step_details: { type: 'tool_calls', tool_calls: answered },
  });
  return { step, outputs: [...outputs.values()] };
}
