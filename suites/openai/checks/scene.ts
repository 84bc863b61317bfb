import type { Check, CheckContext, CheckYield, Json, Method, Operation } from 'assay/pack';

/** An exchange as a test tells it: the rest is an ordinary answer with status 200. */
export interface Scene {
  readonly operation: string;
  readonly method?: Method;
  readonly path?: string;
  readonly url?: string;
  readonly query?: readonly (readonly [string, string])[];
  readonly asked?: Json;
  readonly status?: number;
  readonly answer?: Json;
  readonly mediaType?: string;
  readonly text?: string;
  readonly base64?: string;
  readonly abridged?: boolean;
}

/** What the check says of the scene: `undefined` where it does not apply, else all that it yields. */
export function judged(check: Check, scene: Scene): CheckYield[] | undefined {
  const context = contextOf(scene);
  if (check.operations?.includes(scene.operation) === false) return undefined;
  return check.applies?.(context) === false ? undefined : [...check.run(context)];
}

/** A check of this pack reads no more of a context than this. */
function contextOf({ operation, method = 'POST', path = '/things', asked, answer, ...scene }: Scene): CheckContext {
  const declared = {
    id: operation,
    method,
    path,
    ...(asked === undefined ? {} : { requestBody: { required: true, content: [], pointer: '' } }),
  };
  const context: Pick<CheckContext, 'exchange' | 'request' | 'response'> & { readonly operation: Partial<Operation> } = {
    operation: declared,
    exchange: {
      id: 'x1',
      request: { method, url: scene.url ?? `http://127.0.0.1${path}`, headers: [] },
      timings: { startedAt: 0, endMs: 1 },
      response: { status: scene.status ?? 200, headers: [], body: { size: 4, ...bodyOf(scene) } },
    },
    request: { query: scene.query ?? [], header: () => undefined, ...(asked === undefined ? {} : { body: asked }) },
    response: {
      status: scene.status ?? 200,
      mediaType: scene.mediaType ?? 'application/json',
      hasBody: true,
      header: () => undefined,
      ...(answer === undefined ? {} : { json: answer }),
      ...(scene.text === undefined ? {} : { text: scene.text }),
    },
  };
  return context as CheckContext;
}

function bodyOf({ text, base64, abridged }: Pick<Scene, 'text' | 'base64' | 'abridged'>): Pick<Scene, 'text' | 'base64' | 'abridged'> {
  return {
    ...(text === undefined ? {} : { text }),
    ...(base64 === undefined ? {} : { base64 }),
    ...(abridged === undefined ? {} : { abridged }),
  };
}
