import type { StreamGrammar } from 'assay/pack';
import { chat } from './chat.ts';
import { responses } from './responses.ts';

/** The grammars of the API's event streams. */
export const grammars: readonly StreamGrammar[] = [chat, responses];
