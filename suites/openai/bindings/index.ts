import type { Binding } from 'assay/pack';
import { administration } from './administration.ts';
import { assistants } from './assistants.ts';
import { files } from './files.ts';
import { inference } from './inference.ts';
import { jobs } from './jobs.ts';
import { pathBindings } from './path.ts';

/** Every value of the API that its schemas cannot know. */
export const bindings: readonly Binding[] = [...pathBindings, ...inference, ...assistants, ...files, ...jobs, ...administration];
