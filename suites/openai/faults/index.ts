import type { Fault } from 'assay/pack';
import { argumentsLoseTheirStart } from './arguments-lose-their-start.ts';
import { batchStatusForeign } from './batch-status-foreign.ts';
import { bodiesUnchecked } from './bodies-unchecked.ts';
import { callsAnnounced } from './calls-announced.ts';
import { callsEndWithStop } from './calls-end-with-stop.ts';
import { cancelledAsExpired } from './cancelled-as-expired.ts';
import { codeIsTheStatus } from './code-is-the-status.ts';
import { completionFinishNull } from './completion-finish-null.ts';
import { completionInAList } from './completion-in-a-list.ts';
import { completionUntimed } from './completion-untimed.ts';
import { contentAfterFinish } from './content-after-finish.ts';
import { createdInMilliseconds } from './created-in-milliseconds.ts';
import { cutCalledStop } from './cut-called-stop.ts';
import { deletionUnconfirmed } from './deletion-unconfirmed.ts';
import { deletionUndone } from './deletion-undone.ts';
import { echoIgnored } from './echo-ignored.ts';
import { embeddingsNumberedFromOne } from './embeddings-numbered-from-one.ts';
import { emptyChunkFirst } from './empty-chunk-first.ts';
import { errorAsText } from './error-as-text.ts';
import { errorEmpty } from './error-empty.ts';
import { errorFlat } from './error-flat.ts';
import { errorInAList } from './error-in-a-list.ts';
import { fileCountsOff } from './file-counts-off.ts';
import { fileListWithoutEnds } from './file-list-without-ends.ts';
import { finishNeverSent } from './finish-never-sent.ts';
import { finishSentTwice } from './finish-sent-twice.ts';
import { flagsInverted } from './flags-inverted.ts';
import { htmlForUnknown } from './html-for-unknown.ts';
import { idChanges } from './id-changes.ts';
import { idConstant } from './id-constant.ts';
import { idMissing } from './id-missing.ts';
import { idOfTheCall } from './id-of-the-call.ts';
import { includeUsageIgnored } from './include-usage-ignored.ts';
import { itemIdEmpty } from './item-id-empty.ts';
import { itemRenamedAtEnd } from './item-renamed-at-end.ts';
import { lastIdStale } from './last-id-stale.ts';
import { logprobsPositive } from './logprobs-positive.ts';
import { messageNeverEnds } from './message-never-ends.ts';
import { metadataLost } from './metadata-lost.ts';
import { modelRenamed } from './model-renamed.ts';
import { modelUnowned } from './model-unowned.ts';
import { oldestFirst } from './oldest-first.ts';
import { oneChoiceOnly } from './one-choice-only.ts';
import { oneImageOnly } from './one-image-only.ts';
import { outputIndexOffByOne } from './output-index-off-by-one.ts';
import { pagesNeverMove } from './pages-never-move.ts';
import { partNeverDone } from './part-never-done.ts';
import { promptListRefused } from './prompt-list-refused.ts';
import { refusalMissing } from './refusal-missing.ts';
import { responseFormatIgnored } from './response-format-ignored.ts';
import { responseMembersMissing } from './response-members-missing.ts';
import { roleNeverSent } from './role-never-sent.ts';
import { roleRepeated } from './role-repeated.ts';
import { runNeverCreated } from './run-never-created.ts';
import { serviceTierForeign } from './service-tier-foreign.ts';
import { speechAlwaysMp3 } from './speech-always-mp3.ts';
import { slashedIdUnknown } from './slashed-id-unknown.ts';
import { speechAsJson } from './speech-as-json.ts';
import { stepNeverEnds } from './step-never-ends.ts';
import { stopIgnoredInStreams } from './stop-ignored-in-streams.ts';
import { stopKept } from './stop-kept.ts';
import { streamCutSilently } from './stream-cut-silently.ts';
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
import { vectorConstant } from './vector-constant.ts';

/** Ways in which real servers of this API went wrong; one line for each file of this folder. */
export const faults: readonly Fault[] = [
  argumentsLoseTheirStart,
  batchStatusForeign,
  bodiesUnchecked,
  callsAnnounced,
  callsEndWithStop,
  cancelledAsExpired,
  codeIsTheStatus,
  completionFinishNull,
  completionInAList,
  completionUntimed,
  contentAfterFinish,
  createdInMilliseconds,
  cutCalledStop,
  deletionUnconfirmed,
  deletionUndone,
  echoIgnored,
  embeddingsNumberedFromOne,
  emptyChunkFirst,
  errorAsText,
  errorEmpty,
  errorFlat,
  errorInAList,
  fileCountsOff,
  fileListWithoutEnds,
  finishNeverSent,
  finishSentTwice,
  flagsInverted,
  htmlForUnknown,
  idChanges,
  idConstant,
  idMissing,
  idOfTheCall,
  includeUsageIgnored,
  itemIdEmpty,
  itemRenamedAtEnd,
  lastIdStale,
  logprobsPositive,
  messageNeverEnds,
  metadataLost,
  modelRenamed,
  modelUnowned,
  oldestFirst,
  oneChoiceOnly,
  oneImageOnly,
  outputIndexOffByOne,
  pagesNeverMove,
  partNeverDone,
  promptListRefused,
  refusalMissing,
  responseFormatIgnored,
  responseMembersMissing,
  roleNeverSent,
  roleRepeated,
  runNeverCreated,
  serviceTierForeign,
  speechAlwaysMp3,
  slashedIdUnknown,
  speechAsJson,
  stepNeverEnds,
  stopIgnoredInStreams,
  stopKept,
  streamCutSilently,
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
  vectorConstant,
];
