// How options are refused: the words of a whole range, the field, what came; and arguments of public functions.
import {
  allocate,
  bias,
  check,
  checkArgument,
  childKey,
  createRegistry,
  cut,
  decodeBundle,
  definePlugin,
  describeIssues,
  suggestion,
  encodeBundle,
  fingerprint,
  float32,
  gain,
  hadamard,
  int32,
  integers,
  join,
  kernel,
  mapping,
  MappingNetworksError,
  modelFingerprint,
  modelMap,
  modelParameters,
  modelTheta,
  normal,
  parameterSpace,
  permutation,
  randomKey,
  requireWhole,
  resolve,
  signs,
  subset,
  toSpec,
  uniform,
  words,
  zeros,
} from '@mapping-networks/core';
import { loadBundle, saveBundle } from '@mapping-networks/core/node';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';

/** What the first issue of `value` against `schema` says. */
const said = (schema: z.ZodType, value: unknown): string | undefined => {
  const { issues = [] } = check(z.strictObject({ field: schema }), { field: value });
  const [issue] = issues;
  return issue && `${issue.path.join('.')}: ${issue.message}`;
};

describe('a range is named whole', () => {
  test.each<[z.ZodType, unknown, string]>([
    [z.number(), Number.NaN, 'a finite number'],
    [z.number().min(0), -1, 'a finite number of at least 0'],
    [z.number().gt(0), 0, 'a finite number above 0'],
    [z.number().max(3), 4, 'a finite number of at most 3'],
    [z.number().lt(3), 3, 'a finite number below 3'],
    [z.number().min(0).lt(1), 1, 'a number of at least 0 and below 1'],
    [z.number().gt(0).max(1), 0, 'a number above 0 and at most 1'],
    [z.number().gt(0).lt(1), 1, 'a number above 0 and below 1'],
    [z.number().min(0.01).max(100), 0, 'a number of 0.01 to 100'],
    [z.int(), 0.5, 'a whole number'],
    [z.int().min(0), -1, 'a whole number of 0 to 2^53 - 1'],
    [z.int().min(1).max(16), 17, 'a whole number of 1 to 16'],
    [z.int().min(1).max(1_000_000), 0, 'a whole number of 1 to 1,000,000'],
    [
      z
        .int()
        .min(1)
        .max(2 ** 30),
      0,
      'a whole number of 1 to 2^30',
    ],
    [z.int().max(9), 10, 'a whole number of at most 9'],
  ])('%#: %s', (schema, value, words) => {
    expect(said(schema, value)).toBe(`field: expected ${words}`);
  });
});

test.each([Number.NaN, Infinity, -Infinity, '3', null, 1.5, 2 ** 53, -1, true, [], {}, 3n])(
  'a whole number is none of %s',
  (value) => expect(said(z.int().min(1).max(9), value)).toBe('field: expected a whole number of 1 to 9'),
);

test.each([0, 1, 0.5])('zero has no sign, whatever the lower bound (%s)', (bound) => {
  expect(said(z.number().min(-bound), -0)).toBe('field: expected 0 without a sign');
  expect(check(z.array(z.number()), [[-0]]).issues).toHaveLength(1);
  expect(said(z.array(z.number()), [1, -0])).toBe('field.1: expected 0 without a sign');
});

