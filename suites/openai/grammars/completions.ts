import type { StreamGrammar, Test } from 'assay/pack';
import { rulesOf } from 'assay/pack';

// Where the request is not known, usage that came was asked for.
const asksUsage: Test = {
  any: [{ eq: ['?.include_usage', true] }, { all: [{ not: { asked: true } }, { any: [{ has: 'usage' }, { seen: 'usage' }] }] }],
};

/** The stream of the legacy completions: the last piece of a choice carries text and the finish_reason. */
export const completions: StreamGrammar = {
  id: 'compl',
  operations: ['createCompletion'],
  framing: {
    type: { from: 'constant', type: 'chunk' },
    eventLine: 'forbid',
    sentinel: { data: '[DONE]', policy: 'require' },
    error: { member: 'error', shape: 'sse.error-shape' },
  },
  request: { n: { body: '/n' }, prompts: { body: '/prompt', count: true }, include_usage: { body: '/stream_options/include_usage' } },
  recognise: { any: [{ eq: ['object', 'text_completion'] }, { is: ['choices.0.text', 'string'] }] },
  nonempty: 'compl.nonempty',
  constants: [
    { name: 'id', path: 'id', rule: 'compl.id-const' },
    { name: 'created', path: 'created', rule: 'compl.created-const' },
    { name: 'model', path: 'model', rule: 'compl.model-const' },
  ],
  events: {
    chunk: {
      checks: [
        { rule: 'compl.object', that: { eq: ['object', 'text_completion'] }, at: 'object', expected: 'text_completion' },
        { rule: 'compl.choice-shape', that: { is: ['choices', 'array'] }, at: 'choices', expected: 'an array' },
        { rule: 'compl.usage-unrequested', when: { all: [{ has: 'usage' }, { asked: true }, { not: asksUsage }] }, at: 'usage' },
        {
          rule: 'compl.usage-choices-empty',
          when: { all: [{ has: 'usage' }, asksUsage, { is: ['choices', 'array'] }, { not: { seen: 'usage' } }] },
          that: { eq: ['choices.length', 0] },
          at: 'choices',
          expected: '[]',
        },
        {
          rule: 'compl.usage-last',
          when: { all: [asksUsage, { seen: 'usage chunk' }] },
          expected: 'nothing but the sentinel after the usage chunk',
        },
      ],
      do: [
        { mark: 'usage', when: { has: 'usage' } },
        { mark: 'usage chunk', when: { all: [{ has: 'usage' }, { eq: ['choices.length', 0] }] } },
        { mark: 'without-usage', when: { not: { present: 'usage' } } },
      ],
      inside: [
        {
          each: 'choices',
          entity: 'choice',
          key: 'index',
          action: 'auto',
          shape: [
            { rule: 'compl.choice-shape', that: { is: ['index', 'integer'] }, at: 'index', expected: 'an integer', stop: true },
            { rule: 'compl.choice-shape', that: { is: ['text', 'string'] }, at: 'text', expected: 'a string', stop: true },
          ],
          checks: [
            {
              rule: 'compl.logprobs-parallel',
              when: { is: ['logprobs', 'object'] },
              that: { sameLength: ['logprobs.tokens', 'logprobs.token_logprobs', 'logprobs.text_offset'] },
              at: 'logprobs',
              expected: 'lists of one length',
            },
            {
              rule: 'compl.finish-missing',
              when: { has: 'finish_reason' },
              that: { in: ['finish_reason', ['stop', 'length', 'content_filter']] },
              at: 'finish_reason',
              expected: 'stop, length or content_filter',
            },
          ],
          do: [
            { append: 'text', from: 'text' },
            { rising: 'logprobs.text_offset', rule: 'compl.logprobs-parallel' },
            { close: true, when: { has: 'finish_reason' } },
          ],
        },
      ],
    },
  },
  entities: {
    choice: { after: 'compl.after-finish', count: { rule: 'compl.n-count', from: ['?.n', '?.prompts'] }, unclosed: 'compl.finish-missing' },
  },
  endSettles: ['choice'],
  end: [
    { rule: 'compl.usage-missing', when: { all: [asksUsage, { seen: 'sentinel' }] }, that: { seen: 'usage' }, expected: 'a usage chunk' },
    {
      rule: 'compl.usage-null',
      when: { all: [asksUsage, { seen: 'usage' }, { seen: 'without-usage' }] },
      markedBy: 'without-usage',
      expected: 'usage null',
    },
  ],
  ignore: ['obfuscation'],
  schemas: { chunk: ['CreateCompletionResponse'] },
  schemaRules: [
    { at: '/object', rule: 'compl.object' },
    { at: '/id', rule: 'compl.id-const' },
    { at: '/choices/*/finish_reason', came: 'null', rule: null, because: 'null on all pieces but the last; the enum has no null' },
    { at: '/choices/*/finish_reason', rule: 'compl.finish-missing' },
    { at: '/choices/*/logprobs/token_logprobs/*', came: 'null', rule: null, because: 'null for the first token of an echoed prompt' },
    { at: '/choices/*/logprobs/**', rule: 'compl.logprobs-parallel' },
    { at: '/choices/**', rule: 'compl.choice-shape' },
    { at: '/usage', came: 'null', rule: null, because: 'null on all chunks but the last; the schema has no null' },
  ],
  rules: rulesOf(`
compl.nonempty | MUST | schema | At least one chunk | An empty stream is no completion | data: [DONE]
compl.object | MUST | prose | object is text_completion on every chunk, as without a stream | Clients tell the endpoints apart by it | data: {"object":"text_completion.chunk"}
compl.id-const | MUST | schema | One id over the stream | The folded object has one id | data: {"id":"a"}\\ndata: {"id":"b"}
compl.created-const | SHOULD | observed | One created over the stream | The folded object has one creation time | data: {"created":1}\\ndata: {"created":2}
compl.model-const | SHOULD | observed | One model over the stream | The folded object has one model | data: {"model":"a"}\\ndata: {"model":"b"}
compl.choice-shape | MUST | schema | An entry of choices has a text and an integer index | Clients read them unasked | data: {"choices":[{"index":0}]}
compl.finish-missing | MUST | schema | One finish_reason for each index: stop, length or content_filter | Clients go on waiting | data: [DONE] after the last piece
compl.after-finish | MUST | schema | Nothing more for a finished choice | The choice was given out | "finish_reason":"stop", then another text
compl.n-count | MUST | prose | Exactly the indices 0 to prompts times n, minus 1 | The request asked for them | n=2, and only data: {"choices":[{"index":0}]}
compl.usage-missing | MUST | prose | include_usage gives one usage chunk | Billing reads it | the last piece, then data: [DONE]
compl.usage-last | MUST | prose | The usage chunk is the last one, and the only one with usage | Clients add the numbers up | data: {"choices":[],"usage":{}}, then another chunk
compl.usage-choices-empty | MUST | prose | choices of the usage chunk is [] | A client ignores the choices of a chunk that has usage | {"choices":[{"index":0}],"usage":{}}
compl.usage-null | SHOULD | prose | Other chunks carry usage null where include_usage was set | The description of stream_options says "will" | a chunk without usage, then the usage chunk
compl.usage-unrequested | SHOULD | prose | No usage without include_usage | Clients count twice | data: {"choices":[],"usage":{}}
compl.logprobs-parallel | SHOULD | schema | tokens, token_logprobs and text_offset are equally long; text_offset never falls | Clients walk them together | {"tokens":["a"],"token_logprobs":[],"text_offset":[0]}
`),
};
