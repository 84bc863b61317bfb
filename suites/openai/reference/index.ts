import type { Behaviour, JsonObject, MakeBehaviours, ReferenceReply, ReferenceRequest } from 'assay/pack';
import { assistants } from './assistants.ts';
import { auditLogs } from './audit-logs.ts';
import { batches } from './batches.ts';
import { files } from './files.ts';
import { fineTuning } from './fine-tuning.ts';
import { fineTuningPermissions } from './fine-tuning-permissions.ts';
import { inference } from './inference/index.ts';
import { organization } from './organization.ts';
import { projectMembers } from './project-members.ts';
import { projects } from './projects.ts';
import { runs } from './runs.ts';
import { createState, errorReply, type MakeFamily, Refusal } from './state.ts';
import { threads } from './threads.ts';
import { uploads } from './uploads.ts';
import { usage } from './usage.ts';
import { vectorSearch } from './vector-search.ts';
import { vectorStoreFiles } from './vector-store-files.ts';
import { vectorStores } from './vector-stores.ts';

/** Every family of operations; one line for each file of this folder. Users come before the projects they are members of. */
const families: readonly MakeFamily[] = [
  ...inference,
  assistants,
  threads,
  runs,
  files,
  uploads,
  vectorStores,
  vectorStoreFiles,
  vectorSearch,
  batches,
  fineTuning,
  fineTuningPermissions,
  organization,
  projects,
  projectMembers,
  auditLogs,
  usage,
];

/** The behaviours of the API over one fresh state. Operations that no family knows get schema-made answers from the generic server. */
export const makeReference: MakeBehaviours = (contract, options) => {
  const operations = new Map<string, Behaviour>();
  const state = createState(contract, options, (operationId, body) => call(operationId, body));
  const known = new Map(contract.operations.map((operation) => [operation.id, operation]));
  for (const makeFamily of families) {
    for (const [id, behaviour] of Object.entries(makeFamily(state))) {
      if (known.has(id)) operations.set(id, refusing(behaviour));
    }
  }

  function call(operationId: string, body: JsonObject): ReferenceReply {
    const operation = known.get(operationId);
    const behaviour = operations.get(operationId);
    if (!operation || !behaviour) return errorReply(404, { message: `Unknown operation '${operationId}'.` });
    const request: ReferenceRequest = {
      operation,
      method: operation.method,
      pathParameters: {},
      query: {},
      headers: new Map(),
      mediaType: 'application/json',
      body,
      files: new Map(),
    };
    return behaviour(request);
  }

  return { operations, error: errorReply };
};

function refusing(behaviour: Behaviour): Behaviour {
  return (request) => {
    try {
      return behaviour(request);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return errorReply(error.status, {
        message: error.message,
        ...(error.param !== undefined && { param: error.param }),
        ...(error.code !== undefined && { code: error.code }),
      });
    }
  };
}
