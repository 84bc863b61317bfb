import type { Fault } from '../../model/index.ts';
import { anyMethod } from './any-method.ts';
import { byteOrderMarkCrashes } from './byte-order-mark-crashes.ts';
import { credentialsIgnored } from './credentials-ignored.ts';
import { errorAsDetail } from './error-as-detail.ts';
import { hangOnUnknown } from './hang-on-unknown.ts';
import { headersMissing } from './headers-missing.ts';
import { largeBodyRefused } from './large-body-refused.ts';
import { lookupCrashes } from './lookup-crashes.ts';
import { malformedRefusal } from './malformed-refusal.ts';
import { numberAsText } from './number-as-text.ts';
import { paramNamesNothing } from './param-names-nothing.ts';
import { queryUnchecked } from './query-unchecked.ts';
import { resetOnUnknown } from './reset-on-unknown.ts';
import { streamCompressed } from './stream-compressed.ts';
import { streamHeldBack } from './stream-held-back.ts';
import { streamWithoutEnd } from './stream-without-end.ts';
import { undeclaredStatus } from './undeclared-status.ts';
import { wrongMediaType } from './wrong-media-type.ts';

/** The faults that any contract can have; one line for each file of this folder. */
export const genericFaults: readonly Fault[] = [
  anyMethod,
  byteOrderMarkCrashes,
  credentialsIgnored,
  errorAsDetail,
  hangOnUnknown,
  headersMissing,
  largeBodyRefused,
  lookupCrashes,
  malformedRefusal,
  numberAsText,
  paramNamesNothing,
  queryUnchecked,
  resetOnUnknown,
  streamCompressed,
  streamHeldBack,
  streamWithoutEnd,
  undeclaredStatus,
  wrongMediaType,
];
