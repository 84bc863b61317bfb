import { Refusal, type State } from '../state.ts';

/** Refuses an id of a file that nobody uploaded, or that is deleted. */
export function requireFile(state: State, id: string, param: string): void {
  if (state.table('files').get(id)) return;
  throw new Refusal(400, `No file found with id '${id}'.`, { param, code: 'not_found' });
}

/** Refuses an id of a vector store that does not exist. */
export function requireVectorStore(state: State, id: string): void {
  if (state.table('vector_stores').get(id)) return;
  throw new Refusal(400, `Vector store with id '${id}' not found.`, { param: 'tools', code: 'not_found' });
}
