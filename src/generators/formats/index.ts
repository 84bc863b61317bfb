import type { Format } from './format.ts';
import { base64url } from './base64url.ts';
import { binary } from './binary.ts';
import { byte } from './byte.ts';
import { date } from './date.ts';
import { dateTime } from './date-time.ts';
import { duration } from './duration.ts';
import { email } from './email.ts';
import { hostname } from './hostname.ts';
import { ipv4 } from './ipv4.ts';
import { ipv6 } from './ipv6.ts';
import { jsonPointer } from './json-pointer.ts';
import { password } from './password.ts';
import { regex } from './regex.ts';
import { time } from './time.ts';
import { uri } from './uri.ts';
import { uriReference } from './uri-reference.ts';
import { uriTemplate } from './uri-template.ts';
import { url } from './url.ts';
import { uuid } from './uuid.ts';

/** The formats of strings by name, one file each. A format without a file is an annotation: any string goes. */
export const formats: ReadonlyMap<string, Format> = new Map(
  [
    base64url,
    binary,
    byte,
    date,
    dateTime,
    duration,
    email,
    hostname,
    ipv4,
    ipv6,
    jsonPointer,
    password,
    regex,
    time,
    uri,
    uriReference,
    uriTemplate,
    url,
    uuid,
  ].map((format) => [format.name, format]),
);