describe('other kinds of value', () => {
  const choice = z.preprocess(
    (value) => (typeof value === 'string' ? { type: value } : value),
    z.discriminatedUnion('type', [
      z.strictObject({ type: z.literal('plain') }),
      z.strictObject({ type: z.literal('wavy'), omega: z.number().min(0).max(9) }),
    ]),
  );
  test.each<[string, z.ZodType, unknown, string]>([
    ['a string', z.string(), 3, 'field: expected a string'],
    ['a string that says something', z.string().min(1), '', 'field: expected a string that is not empty'],
    ['a boolean', z.boolean(), 1, 'field: expected true or false'],
    ['null', z.null(), 1, 'field: expected null'],
    ['a choice', z.enum(['a', 'b', 'c']), 'd', "field: expected 'a', 'b' or 'c'"],
    [
      'a number or a word',
      z.union([z.int().min(1).max(5), z.literal('all')]),
      0,
      "field: expected a whole number of 1 to 5 or 'all'",
    ],
    ['a list', z.array(z.int().min(0).max(5)), 3, 'field: expected a list, each a whole number of 0 to 5'],
    ['an entry', z.array(z.int().min(0).max(5)), [1, 6], 'field.1: expected a whole number of 0 to 5'],
    [
      'so many entries',
      z.array(z.boolean()).length(3),
      [true],
      'field: expected a list of 3 entries, each true or false',
    ],
    [
      'some entries',
      z.array(z.string()).min(1).max(2),
      [],
      'field: expected a list of 1 to 2 entries, each a string',
    ],
    [
      'one entry at least',
      z.array(z.string()).min(1),
      [],
      'field: expected a list of at least 1 entry, each a string',
    ],
    ['an object', z.strictObject({ a: z.string() }), 3, 'field: expected an object'],
    ['a missing field', z.strictObject({ a: z.string() }), {}, 'field.a: expected a string'],
    [
      'a stray field',
      z.strictObject({ shift: z.int() }),
      { shift: 1, shfit: 2 },
      'field.shfit: expected no such key',
    ],
    [
      'a value of a record',
      z.union([z.int(), z.record(z.string(), z.int().min(1).max(9))]),
      { fc1: 0 },
      'field.fc1: expected a whole number of 1 to 9',
    ],
    ['one of several objects', choice, 3, "field: expected { type: 'plain' } or { type: 'wavy' }"],
    ['a bare name', choice, 'wawy', "field: expected 'plain' or 'wavy'"],
    ['the type of an object', choice, { type: 'wawy' }, "field.type: expected 'plain' or 'wavy'"],
    [
      'a field of the object meant',
      choice,
      { type: 'wavy', omega: 10 },
      'field.omega: expected a number of 0 to 9',
    ],
    [
      'a stray field of the object meant',
      choice,
      { type: 'plain', omega: 1 },
      'field.omega: expected no such key',
    ],
    [
      'a rule of its own',
      z.string().refine(() => false, 'expected something else.'),
      'x',
      'field: expected something else',
    ],
    [
      'what JSON Schema cannot say',
      z.instanceof(Uint8Array),
      3,
      'field: invalid input: expected Uint8Array, received number',
    ],
  ])('%s', (_name, schema, value, words) => {
    expect(said(schema, value)).toBe(words);
  });

  test('a slip is named beside what it may mean', () => {
    const hint = (schema: z.ZodType, value: unknown): string | undefined =>
      check(schema, value).issues?.[0]?.hint;
    expect(hint(z.enum(['relu', 'tanh']), 'tahn')).toBe("Did you mean 'tanh'?");
    expect(hint(z.enum(['relu', 'tanh']), 'softmax')).toBeUndefined();
    expect(hint(z.strictObject({ shift: z.int() }), { shift: 1, shfit: 1 })).toBe(
      "Did you mean 'shift'? Allowed: 'shift'.",
    );
  });
});

test('one issue a field; the first five are told, the others counted', () => {
  const { issues = [] } = check(z.array(z.int()), [0.5, 'x', null, true, {}, [], 7n]);
  expect(issues).toHaveLength(7);
  const { problem, remedy } = describeIssues(issues, (path) => `Entry ${path}`);
  expect(problem).toMatch(/^Entry 0: expected a whole number, got 0\.5\. .* And 2 more\.$/);
  expect(remedy).toBe('Correct the value, or leave the option out for its default.');
  const sides = z.array(z.int()).refine(() => false, 'expected another list');
  expect(check(z.object({ sides }), { sides: [0.5] }).issues).toHaveLength(1);
});

test('what is said fits a screen, whatever the schema and the data say', () => {
  const either = z.discriminatedUnion('type', [
    z.strictObject({ type: z.enum(['a', 'b']) }),
    z.strictObject({ type: z.enum(['c', 'd']) }),
  ]);
  const stray = Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`key\u0007${i}`, 0]));
  const name = 'n'.repeat(1000);
  const { issues = [] } = check(z.record(z.string(), either), {
    [name]: { type: 'a', ...stray },
    second: { type: 'b', ...stray },
  });
  const { problem } = describeIssues(issues, (path) => `Entry ${path}`);
  expect(problem).toMatch(/^Entry n{77}\.\.\.: unrecognized keys: [ -~]*\.\.\., got .* And 1 more\.$/);
  expect(problem.length).toBeLessThan(550);
});

test('of very many names the first are told', () => {
  const names = Array.from({ length: 1000 }, (_, i) => `layer${i}\u0007`);
  const told = suggestion('layer7', names);
  expect(told).toMatch(/^Did you mean 'layer7\\u\{7\}'\? Allowed: 'layer0\\u\{7\}', .* and 9\d\d more\.$/);
  expect(told.length).toBeLessThan(500);
});

test('valid data come back completed', () => {
  expect(check(z.object({ a: z.int().default(3) }), {})).toEqual({ value: { a: 3 } });
  expect(checkArgument('f', 'a', z.int().default(3), undefined)).toBe(3);
});

