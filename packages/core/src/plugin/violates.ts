// Whether a value breaks what a JSON Schema says of it, for the keywords that `allowed` has words for. It decides who
// words an issue, never what is accepted: that is the validator's alone.
import { branchesOf, schemaOf } from './allowed.ts';
import type { JsonSchema } from './json-schema.ts';

/** Whether `size` is past a bound that the schema has under `least` or `most`. */
const outside = (schema: JsonSchema, size: number, least: string, most: string): boolean => {
  const [low, high] = [schema[least], schema[most]];
  return (typeof low === 'number' && size < low) || (typeof high === 'number' && size > high);
};

const notANumberOf = (schema: JsonSchema, value: unknown): boolean => {
  if (typeof value !== 'number' || !Number.isFinite(value)) return true;
  const { exclusiveMinimum: above, exclusiveMaximum: below } = schema;
  return (
    (schema.type === 'integer' && !Number.isInteger(value)) ||
    outside(schema, value, 'minimum', 'maximum') ||
    (typeof above === 'number' && value <= above) ||
    (typeof below === 'number' && value >= below)
  );
};

const notAListOf = (schema: JsonSchema, value: unknown): boolean =>
  !Array.isArray(value) ||
  outside(schema, value.length, 'minItems', 'maxItems') ||
  value.some((entry) => violates(schemaOf(schema['items']), entry));

const notAnObjectOf = ({ properties = {}, required = [] }: JsonSchema, value: unknown): boolean =>
  typeof value !== 'object' ||
  value === null ||
  Array.isArray(value) ||
  required.some((key) => !Object.hasOwn(value, key)) ||
  Object.entries(properties).some(([key, property]) => {
    const entry: unknown = Object.hasOwn(value, key) ? Reflect.get(value, key) : undefined;
    return entry !== undefined && violates(schemaOf(property), entry);
  });

/** False also for what the schema has no such keyword for. */
export const violates = (schema: JsonSchema, value: unknown): boolean => {
  const branches = branchesOf(schema);
  if (branches.length > 0) return branches.every((branch) => violates(branch, value));
  if (Array.isArray(schema['enum'])) return !schema['enum'].includes(value);
  if (schema['const'] !== undefined) return value !== schema['const'];
  switch (schema.type) {
    case 'number':
    case 'integer':
      return notANumberOf(schema, value);
    case 'string':
      return typeof value !== 'string' || outside(schema, value.length, 'minLength', 'maxLength');
    case 'boolean':
      return typeof value !== 'boolean';
    case 'array':
      return notAListOf(schema, value);
    case 'object':
      return notAnObjectOf(schema, value);
    case 'null':
      return value !== null;
    default:
      return false;
  }
};
