// What a JSON Schema allows, in words: one wording for every option, setting and argument. A range is named whole, not
// only the side that was violated.
import { withArticle } from '../with-article.ts';
import type { JsonSchema } from './json-schema.ts';

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

const numberOf = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined);

export const schemaOf = (value: unknown): JsonSchema =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};

/** The alternatives of a union; none for any other schema. */
export const branchesOf = ({ anyOf, oneOf }: JsonSchema): readonly JsonSchema[] =>
  listOf(anyOf ?? oneOf).map(schemaOf);

/** A bound as people write it: 0.5, 1,000,000, 2^30, 2^53 - 1. */
const amount = (bound: number): string => {
  if (bound === Number.MAX_SAFE_INTEGER) return '2^53 - 1';
  const power = Math.log2(bound);
  if (power >= 20 && Number.isInteger(power)) return `2^${power}`;
  return Number.isInteger(bound) && bound >= 10_000 ? bound.toLocaleString('en-US') : String(bound);
};

/** ` of 0 to 9`, ` above 0 and below 1`, ` of at least 0`. JSON Schema bounds each whole number by those that are exact. */
const bounds = (schema: JsonSchema): string => {
  const lowest = numberOf(schema['minimum']);
  const least = lowest === -Number.MAX_SAFE_INTEGER ? undefined : lowest;
  const highest = numberOf(schema['maximum']);
  const most = highest === Number.MAX_SAFE_INTEGER && least === undefined ? undefined : highest;
  const above = numberOf(schema['exclusiveMinimum']);
  const below = numberOf(schema['exclusiveMaximum']);
  if (least !== undefined && most !== undefined) return ` of ${amount(least)} to ${amount(most)}`;
  const sides = [
    ...(least === undefined ? [] : [`of at least ${amount(least)}`]),
    ...(above === undefined ? [] : [`above ${amount(above)}`]),
    ...(most === undefined
      ? []
      : [above === undefined ? `of at most ${amount(most)}` : `at most ${amount(most)}`]),
    ...(below === undefined ? [] : [`below ${amount(below)}`]),
  ];
  return sides.length === 0 ? '' : ` ${sides.join(' and ')}`;
};

const numberWords = (schema: JsonSchema): string => {
  if (schema.type === 'integer') return `a whole number${bounds(schema)}`;
  const bounded = (...sides: readonly string[]): boolean => sides.some((side) => schema[side] !== undefined);
  const closed = bounded('minimum', 'exclusiveMinimum') && bounded('maximum', 'exclusiveMaximum');
  return `a ${closed ? '' : 'finite '}number${bounds(schema)}`;
};

const counted = (schema: JsonSchema): string => {
  const least = numberOf(schema['minItems']) ?? 0;
  const most = numberOf(schema['maxItems']);
  const noun = (count: number): string => `${amount(count)} ${count === 1 ? 'entry' : 'entries'}`;
  if (most === undefined) return least === 0 ? '' : ` of at least ${noun(least)}`;
  if (least === most) return ` of ${noun(least)}`;
  return least === 0 ? ` of at most ${noun(most)}` : ` of ${least} to ${noun(most)}`;
};

const listWords = (schema: JsonSchema): string => {
  const entry = allowed(schemaOf(schema['items']));
  return `a list${counted(schema)}${entry === undefined ? '' : `, each ${entry}`}`;
};

/** An object by what it must hold: `{ type: 'sin' }`. */
const objectWords = (schema: JsonSchema): string => {
  const fixed = Object.entries(schema.properties ?? {}).flatMap(([key, property]) => {
    const { const: value } = schemaOf(property);
    return value === undefined ? [] : [`${key}: ${literal(value)}`];
  });
  return fixed.length === 0 ? 'an object' : `{ ${fixed.join(', ')} }`;
};

const literal = (value: unknown): string =>
  typeof value === 'string' ? `'${value}'` : JSON.stringify(value);

const stringWords = (schema: JsonSchema): string =>
  (numberOf(schema['minLength']) ?? 0) > 0 ? 'a string that is not empty' : 'a string';

/** `a, b or c`. */
const eitherOf = (words: readonly string[]): string => {
  const distinct = [...new Set(words)];
  return distinct.length < 2
    ? (distinct[0] ?? 'nothing')
    : `${distinct.slice(0, -1).join(', ')} or ${distinct.at(-1)}`;
};

/** The alternatives in a flat list: those of unions in unions and of enumerations too. */
const alternatives = (schema: JsonSchema): readonly (string | undefined)[] => {
  const branches = branchesOf(schema);
  // What has a name of its own, as the kinds of plugins have, goes by it.
  if (typeof schema['title'] === 'string') return [withArticle(schema['title'])];
  if (branches.length > 0) return branches.flatMap(alternatives);
  if (Array.isArray(schema['enum'])) return schema['enum'].map(literal);
  if (schema['const'] !== undefined) return [literal(schema['const'])];
  switch (schema.type) {
    case 'number':
    case 'integer':
      return [numberWords(schema)];
    case 'string':
      return [stringWords(schema)];
    case 'boolean':
      return ['true or false'];
    case 'array':
      return [listWords(schema)];
    case 'object':
      return [objectWords(schema)];
    case 'null':
      return ['null'];
    default:
      return [undefined];
  }
};

/**
 * What a JSON Schema allows, in words; undefined where it does not say.
 *
 * @example
 * ```ts
 * import { allowed } from '@mapping-networks/core';
 * console.log(allowed({ type: 'number', minimum: 0, exclusiveMaximum: 1 })); // a number of at least 0 and below 1
 * console.log(allowed({ enum: ['single', 'layerwise'] })); // 'single' or 'layerwise'
 * ```
 */
export const allowed = (schema: JsonSchema): string | undefined => {
  const words = alternatives(schema);
  const known = words.filter((each) => each !== undefined);
  return known.length === words.length ? eitherOf(known) : undefined;
};

/** The strings that an enumeration, or a union with one, allows. */
export const allowedNames = (schema: JsonSchema): readonly string[] => [
  ...new Set(
    [...branchesOf(schema).flatMap(allowedNames), ...listOf(schema['enum']), schema['const']].filter(
      (each): each is string => typeof each === 'string',
    ),
  ),
];