describe('arguments of a wrong type or size', () => {
  const space = parameterSpace([kernel('fc', [2, 2])]);
  const key = randomKey(1);
  const any = (value: unknown): never => value as never;
  const registry = createRegistry([mapping, hadamard]);
  const files = { 'latent.safetensors': new Uint8Array(8), 'config.json': '{}' };
  test.each<[string, () => unknown, string]>([
    ['parameterSpace(null)', () => parameterSpace(any(null)), 'specs'],
    ['parameterSpace([null])', () => parameterSpace(any([null])), 'specs'],
    ['parameterSpace of names', () => parameterSpace(any(['fc'])), 'specs'],
    [
      'parameterSpace with a foreign init',
      () => parameterSpace(any([{ ...kernel('a', [1]), init: 'he' }])),
      'specs',
    ],
    ['kernel without a layer', () => kernel(any(undefined), [1]), 'layer'],
    ['kernel of one number', () => kernel('fc', any(3)), 'shape'],
    ['kernel of nothing', () => kernel('fc', [0]), 'shape'],
    ['bias of half a unit', () => bias('fc', 0.5), 'units'],
    ['gain of NaN', () => gain('norm', Number.NaN), 'units'],
    ['float32 of a list', () => float32(any([1, 2])), 'data'],
    ['int32 of nothing', () => int32(any(undefined)), 'data'],
    ['float32 of a negative shape', () => float32(new Float32Array(1), [-1]), 'shape'],
    ['zeros of a number', () => zeros(any(3)), 'shape'],
    ['childKey of a seed', () => childKey(any(7), 'a'), 'key'],
    ['words of a seed', () => words(any(7), 3), 'key'],
    ['words from the end', () => words(key, 3, -1), 'from'],
    ['normal of -1', () => normal(key, -1), 'count'],
    ['uniform of NaN', () => uniform(key, Number.NaN), 'count'],
    ['signs of a string', () => signs(key, any('3')), 'count'],
    ['integers below 0', () => integers(key, 3, 0), 'bound'],
    ['a permutation of 2^53', () => permutation(key, 2 ** 53), 'size'],
    ['a subset of half', () => subset(key, 1.5, 1), 'size'],
    ['cut of a list', () => cut(space, any([1, 2, 3, 4])), 'theta'],
    ['cut without a space', () => cut(any(undefined), new Float32Array(4)), 'space'],
    ['join of nothing', () => join(space, any(undefined)), 'parameters'],
    ['allocate of half', () => allocate(space, 0.5, 'sqrt'), 'latentDim'],
    ['allocate by a foreign rule', () => allocate(space, 1, any('equal')), 'allocation'],
    ['fingerprint of a list', () => fingerprint(any([1])), 'theta'],
    ['createRegistry of a plugin', () => createRegistry(any(hadamard)), 'list'],
    ['createRegistry of parts', () => createRegistry(any([hadamard()])), 'list'],
    ['resolve without a registry', () => resolve(any(undefined), 'loss', 'mse'), 'registry'],
    ['toSpec of a plugin', () => toSpec(any(hadamard)), 'part'],
    ['definePlugin of nothing', () => definePlugin(any(undefined)), 'definition'],
    ['definePlugin without a name', () => definePlugin(any({ kind: 'loss', summary: '' })), 'name'],
    [
      'definePlugin without options',
      () => definePlugin(any({ kind: 'loss', name: 'a', summary: '' })),
      'definition',
    ],
    ['modelMap of nothing', () => modelMap(any(undefined)), 'model'],
    ['modelTheta of a part', () => modelTheta(any(hadamard())), 'model'],
    ['modelParameters of a plugin', () => modelParameters(any(mapping)), 'model'],
    ['modelFingerprint of a string', () => modelFingerprint(any('runs/first')), 'model'],
    ['encodeBundle of nothing', () => encodeBundle(any(null)), 'model'],
    ['decodeBundle of a folder', () => decodeBundle(any('runs/first'), registry), 'files'],
    ['decodeBundle without a registry', () => decodeBundle(files, any(undefined)), 'registry'],
    ['a count of the caller', () => requireWhole('half', 'count', -0.5, 0, 9), 'count'],
  ])('%s', (_name, act, argument) => {
    expect(act).toThrow(MappingNetworksError);
    expect(act).toThrow(expect.objectContaining({ code: 'CORE_INVALID_ARGUMENT' }));
    expect(act).toThrow(`argument '${argument}': expected `);
  });

  test.each([undefined, null, 3, '', {}])('the folder of a bundle is not %s', async (folder) => {
    const refused = { code: 'CORE_INVALID_ARGUMENT' };
    await expect(saveBundle(any(folder), any({}))).rejects.toMatchObject(refused);
    await expect(loadBundle(any(folder), registry)).rejects.toMatchObject(refused);
  });
});
