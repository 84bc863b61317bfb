import type { Check } from '../model/index.ts';
import { answersEveryRequest } from './answers-every-request.ts';
import { authEnforced } from './auth-enforced.ts';
import { bodyValid } from './body-valid.ts';
import { deletedIsGone } from './deleted-is-gone.ts';
import { errorEnvelope } from './error-envelope.ts';
import { errorParamNamesMember } from './error-param-names-member.ts';
import { headersValid } from './headers-valid.ts';
import { httpWellFormed } from './http-well-formed.ts';
import { invalidRejected } from './invalid-rejected.ts';
import { latencyWithinLimit } from './latency-within-limit.ts';
import { listWalk } from './list-walk.ts';
import { mediaTypeDeclared } from './media-type-declared.ts';
import { methodRefused } from './method-refused.ts';
import { noServerError } from './no-server-error.ts';
import { requestValid } from './request-valid.ts';
import { statusDeclared } from './status-declared.ts';
import { streamAsAsked } from './stream-as-asked.ts';
import { streamInPieces } from './stream-in-pieces.ts';
import { streamNotCompressed } from './stream-not-compressed.ts';
import { streamRules } from './stream-rules.ts';
import { streamTwin } from './stream-twin.ts';
import { survivesProbe } from './survives-probe.ts';
import { validAccepted } from './valid-accepted.ts';

/** The checks that hold for every API, in the order in which they speak. */
export const genericChecks: readonly Check[] = [
  answersEveryRequest,
  httpWellFormed,
  noServerError,
  survivesProbe,
  statusDeclared,
  mediaTypeDeclared,
  headersValid,
  bodyValid,
  validAccepted,
  invalidRejected,
  authEnforced,
  methodRefused,
  errorEnvelope,
  errorParamNamesMember,
  requestValid,
  streamAsAsked,
  streamRules,
  streamTwin,
  streamNotCompressed,
  streamInPieces,
  deletedIsGone,
  listWalk,
  latencyWithinLimit,
];

export { allDifferences } from './difference.ts';
export { errataUsed } from './errata-used.ts';
