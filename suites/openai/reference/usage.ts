import type { Behaviour, Json, JsonObject, ReferenceRequest } from 'assay/pack';
import { arrayOf, type MakeFamily, ok, Refusal, type State } from './state.ts';

const widths: Readonly<Record<string, { readonly seconds: number; readonly limit: number; readonly most: number }>> = {
  '1d': { seconds: 86_400, limit: 7, most: 31 },
  '1h': { seconds: 3600, limit: 24, most: 168 },
  '1m': { seconds: 60, limit: 60, most: 1440 },
};

/** One kind of usage: the figures of one hour of one user of a model, and what tells its rows apart. */
interface Kind {
  readonly object: string;
  readonly figures: JsonObject;
  readonly models?: readonly string[];
  readonly groups: readonly string[];
  /** Query parameter by the member that it filters. */
  readonly filters?: Readonly<Record<string, string>>;
  readonly rows?: readonly JsonObject[];
}

const byModel = ['project_id', 'user_id', 'api_key_id', 'model'];

const kinds: Readonly<Record<string, Kind>> = {
  'usage-completions': {
    object: 'organization.usage.completions.result',
    figures: {
      input_tokens: 100,
      output_tokens: 50,
      input_cached_tokens: 20,
      input_audio_tokens: 0,
      output_audio_tokens: 0,
      num_model_requests: 2,
    },
    models: ['gpt-4o-mini-2024-07-18', 'gpt-4o-2024-08-06'],
    groups: [...byModel, 'batch'],
    filters: { batch: 'batch' },
    rows: [{ batch: false }, { batch: true }],
  },
  'usage-embeddings': {
    object: 'organization.usage.embeddings.result',
    figures: { input_tokens: 40, num_model_requests: 1 },
    models: ['text-embedding-3-small'],
    groups: byModel,
  },
  'usage-moderations': {
    object: 'organization.usage.moderations.result',
    figures: { input_tokens: 30, num_model_requests: 1 },
    models: ['omni-moderation-latest'],
    groups: byModel,
  },
  'usage-images': {
    object: 'organization.usage.images.result',
    figures: { images: 1, num_model_requests: 1 },
    models: ['dall-e-2', 'dall-e-3'],
    groups: [...byModel, 'size', 'source'],
    filters: { sources: 'source', sizes: 'size' },
    rows: [
      { source: 'image.generation', size: '1024x1024' },
      { source: 'image.edit', size: '512x512' },
    ],
  },
  'usage-audio-speeches': {
    object: 'organization.usage.audio_speeches.result',
    figures: { characters: 60, num_model_requests: 1 },
    models: ['tts-1'],
    groups: byModel,
  },
  'usage-audio-transcriptions': {
    object: 'organization.usage.audio_transcriptions.result',
    figures: { seconds: 12, num_model_requests: 1 },
    models: ['whisper-1'],
    groups: byModel,
  },
  'usage-vector-stores': { object: 'organization.usage.vector_stores.result', figures: { usage_bytes: 4096 }, groups: ['project_id'] },
  // The schema requires `sessions` and declares `num_sessions`.
  'usage-code-interpreter-sessions': {
    object: 'organization.usage.code_interpreter_sessions.result',
    figures: { num_sessions: 1, sessions: 1 },
    groups: ['project_id'],
  },
};

/** Usage and costs: made-up figures that are the same for the same time, add up over groups and keep to the filters. */
export const usage: MakeFamily = (state) => ({
  ...Object.fromEntries(
    Object.entries(kinds).map(([id, kind]) => [id, report(state, (request) => (start) => grouped(rowsOf(kind, start), kind, request))]),
  ),
  'usage-costs': report(state, (request) => (start) => costs(start, request), 180),
});

type Results = (start: number) => Json[];

