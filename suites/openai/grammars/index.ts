import type { StreamGrammar } from 'assay/pack';
import { assistants } from './assistants.ts';
import { speech, transcription } from './audio.ts';
import { chat } from './chat.ts';
import { completions } from './completions.ts';
import { images } from './images.ts';
import { responses } from './responses.ts';

/** The grammars of the API's event streams. */
export const grammars: readonly StreamGrammar[] = [chat, completions, assistants, responses, transcription, speech, images];
