// Every numeric option of every built-in plugin has both ends of its range and is described; whatever is outside is
// refused with the field, what came, and the whole range.
import type { AnyPlugin } from '@mapping-networks/core';
import { describe, expect, test } from 'vitest';
import { builtins, MappingNetworksError } from 'mapping-networks';

type Schema = Readonly<Record<string, unknown>>;

const schemaOf = (value: unknown): Schema => Object(value) as Schema;
const schemas = (value: unknown): readonly Schema[] => (Array.isArray(value) ? value.map(schemaOf) : []);
const propertiesOf = (schema: Schema): readonly (readonly [string, Schema])[] =>
  Object.entries(schemaOf(schema['properties'])).map(([key, property]) => [key, schemaOf(property)] as const);

/** A number somewhere in the options of a plugin. */
interface Leaf {
  /** As errors call it: `augment.shift`. */
  readonly path: string;
  readonly schema: Schema;
  /** The options with a value at this place, and little else. */
  readonly around: (value: unknown) => unknown;
}

const numbersIn = (schema: Schema, path: string): readonly Leaf[] => {
  if (schema['type'] === 'number' || schema['type'] === 'integer')
    return [{ path, schema, around: (value) => value }];
  const below = (leaf: Leaf, around: (value: unknown) => unknown): Leaf => ({
    ...leaf,
    around: (value) => around(leaf.around(value)),
  });
  return [
    ...schemas(schema['anyOf'] ?? schema['oneOf']).flatMap((branch) => numbersIn(branch, path)),
    ...('items' in schema ? numbersIn(schemaOf(schema['items']), `${path}.0`) : []).map((leaf) => {
      const count = Math.max(1, Number(schema['minItems'] ?? 1));
      return below(leaf, (value) => Array.from({ length: count }, () => value));
    }),
    ...propertiesOf(schema).flatMap(([key, property]) =>
      numbersIn(property, path === '' ? key : `${path}.${key}`).map((leaf) =>
        below(leaf, (value) => ({ ...needed(schema, key), [key]: value })),
      ),
    ),
  ];
};

/** The least that fits: a value that is fixed, an end of a range, a list of it. */
const least = (schema: Schema): unknown =>
  'items' in schema
    ? Array.from({ length: Number(schema['minItems'] ?? 1) }, () => least(schemaOf(schema['items'])))
    : (schema['const'] ?? schema['minimum'] ?? schema['maximum']);

/** What an object needs besides `key`: values that are fixed, required numbers and lists of them. */
const needed = (schema: Schema, key: string): object =>
  Object.fromEntries(
    propertiesOf(schema)
      .filter(([name, { const: fixed }]) => name !== key && (fixed !== undefined || isRequired(schema, name)))
      .map(([name, property]) => [name, least(property)]),
  );

const isRequired = ({ required }: Schema, name: string): boolean =>
  Array.isArray(required) && required.includes(name);

const all: readonly AnyPlugin[] = builtins;
const plugins = all.filter(({ schema }) => propertiesOf(schemaOf(schema)).length > 0);
const leaves = plugins.flatMap((plugin) =>
  numbersIn(schemaOf(plugin.schema), '').map((leaf) => ({
    title: `${plugin.kind} ${plugin.name}, ${leaf.path}`,
    plugin,
    ...leaf,
  })),
);

test('the walk finds numbers in lists, in unions and in objects', () => {
  const paths = leaves.map(({ title }) => title);
  expect(paths).toContain('target mlp, hidden.0');
  expect(paths).toContain('parameterization mapping, activation.omega');
  expect(paths).toContain('loss mappingLoss, weighting.values.0');
  expect(paths).toContain('dataset mnist, train');
  expect(leaves.length).toBeGreaterThanOrEqual(60);
});

describe.each(plugins.map((plugin) => [`${plugin.kind} ${plugin.name}`, plugin] as const))(
  '%s',
  (_name, { schema }) => {
    test.each(propertiesOf(schemaOf(schema)))('%s is described', (_option, { description, items }) => {
      expect(description ?? schemaOf(items)['description']).toMatch(/^\S.*\.$/);
    });
  },
);

describe.each(leaves)('$title', ({ plugin, path, schema, around }) => {
  const { minimum, exclusiveMinimum, maximum, exclusiveMaximum } = schema;

  test('has both ends of a range', () => {
    expect([minimum, exclusiveMinimum].filter((end) => typeof end === 'number')).toHaveLength(1);
    expect([maximum, exclusiveMaximum].filter((end) => typeof end === 'number')).toHaveLength(1);
    expect(Number(minimum)).not.toBe(-Number.MAX_SAFE_INTEGER);
  });

  const [low, high] = [Number(minimum ?? exclusiveMinimum), Number(maximum ?? exclusiveMaximum)];
  const whole = schema['type'] === 'integer';
  const wrong: readonly unknown[] = [
    minimum === undefined ? low : low - 1,
    maximum === undefined ? high : whole ? high + 1 : high * 1.1 + 1,
    ...(whole ? [low + 0.5] : []),
    Number.NaN,
    Infinity,
    -Infinity,
    -0,
    `${high}`,
    null,
    true,
    {},
  ];
  test.each(wrong)('refuses %s', (value) => {
    let thrown: unknown;
    try {
      plugin.parse(around(value));
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(MappingNetworksError);
    const { code, message } = thrown as MappingNetworksError;
    expect(code).toBe('CORE_INVALID_OPTIONS');
    // An entry of a list is named by the list where the list may be something else too.
    expect(message).toMatch(new RegExp(`option '${path.replace(/\.0$/, '')}(\\.0)?': expected `));
    if (!Object.is(value, -0)) expect(message).toContain(whole ? 'whole number' : 'number');
    expect(message).not.toMatch(/undefined|\[object|Too |Invalid/);
  });

  test('takes what lies within', () => {
    const inside = whole ? low : (low + Math.min(high, low + 1)) / 2;
    // Rules between two options may still object, but not to the number.
    try {
      plugin.parse(around(inside));
    } catch (error) {
      expect((error as MappingNetworksError).message).not.toContain('number');
    }
  });
});