function report(state: State, results: (request: ReferenceRequest) => Results, mostDays?: number): Behaviour {
  return (request) => {
    const { query } = request;
    const width = widths[String(query['bucket_width'] ?? '1d')] ?? { seconds: 86_400, limit: 7, most: 31 };
    const from = Number(query['start_time']);
    const until = Number(query['end_time'] ?? state.now());
    if (query['end_time'] !== undefined && until <= from)
      throw new Refusal(400, `'end_time' must be after 'start_time'.`, { param: 'end_time', code: 'invalid_value' });
    const limit = Number(query['limit'] ?? width.limit);
    const most = mostDays ?? width.most;
    if (limit < 1 || limit > most)
      throw new Refusal(400, `'limit' must be between 1 and ${most}.`, { param: 'limit', code: 'invalid_value' });
    const passed = skipped(query['page']);
    const first = Math.floor(from / width.seconds) + passed;
    const end = Math.ceil(until / width.seconds);
    const count = Math.max(0, Math.min(limit, end - first));
    const of = results(request);
    const data = Array.from({ length: count }, (_, index) => {
      const start = (first + index) * width.seconds;
      const result = of(start);
      return { object: 'bucket', start_time: start, end_time: start + width.seconds, result, results: result };
    });
    const more = first + count < end;
    return ok({ object: 'page', data, has_more: more, next_page: more ? `page_${passed + count}` : null });
  };
}

/** How many buckets the pages before had; a token that no page gave has nothing behind it. */
function skipped(page: Json | undefined): number {
  if (page === undefined) return 0;
  return Number(/^page_(?<count>\d{1,9})$/u.exec(String(page))?.groups?.['count'] ?? Infinity);
}

function rowsOf(kind: Kind, start: number): JsonObject[] {
  // A quiet day now and then, so that empty buckets occur.
  if (start % (86_400 * 5) === 0) return [];
  return ['proj_reference_a', 'proj_reference_b'].flatMap((project) =>
    (kind.models ?? [null]).flatMap((model) =>
      (kind.rows ?? [{}]).map((row) => ({
        ...row,
        project_id: project,
        model,
        user_id: 'user-reference-owner',
        api_key_id: 'key_reference',
      })),
    ),
  );
}

function grouped(rows: readonly JsonObject[], kind: Kind, request: ReferenceRequest): Json[] {
  const { query } = request;
  const filters = { project_ids: 'project_id', user_ids: 'user_id', api_key_ids: 'api_key_id', models: 'model', ...kind.filters };
  const kept = rows.filter((row) => Object.entries(filters).every(([name, member]) => passes(query[name], row[member])));
  const by = arrayOf(query['group_by']).map(String);
  return [...Map.groupBy(kept, (row) => JSON.stringify(by.map((member) => row[member] ?? null))).values()].map((group) => {
    const sums = Object.entries(kind.figures).map(([name, figure]) => [name, Number(figure) * group.length]);
    const names = kind.groups.map((member) => [member, by.includes(member) ? (group[0]?.[member] ?? null) : null]);
    return { object: kind.object, ...(Object.fromEntries([...sums, ...names]) as JsonObject) };
  });
}

function passes(wanted: Json | undefined, actual: Json | undefined): boolean {
  if (wanted === undefined) return true;
  if (Array.isArray(wanted)) return wanted.length === 0 || wanted.includes(actual as never);
  return wanted === actual;
}

function costs(start: number, request: ReferenceRequest): Json[] {
  const { query } = request;
  const by = arrayOf(query['group_by']).map(String);
  const rows = rowsOf({ object: '', figures: {}, groups: [] }, start)
    .flatMap((row) =>
      ['Completions, input', 'Completions, output'].map((item): JsonObject => ({ project_id: row['project_id'] ?? null, line_item: item })),
    )
    .filter((row) => passes(query['project_ids'], row['project_id']));
  return [...Map.groupBy(rows, (row) => JSON.stringify(by.map((member) => row[member] ?? null))).values()].map((group) => ({
    object: 'organization.costs.result',
    amount: { value: Number((0.06 * group.length).toFixed(2)), currency: 'usd' },
    line_item: by.includes('line_item') ? (group[0]?.['line_item'] ?? null) : null,
    project_id: by.includes('project_id') ? (group[0]?.['project_id'] ?? null) : null,
  }));
}
