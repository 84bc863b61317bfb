import { describe, expect, test } from 'vitest';
import type { Json, JsonObject } from '../model/index.ts';
import { parseOverlay } from './index.ts';
import { applyOverlays } from './overlay.ts';

const document: JsonObject = {
  openapi: '3.0.0',
  info: { title: 't', version: '1' },
  paths: {
    '/a': { get: { operationId: 'a', tags: ['one'], responses: {} } },
    '/b': { get: { operationId: 'b', tags: ['two'], responses: {} } },
  },
  components: { schemas: { It: { type: 'string', enum: ['x'] }, Other: { required: ['a', 'b', 'c'] } } },
};

function apply(actions: readonly Json[], reading = 'contract') {
  return applyOverlays(
    document,
    [parseOverlay(JSON.stringify({ overlay: '1.0.0', info: { title: 'o', version: '1' }, actions }), 'test.json')],
    reading,
  );
}

describe('an overlay', () => {
  test('merges objects, appends to lists and replaces values', () => {
    const { document: changed, actions } = apply([
      {
        target: '$.components.schemas.It',
        update: { type: 'integer', enum: ['y'], nullable: true },
        'x-id': 'it',
        'x-kind': 'grew',
        'x-since': '2025-02',
        'x-evidence': 'recorded',
      },
    ]);
    expect((changed['components'] as JsonObject)['schemas']).toEqual({
      It: { type: 'integer', enum: ['x', 'y'], nullable: true },
      Other: { required: ['a', 'b', 'c'] },
    });
    expect(actions).toEqual([
      {
        overlay: 'test.json',
        id: 'it',
        kind: 'grew',
        since: '2025-02',
        evidence: 'recorded',
        matched: 1,
        places: ['/components/schemas/It'],
      },
    ]);
  });

  test('appends to a targeted list', () => {
    const { document: changed } = apply([{ target: '$.components.schemas.It.enum', update: 'z' }]);
    expect((changed['components'] as JsonObject)['schemas']).toMatchObject({ It: { enum: ['x', 'z'] } });
  });

  test('removes from the end, so that every match of a list goes', () => {
    const { document: changed, actions } = apply([{ target: "$.components.schemas.Other.required[?@ != 'b']", remove: true }]);
    expect((changed['components'] as JsonObject)['schemas']).toMatchObject({ Other: { required: ['b'] } });
    expect(actions[0]?.places).toEqual(['/components/schemas/Other/required/0', '/components/schemas/Other/required/2']);
  });

  test('reaches every place that its JSONPath matches', () => {
    const { actions } = apply([{ target: '$.paths.*.get', update: { deprecated: true } }]);
    expect(actions[0]).toMatchObject({ matched: 2, places: ['/paths/~1a/get', '/paths/~1b/get'] });
  });

  test('tells of an action that matches nothing', () => {
    expect(apply([{ target: '$.components.schemas.Gone', update: { a: 1 } }]).actions[0]).toMatchObject({
      id: '0',
      matched: 0,
      places: [],
    });
  });

  test('leaves the given document alone', () => {
    const before = JSON.stringify(document);
    apply([{ target: '$.components.schemas.It', update: { enum: ['y'] } }]);
    expect(JSON.stringify(document)).toBe(before);
  });

  test('reads by the letter without what is wrong or has grown, but with the rules', () => {
    const actions = ['wrong', 'grew', 'rule'].map((kind) => ({ target: '$.info', update: { [`x-${kind}`]: true }, 'x-kind': kind }));
    expect(apply(actions, 'letter').document['info']).toEqual({ title: 't', version: '1', 'x-rule': true });
    expect(apply(actions).document['info']).toEqual({ title: 't', version: '1', 'x-wrong': true, 'x-grew': true, 'x-rule': true });
  });

  test('pollutes no prototype', () => {
    const text =
      '{"overlay":"1.0.0","actions":[{"target":"$","update":{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}},' +
      '{"target":"$.constructor.prototype","update":{"polluted":2}},{"target":"$[\'__proto__\']","update":{"polluted":2}}]}';
    const { document: changed } = applyOverlays(document, [parseOverlay(text, 'hostile.json')], 'contract');
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
    expect(Object.hasOwn(Object, 'polluted')).toBe(false);
    expect(JSON.stringify(changed)).toContain('"__proto__":{"polluted":2},"constructor":{"prototype":{"polluted":2}}');
  });

  test.each([
    ['{"actions":[]}', 'x.yaml says `overlay: undefined`; it has to say `overlay: 1.0.0`.'],
    ['overlay: 1.0.0', 'x.yaml has no `actions`.'],
    ['{"overlay":"1.0.0","actions":[{"update":{}}]}', 'x.yaml, action 0: no `target`. Give a JSONPath such as $.components.schemas.Pet.'],
    ['{"overlay":"1.0.0","actions":[{"target":"$","x-id":"me"}]}', 'x.yaml, action me: neither `update` nor `remove: true`.'],
    [
      '{"overlay":"1.0.0","actions":[{"target":"$","update":{},"x-kind":"odd"}]}',
      'x.yaml, action 0: `x-kind: odd`. It has to be one of wrong, grew, rule.',
    ],
  ])('refuses %s', (text, message) => {
    expect(() => parseOverlay(text, 'x.yaml')).toThrow(message);
  });

  test.each([
    [
      { target: '$.info.title', update: { a: 1 } },
      'test.json, action 0: the target /info/title is no object or list. To change a value, target its parent.',
    ],
    [{ target: '$.info', update: 'a' }, 'test.json, action 0: an object at /info can only be updated with an object.'],
    [{ target: '$.info[', update: {} }, 'test.json, action 0: the target $.info[ is no JSONPath'],
  ])('refuses to apply %j', (action, message) => {
    expect(() => apply([action])).toThrow(message);
  });
});
