import type { MakeFamily } from '../state.ts';
import { chat } from './chat.ts';
import { completions } from './completions.ts';
import { embeddings } from './embeddings.ts';
import { images } from './images.ts';
import { models } from './models.ts';
import { moderations } from './moderations.ts';
import { realtimeSessions } from './realtime-sessions.ts';
import { responses } from './responses.ts';
import { speech } from './speech.ts';
import { transcriptions } from './transcriptions.ts';

/** The families that answer for a model: what they say comes from a small deterministic one. */
export const inference: readonly MakeFamily[] = [
  models,
  chat,
  completions,
  responses,
  embeddings,
  moderations,
  images,
  speech,
  transcriptions,
  realtimeSessions,
];
