import type { Fault } from '../../model/index.ts';

/** Breaks `auth-enforced`. */
export const credentialsIgnored: Fault = {
  id: 'credentials-ignored',
  breaks: 'auth-enforced',
  what: 'Answers without looking at the credentials, as local servers do',
  lenient: 'credentials',
};
