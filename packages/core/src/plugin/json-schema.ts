// The options of a plugin as JSON Schema, for listings, editors and "did you mean". A slot appears as the name of a
// plugin or an object with `use`.
import type { AnySlot } from './slots.ts';
import type { OptionsSchema } from './plugin.ts';

/** A JSON Schema (draft 2020-12) of an object. */
export interface JsonSchema {
  readonly type?: unknown;
  readonly properties?: Readonly<Record<string, unknown>>;
  readonly required?: readonly string[];
  readonly [keyword: string]: unknown;
}

const specSchema = (kind: string): JsonSchema => ({
  title: kind,
  description: 'Its name, or an object with its name under "use" and its options beside.',
  anyOf: [{ type: 'string' }, { type: 'object', properties: { use: { type: 'string' } }, required: ['use'] }],
});

const slotSchema = ({ kind, many }: AnySlot): JsonSchema =>
  many ? { type: 'array', items: specSchema(kind) } : specSchema(kind);

export const jsonSchemaOf = (
  schema: OptionsSchema<object>,
  slots: Readonly<Record<string, AnySlot>>,
): JsonSchema => {
  const data: JsonSchema = schema['~standard'].jsonSchema?.input({ target: 'draft-2020-12' }) ?? {
    type: 'object',
  };
  const filled = Object.entries(slots).map(([key, slot]) => [key, slotSchema(slot)] as const);
  const required = Object.entries(slots).filter(([, slot]) => slot.default === undefined);
  return {
    ...data,
    properties: { ...data.properties, ...Object.fromEntries(filled) },
    required: [...(data.required ?? []), ...required.map(([key]) => key)],
  };
};
