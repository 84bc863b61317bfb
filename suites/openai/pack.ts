import { existsSync } from 'node:fs';
import path from 'node:path';
import type { ListWalk, Pack, PackDocument } from 'assay/pack';
import { bindings } from './bindings/index.ts';
import { checks } from './checks/index.ts';
import { classes } from './classes.ts';
import { faults } from './faults/index.ts';
import { features, profiles } from './features.ts';
import { grammars } from './grammars/index.ts';
import { streamPractices } from './grammars/practice.ts';
import { makeReference } from './reference/index.ts';
import { families } from './resources.ts';
import { situations } from './situations/index.ts';
import { streamSwitches, streamVariants } from './streams.ts';
import { wellMeant } from './well-meant/index.ts';

/** The OpenAI REST API. */
export const openai: Pack = {
  name: 'openai',
  title: 'OpenAI REST API',
  documents: [
    document('2025-01', ['common', 'grown', '2025-01', 'grown-2025-01', 'rules-common']),
    document('2025-03', ['common', 'grown', '2025-03', 'grown-2025-03', 'rules-common', 'rules-2025-03']),
  ],
  defaultVersion: '2025-03',
  apiKeyEnv: 'OPENAI_API_KEY',
  families,
  classes,
  bindings,
  wellMeant,
  discover: [
    { slot: 'model', operation: 'listModels', at: '/data/*/id', flag: '--model', prefer: ['gpt-4o-mini', 'gpt-4o'] },
    { slot: 'completion_model', operation: 'listModels', at: '/data/*/id', prefer: ['gpt-3.5-turbo-instruct'], otherwise: 'model' },
    {
      slot: 'embedding_model',
      operation: 'listModels',
      at: '/data/*/id',
      prefer: ['text-embedding-3-small'],
      like: 'embed',
      otherwise: 'model',
    },
    {
      slot: 'moderation_model',
      operation: 'listModels',
      at: '/data/*/id',
      prefer: ['omni-moderation-latest'],
      like: 'moderation|guard',
      otherwise: 'model',
    },
    {
      slot: 'speech_model',
      operation: 'listModels',
      at: '/data/*/id',
      prefer: ['gpt-4o-mini-tts', 'tts-1'],
      like: 'tts|speech',
      otherwise: 'model',
    },
    {
      slot: 'transcription_model',
      operation: 'listModels',
      at: '/data/*/id',
      prefer: ['whisper-1'],
      like: 'whisper|transcribe',
      otherwise: 'model',
    },
    {
      slot: 'streaming_transcription_model',
      operation: 'listModels',
      at: '/data/*/id',
      prefer: ['gpt-4o-mini-transcribe', 'gpt-4o-transcribe'],
      otherwise: 'transcription_model',
    },
    {
      slot: 'image_model',
      operation: 'listModels',
      at: '/data/*/id',
      prefer: ['dall-e-2'],
      like: 'image|dall-e|diffusion|flux',
      otherwise: 'model',
    },
    // Ids of models that others published hold a slash, which belongs percent-encoded into a path.
    { slot: 'slashed_model', operation: 'listModels', at: '/data/*/id', like: '/', otherwise: 'model' },
    { slot: 'fine_tuning_model', operation: 'listModels', at: '/data/*/id', prefer: ['gpt-4o-mini-2024-07-18'], otherwise: 'model' },
  ],
  smoke: ['listModels'],
  grammars,
  streamSwitches,
  streamVariants,
  situations,
  listWalks: [
    walk('listFiles', 'file'),
    walk('listAssistants', 'assistant'),
    walk('listMessages', 'message'),
    walk('listVectorStores', 'vector_store'),
  ],
  checks,
  features,
  profiles,
  readings: streamPractices,
  secretMembers: ['value', 'client_secret', 'api_key'],
  thrift: [
    { operations: ['createChatCompletion'], at: '/max_completion_tokens', value: 16 },
    { operations: ['createCompletion'], at: '/max_tokens', value: 16 },
    { operations: ['createResponse'], at: '/max_output_tokens', value: 16 },
    { operations: ['createRun', 'createThreadAndRun'], at: '/max_completion_tokens', value: 256 },
    { operations: ['createImage'], at: '/size', value: '256x256' },
  ],
  reference: makeReference,
  faults,
};

function walk(operation: string, family: string): ListWalk {
  return { operation, family, limit: 'limit', after: 'after', rows: '/data', id: '/id', more: '/has_more' };
}

function document(version: string, overlays: readonly string[]): PackDocument {
  const root = packageRoot(import.meta.dirname);
  const overlay = (name: string): string => path.join(root, 'suites', 'openai', 'overlays', `${name}.yaml`);
  return {
    version,
    file: path.join(root, 'spec', 'openai', `${version}.json`),
    overlays: overlays.map(overlay),
  };
}

/** The nearest folder upwards that holds a package.json: the same one from the sources and from dist/. */
function packageRoot(folder: string): string {
  if (existsSync(path.join(folder, 'package.json'))) return folder;
  const parent = path.dirname(folder);
  if (parent === folder) throw new Error(`No package.json above ${import.meta.dirname}.`);
  return packageRoot(parent);
}
