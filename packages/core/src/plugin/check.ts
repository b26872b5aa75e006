// Data of unknown origin against a schema. What does not fit is told in the words of the schema, field by field;
// where the schema as JSON has no words for it, as for rules between two fields, its own message is used.
import type { StandardSchemaV1 } from '@standard-schema/spec';
import { clipped } from '../shown.ts';
import { invalidArgument } from './errors.ts';
import { allowed, allowedNames, branchesOf, schemaOf } from './allowed.ts';
import { nearest, suggestion } from './did-you-mean.ts';
import type { OptionIssue } from './issue.ts';
import type { JsonSchema } from './json-schema.ts';
import type { OptionsSchema } from './plugin.ts';
import { violates } from './violates.ts';

/** Data as its schema completes it, or what is wrong with it. */
export type Checked<T> =
  | { readonly value: T; readonly issues?: undefined }
  | { readonly value?: undefined; readonly issues: readonly OptionIssue[] };

/**
 * Data, checked and completed by a schema; or the issues, each worded "expected …".
 *
 * @example
 * ```ts
 * import { check } from '@mapping-networks/core';
 * import { z } from 'zod';
 * const { issues } = check(z.object({ epochs: z.int().min(1).max(100) }), { epochs: 0.5 });
 * console.log(issues?.[0]?.message); // expected a whole number of 1 to 100
 * ```
 */
export const check = <T>(validator: OptionsSchema<T>, data: unknown): Checked<T> => {
  const result = validator['~standard'].validate(data);
  if (result instanceof Promise)
    return { issues: [{ path: [], message: 'expected a schema that validates at once', received: data }] };
  if (result.issues === undefined) {
    const negative = negativeZero(data, []);
    return negative === undefined ? { value: result.value } : { issues: [negative] };
  }
  // What JSON Schema cannot say, such as a class, is left open there and worded by the validator itself.
  const request = { target: 'draft-2020-12', libraryOptions: { unrepresentable: 'any' } } as const;
  const schema: JsonSchema = validator['~standard'].jsonSchema?.input(request) ?? {};
  return { issues: distinct(result.issues.map((issue) => told(schema, data, issue))) };
};

/** Without those of a field about which, or about a part of which, something is said already. */
const distinct = (issues: readonly OptionIssue[]): readonly OptionIssue[] => {
  // A file may have a hundred thousand of them: each is compared with no other.
  const said = new Set<string>();
  return issues.filter(({ path }) => {
    const keys = path.map(String);
    const isNew = !said.has(JSON.stringify(keys));
    for (let depth = 0; depth <= keys.length; depth++) said.add(JSON.stringify(keys.slice(0, depth)));
    return isNew;
  });
};

/**
 * An argument of a public function, checked and completed by a schema.
 *
 * @throws CORE_INVALID_ARGUMENT naming `call` and `argument`
 * @example
 * ```ts
 * import { checkArgument } from '@mapping-networks/core';
 * import { z } from 'zod';
 * const half = (count: number): number => checkArgument('half', 'count', z.int().min(0), count) / 2;
 * console.log(half(8)); // 4
 * ```
 */
export const checkArgument = <T>(
  call: string,
  argument: string,
  validator: OptionsSchema<T>,
  received: unknown,
): T => {
  const result = check(validator, received);
  if (result.issues !== undefined) throw invalidArgument(call, argument, result.issues);
  return result.value;
};

/** No options nest deeper; what does is not walked. */
const DEEPEST = 16;

/** −0 passes for 0 everywhere but in the record of a run: JSON has no sign for it. */
const negativeZero = (value: unknown, path: readonly PropertyKey[]): OptionIssue | undefined => {
  if (Object.is(value, -0)) return { path, message: 'expected 0 without a sign', received: value };
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return undefined;
  if (path.length > DEEPEST) return undefined;
  for (const [key, entry] of Object.entries(value)) {
    const found = negativeZero(entry, [...path, key]);
    if (found !== undefined) return found;
  }
  return undefined;
};

