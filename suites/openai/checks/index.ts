import type { Check } from 'assay/pack';
import { choicesAsAsked } from './choices-as-asked.ts';
import { cutAdmitted } from './cut-admitted.ts';
import { deleteConfirmed } from './delete-confirmed.ts';
import { echoKept } from './echo-kept.ts';
import { embeddingsMatchInput } from './embeddings-match-input.ts';
import { errorCodeNamed } from './error-code-named.ts';
import { fileCountsAddUp } from './file-counts-add-up.ts';
import { finishReasonFits } from './finish-reason-fits.ts';
import { idsDistinct } from './ids-distinct.ts';
import { imagesAsAsked } from './images-as-asked.ts';
import { jsonAsAsked } from './json-as-asked.ts';
import { listEndsTold } from './list-ends-told.ts';
import { listInOrder } from './list-in-order.ts';
import { listPageWhole } from './list-page-whole.ts';
import { logprobsAsAsked } from './logprobs-as-asked.ts';
import { messageWhole } from './message-whole.ts';
import { modelAsAsked } from './model-as-asked.ts';
import { moderationFlagsAgree } from './moderation-flags-agree.ts';
import { requestEchoed } from './request-echoed.ts';
import { speechAsAsked } from './speech-as-asked.ts';
import { stateAfterCall } from './state-after-call.ts';
import { stateExplained } from './state-explained.ts';
import { stopLeftOut } from './stop-left-out.ts';
import { timesInSeconds } from './times-in-seconds.ts';
import { tokenCapKept } from './token-cap-kept.ts';
import { toolChoiceKept } from './tool-choice-kept.ts';
import { transcriptAsAsked } from './transcript-as-asked.ts';
import { usageAddsUp } from './usage-adds-up.ts';
import { usageRowsOfKind } from './usage-rows-of-kind.ts';
import { vectorsDiffer } from './vectors-differ.ts';

/** What the prose of the API says of its answers and no schema can. */
export const checks: readonly Check[] = [
  choicesAsAsked,
  cutAdmitted,
  deleteConfirmed,
  echoKept,
  embeddingsMatchInput,
  errorCodeNamed,
  fileCountsAddUp,
  finishReasonFits,
  idsDistinct,
  imagesAsAsked,
  jsonAsAsked,
  listEndsTold,
  listInOrder,
  listPageWhole,
  logprobsAsAsked,
  messageWhole,
  modelAsAsked,
  moderationFlagsAgree,
  requestEchoed,
  speechAsAsked,
  stateAfterCall,
  stateExplained,
  stopLeftOut,
  timesInSeconds,
  tokenCapKept,
  toolChoiceKept,
  transcriptAsAsked,
  usageAddsUp,
  usageRowsOfKind,
  vectorsDiffer,
];
