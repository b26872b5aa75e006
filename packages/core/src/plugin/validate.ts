// Turns whatever a caller passed into whole, frozen options: unknown names get a suggestion, data goes through the
// plugin's schema, slots take parts of their kind or their default.
import { invalidOptions, invalidSlot, unknownOption } from './errors.ts';
import type { Kind } from '../contracts/contracts.ts';
import { check } from './check.ts';
import type { JsonSchema } from './json-schema.ts';
import { isPart } from './part.ts';
import type { OptionsSchema } from './plugin.ts';
import type { AnySlot } from './slots.ts';

interface Owner {
  readonly kind: Kind;
  readonly name: string;
  readonly validator: OptionsSchema<object>;
  readonly schema: JsonSchema;
  readonly slots: Readonly<Record<string, AnySlot>>;
}

export const validateOptions = <O extends object>(owner: Owner, input: unknown): Readonly<O> => {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    throw invalidOptions(owner, [{ path: [], message: 'expected an object', received: input }]);
  }
  rejectUnknown(owner, input);
  const data = Object.fromEntries(Object.entries(input).filter(([key]) => !Object.hasOwn(owner.slots, key)));
  const parts = Object.entries(owner.slots).map(
    ([key, slot]) => [key, fillSlot(owner, key, slot, input)] as const,
  );
  return Object.freeze({
    ...(frozenCopy(parseData(owner, data)) as object),
    ...Object.fromEntries(parts),
  }) as Readonly<O>;
};

const rejectUnknown = ({ kind, name, validator, schema }: Owner, input: object): void => {
  // A schema that lists no properties, or takes any, judges by its own validation.
  const open = validator['~standard'].jsonSchema === undefined || Boolean(schema['additionalProperties']);
  const known = Object.keys(schema.properties ?? {});
  const unknown = Object.keys(input).find((key) => !known.includes(key));
  if (unknown !== undefined && !open) throw unknownOption({ kind, name }, unknown, known);
};

/** Lists and plain objects copied and frozen all the way down, so that nobody's later change reaches a part. */
const frozenCopy = (value: unknown): unknown => {
  if (Array.isArray(value)) return Object.freeze(value.map(frozenCopy));
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype)
    return value;
  return Object.freeze(
    Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, frozenCopy(entry)])),
  );
};

const parseData = (owner: Owner, data: object): object => {
  const result = check(owner.validator, data);
  if (result.issues !== undefined) throw invalidOptions(owner, result.issues);
  return result.value;
};

const fillSlot = (owner: Owner, key: string, slot: AnySlot, input: object): unknown => {
  const given: unknown = Object.hasOwn(input, key) ? Reflect.get(input, key) : undefined;
  if (given === undefined && slot.default === undefined) throw invalidSlot(owner, key, slot, given);
  const filled = given === undefined ? slot.default?.() : given;
  if (given !== undefined) checkSlot(owner, key, slot, given);
  return Array.isArray(filled) ? Object.freeze([...filled]) : filled;
};

/** @throws CORE_INVALID_SLOT naming the entry of a list that is of another kind */
const checkSlot = (owner: Owner, key: string, { kind, many }: AnySlot, given: unknown): void => {
  if (!many) {
    if (!isPart(given, kind)) throw invalidSlot(owner, key, { kind }, given);
    return;
  }
  if (!Array.isArray(given)) throw invalidSlot(owner, key, { kind, many }, given);
  const stranger = given.findIndex((entry) => !isPart(entry, kind));
  if (stranger >= 0) throw invalidSlot(owner, `${key}.${stranger}`, { kind }, given[stranger]);
};
