import { keywordLaws } from '../../../test/helpers/keyword-laws.ts';

keywordLaws('format', [
  {
    description: 'date',
    schema: { type: 'string', format: 'date' },
    valid: ['2025-01-15'],
    invalid: ['2025-02-30'],
  },
  {
    description: 'date-time',
    schema: { type: 'string', format: 'date-time' },
    valid: ['2025-01-15T12:00:00Z'],
    invalid: ['2025-01-15'],
  },
  {
    description: 'time',
    schema: { type: 'string', format: 'time' },
    valid: ['12:00:00Z'],
    invalid: ['noon'],
  },
  {
    description: 'duration',
    schema: { type: 'string', format: 'duration' },
    valid: ['P1D'],
    invalid: ['1D'],
  },
  {
    description: 'email',
    schema: { type: 'string', format: 'email' },
    valid: ['a@example.com'],
    invalid: ['nobody'],
  },
  {
    description: 'hostname',
    schema: { type: 'string', format: 'hostname' },
    valid: ['example.com'],
    invalid: ['-a.example'],
  },
  {
    description: 'ipv4',
    schema: { type: 'string', format: 'ipv4' },
    valid: ['192.0.2.1'],
    invalid: ['256.0.0.1'],
  },
  {
    description: 'ipv6',
    schema: { type: 'string', format: 'ipv6' },
    valid: ['::1'],
    invalid: ['192.0.2.1'],
  },
  {
    description: 'uri',
    schema: { type: 'string', format: 'uri' },
    valid: ['urn:a:b'],
    invalid: ['/relative'],
  },
  {
    description: 'uri-reference',
    schema: { type: 'string', format: 'uri-reference' },
    valid: ['/a'],
    invalid: ['a b\\'],
  },
  {
    description: 'uri-template',
    schema: { type: 'string', format: 'uri-template' },
    valid: ['/a/{b}'],
    invalid: ['/a/{b'],
  },
  {
    description: 'uuid',
    schema: { type: 'string', format: 'uuid' },
    valid: ['123e4567-e89b-12d3-a456-426614174000'],
    invalid: ['no'],
  },
  {
    description: 'json-pointer',
    schema: { type: 'string', format: 'json-pointer' },
    valid: ['/a/b'],
    invalid: ['a/b'],
  },
  {
    description: 'regex',
    schema: { type: 'string', format: 'regex' },
    valid: ['^a+$'],
    invalid: ['('],
  },
  {
    description: 'byte',
    schema: { type: 'string', format: 'byte' },
    valid: ['AA=='],
    invalid: ['not base64!'],
  },
  {
    description: 'int32',
    schema: { type: 'integer', format: 'int32' },
    valid: [2147483647],
    invalid: [2147483648],
  },
]);
