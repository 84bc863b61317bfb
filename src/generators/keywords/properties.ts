import { isObject } from '../../schema/json.ts';
import { under, type Keyword } from '../keyword.ts';
import type { MemberFacet, Place } from '../shape.ts';
import { regexOf } from '../text.ts';

/** `properties`, `patternProperties`, `additionalProperties`, `unevaluatedProperties`: the members are places of their own; one too many is refused. */
export const properties: Keyword = {
  name: 'properties',
  with: ['patternProperties', 'additionalProperties', 'unevaluatedProperties'],
  applies: ['object'],
  level: 'MUST',
  narrow(limits, schema, place) {
    const additional = under(place, schema['additionalProperties'], 'additionalProperties');
    const unevaluated = under(place, schema['unevaluatedProperties'], 'unevaluatedProperties');
    const facet: MemberFacet = {
      pointer: place.pointer,
      ...(place.rule && { rule: place.rule }),
      properties: new Map(membersOf(schema['properties'], place, 'properties')),
      patterns: membersOf(schema['patternProperties'], place, 'patternProperties').flatMap(([text, one]): [RegExp, Place][] => {
        const regex = regexOf(text);
        return regex ? [[regex, one]] : [];
      }),
      ...(additional && { additional }),
      ...(unevaluated && { unevaluated }),
    };
    limits.members.push(facet);
  },
  *exercise({ value, alternative, build }) {
    for (const name of build.optionalNames(alternative)) {
      const present = build.withMembers(alternative, [name]);
      if (present !== undefined) yield { value: present, aspect: `${name} present` };
    }
    yield { value, aspect: 'smallest' };
  },
  *violate() {
    // Nothing breaks `properties` itself: each member is a place of its own.
  },
};

function membersOf(members: unknown, place: Place, keyword: string): [string, Place][] {
  if (!isObject(members)) return [];
  return Object.entries(members).flatMap(([name, schema]): [string, Place][] => {
    const inner = under(place, schema, keyword, name);
    return inner ? [[name, inner]] : [];
  });
}
