import type { Fault } from 'assay/pack';
import { argumentsLoseTheirStart } from './arguments-lose-their-start.ts';
import { callsAnnounced } from './calls-announced.ts';
import { callsEndWithStop } from './calls-end-with-stop.ts';
import { cancelledAsExpired } from './cancelled-as-expired.ts';
import { completionFinishNull } from './completion-finish-null.ts';
import { completionUntimed } from './completion-untimed.ts';
import { createdInMilliseconds } from './created-in-milliseconds.ts';
import { deletionUnconfirmed } from './deletion-unconfirmed.ts';
import { fileCountsOff } from './file-counts-off.ts';
import { finishNeverSent } from './finish-never-sent.ts';
import { finishSentTwice } from './finish-sent-twice.ts';
import { flagsInverted } from './flags-inverted.ts';
import { includeUsageIgnored } from './include-usage-ignored.ts';
import { itemIdEmpty } from './item-id-empty.ts';
import { lastEmbeddingDropped } from './last-embedding-dropped.ts';
import { lastIdStale } from './last-id-stale.ts';
import { logprobsPositive } from './logprobs-positive.ts';
import { messageNeverEnds } from './message-never-ends.ts';
import { metadataLost } from './metadata-lost.ts';
import { modelRenamed } from './model-renamed.ts';
import { oldestFirst } from './oldest-first.ts';
import { oneChoiceOnly } from './one-choice-only.ts';
import { oneImageOnly } from './one-image-only.ts';
import { outputIndexOffByOne } from './output-index-off-by-one.ts';
import { responseFormatIgnored } from './response-format-ignored.ts';
import { roleNeverSent } from './role-never-sent.ts';
import { stopIgnoredInStreams } from './stop-ignored-in-streams.ts';
import { stopKept } from './stop-kept.ts';
import { streamIgnored } from './stream-ignored.ts';
import { tokenCapPassed } from './token-cap-passed.ts';
import { toolIndexesAllZero } from './tool-indexes-all-zero.ts';
import { toolNameRepeated } from './tool-name-repeated.ts';
import { toolsIgnored } from './tools-ignored.ts';
import { transcriptAsJson } from './transcript-as-json.ts';
import { usageOfAnotherKind } from './usage-of-another-kind.ts';
import { usageOffByOne } from './usage-off-by-one.ts';
import { usageUnasked } from './usage-unasked.ts';
import { usageWithoutChoices } from './usage-without-choices.ts';

/** Ways in which real servers of this API went wrong; one line for each file of this folder. */
export const faults: readonly Fault[] = [
  argumentsLoseTheirStart,
  callsAnnounced,
  callsEndWithStop,
  cancelledAsExpired,
  completionFinishNull,
  completionUntimed,
  createdInMilliseconds,
  deletionUnconfirmed,
  fileCountsOff,
  finishNeverSent,
  finishSentTwice,
  flagsInverted,
  includeUsageIgnored,
  itemIdEmpty,
  lastEmbeddingDropped,
  lastIdStale,
  logprobsPositive,
  messageNeverEnds,
  metadataLost,
  modelRenamed,
  oldestFirst,
  oneChoiceOnly,
  oneImageOnly,
  outputIndexOffByOne,
  responseFormatIgnored,
  roleNeverSent,
  stopIgnoredInStreams,
  stopKept,
  streamIgnored,
  tokenCapPassed,
  toolIndexesAllZero,
  toolNameRepeated,
  toolsIgnored,
  transcriptAsJson,
  usageOfAnotherKind,
  usageOffByOne,
  usageUnasked,
  usageWithoutChoices,
];
