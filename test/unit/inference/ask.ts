import type {
  Contract,
  Pointer,
  SchemaJudge,
  ReferenceReply,
  ReferenceRequest,
  Json,
  JsonObject,
  ReferenceEvent,
} from '../../../src/model/index.ts';
import { createJudge, withValueAt } from '../../../src/schema/index.ts';
import { packContract } from '../../helpers/reference.ts';
import { makeReference } from '../../../suites/openai/reference/index.ts';

/** A request to the reference behaviours without a server in between. */
export interface Asking {
  readonly body?: Json;
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, Json>>;
  readonly files?: ReferenceRequest['files'];
}

/** Behaviours over a contract, and what that contract says of their answers. */
export interface World {
  readonly contract: Contract;
  readonly judge: SchemaJudge;
  ask(operationId: string, asking?: Asking): ReferenceReply;
  /** What the contract finds wrong with a JSON reply or with each event of a stream; empty where all is valid. */
  faults(operationId: string, reply: ReferenceReply): string[];
}

/** Behaviours over a document of the pack; `numbered` as a later edition would have it, whose events of a response carry numbers. */
export async function worldOf(version: string, { seed = 1, numbered = false } = {}): Promise<World> {
  const contract = await packContract(version);
  const judge = createJudge(contract.document);
  const operations = new Map(contract.operations.map((operation) => [operation.id, operation]));
  const created: Pointer = '/components/schemas/ResponseCreatedEvent/required';
  const held = numbered
    ? (withValueAt(contract.document, created, ['type', 'response', 'sequence_number']) as JsonObject)
    : contract.document;
  const behaviours = makeReference({ ...contract, document: held }, { seed, now: () => 1_742_600_000_000 });
  return {
    contract,
    judge,
    ask(operationId, { body, path = {}, query = {}, files = new Map() } = {}) {
      const operation = operations.get(operationId);
      const behaviour = behaviours.operations.get(operationId);
      if (!operation || !behaviour) throw new Error(`Nothing answers ${operationId}.`);
      const request = { operation, method: operation.method, pathParameters: path, query, headers: new Map<string, string>(), files };
      return behaviour(body === undefined ? request : { ...request, body });
    },
    faults(operationId, reply) {
      const mediaType = reply.events ? 'text/event-stream' : 'application/json';
      const response = operations.get(operationId)?.responses.find(({ status }) => status === String(reply.status));
      const media = response?.content.find((one) => one.mediaType.startsWith(mediaType));
      if (!media?.schema) return [`${operationId} declares no ${mediaType} for ${reply.status}`];
      const schema = media.schema;
      return (reply.events ? payloadsOf(reply) : [reply.json ?? null]).flatMap((value) =>
        judge.explain(schema, value).map((error) => `${error.instancePath} ${error.keyword}: ${error.expected}, got ${error.actual}`),
      );
    },
  };
}

/** The payloads of a stream in order, without the sentinel. */
export function payloadsOf(reply: ReferenceReply): JsonObject[] {
  return eventsOf(reply)
    .map((event) => event.data)
    .filter((data): data is JsonObject => typeof data === 'object' && data !== null && !Array.isArray(data));
}

export function eventsOf(reply: ReferenceReply): ReferenceEvent[] {
  return [...(reply.events ?? [])];
}

/** A JSON answer without a type, for assertions. */
export function jsonOf<Shape>(reply: ReferenceReply): Shape {
  return reply.json as Shape;
}