/** The alternative of a union that an object means, by the values that are fixed in it, such as its `type`. */
const meant = (schema: JsonSchema, value: unknown): JsonSchema => {
  if (typeof value !== 'object' || value === null) return schema;
  const fitting = branchesOf(schema).filter(({ type, properties = {} }) => {
    const fixed = Object.entries(properties).filter(([, property]) => 'const' in schemaOf(property));
    return (
      (type === 'array') === Array.isArray(value) &&
      fixed.every(([key, property]) => Reflect.get(value, key) === schemaOf(property)['const'])
    );
  });
  const [only] = fitting;
  return only !== undefined && fitting.length === 1 ? meant(only, value) : schema;
};

/** The schema of one key: of a property, an entry, any value of a record, or what the alternatives of a union say of it. */
const stepInto = (schema: JsonSchema, key: PropertyKey): JsonSchema => {
  const branches = branchesOf(schema);
  if (branches.length > 0) {
    const steps = branches
      .map((branch) => stepInto(branch, key))
      .filter((step) => Object.keys(step).length > 0);
    return { anyOf: steps };
  }
  const { properties = {}, items, additionalProperties } = schema;
  if (typeof key === 'number') return schemaOf(items);
  return schemaOf(Object.hasOwn(properties, key) ? Reflect.get(properties, key) : additionalProperties);
};

const told = (
  root: JsonSchema,
  data: unknown,
  { message, path = [] }: StandardSchemaV1.Issue,
): OptionIssue => {
  const keys = path.map((step) => (typeof step === 'object' ? step.key : step));
  let schema = meant(root, data);
  let value = data;
  const reached: PropertyKey[] = [];
  for (const key of keys) {
    schema = stepInto(schema, key);
    // A bare name stands for an object of that type: the issue is with what was written, not with what it stands for.
    if (typeof value === 'object' && value !== null) {
      value = Object.hasOwn(value, key) ? Reflect.get(value, key) : undefined;
      reached.push(key);
    }
    schema = meant(schema, value);
  }
  const required = (root.required ?? []).includes(String(keys[0]));
  return {
    ...(strayKey(schema, value, reached) ?? worded(schema, value, reached, message)),
    ...(required && { required }),
  };
};

/** A key that the schema does not have. */
const strayKey = (
  { properties, additionalProperties }: JsonSchema,
  value: unknown,
  path: readonly PropertyKey[],
): OptionIssue | undefined => {
  if (properties === undefined || additionalProperties !== false) return undefined;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const known = Object.keys(properties);
  const stray = Object.keys(value).find((key) => !known.includes(key));
  if (stray === undefined) return undefined;
  const received: unknown = Reflect.get(value, stray);
  return {
    path: [...path, stray],
    message: 'expected no such key',
    received,
    hint: suggestion(stray, known),
  };
};

const worded = (
  schema: JsonSchema,
  received: unknown,
  path: readonly PropertyKey[],
  message: string,
): OptionIssue => {
  // What the schema says of itself in such words, as of two fields, it says better than its types do.
  const words = !message.startsWith(EXPECTED) && violates(schema, received) ? allowed(schema) : undefined;
  const near = typeof received === 'string' ? nearest(received, allowedNames(schema)) : undefined;
  return {
    path,
    message: clipped(words === undefined ? sentencePart(message) : EXPECTED + words, MOST_WORDS),
    received,
    ...(words === undefined || near === undefined ? {} : { hint: `Did you mean '${near}'?` }),
  };
};

const EXPECTED = 'expected ';

/** Characters of what is said of one value: a schema may name each of a hundred thousand keys that it does not know. */
const MOST_WORDS = 300;

/** A message of the schema as a part of a sentence of ours. */
const sentencePart = (message: string): string =>
  `${message.charAt(0).toLowerCase()}${message.slice(1)}`.replace(/\.$/, '');
