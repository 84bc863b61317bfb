import type { MakeFamily } from '../state.ts';
import { chat } from './chat.ts';
import { embeddings } from './embeddings.ts';
import { models } from './models.ts';

/** The families that answer for a model: what they say comes from a small deterministic one. */
export const inference: readonly MakeFamily[] = [models, chat, embeddings];
