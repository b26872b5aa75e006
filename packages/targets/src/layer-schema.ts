// What each type of layer may say: every option with its range, and no other option.
import { check, ACTIVATIONS, type Layer, type NamedLayer } from '@mapping-networks/core';
import { z } from 'zod';
import { invalidLayer, unknownLayer } from './errors.ts';
import { side } from './image-options.ts';

const name = z.string();
const bias = z.boolean().optional();
const padding = z.enum(['same', 'valid']).optional();
const strides = side.optional();

const finite = z.number().min(-1e6).max(1e6);
const init = z
  .discriminatedUnion('type', [
    z.strictObject({ type: z.literal('he') }),
    z.strictObject({ type: z.literal('glorot') }),
    z.strictObject({ type: z.literal('normal'), mean: finite, std: z.number().gt(0).max(1e6) }),
  ])
  .optional();

type Options = Readonly<Record<string, z.ZodType>>;

const pool: Options = { poolSize: side, strides, padding };

const options: Readonly<Record<Layer['type'], Options>> = {
  conv2d: { filters: side, kernelSize: side, strides, padding, bias, init },
  dense: { units: side, bias, init },
  maxPool2d: pool,
  avgPool2d: pool,
  globalAvgPool2d: {},
  flatten: {},
  reshape: { shape: z.array(side).min(1).max(8) },
  batchNorm: {
    momentum: z.number().gt(0).max(1).optional(),
    epsilon: z.number().min(1e-30).max(1000).optional(),
  },
  dropout: { rate: z.number().min(0).lt(1) },
  ...(Object.fromEntries(ACTIVATIONS.map((type) => [type, {}])) as Record<
    (typeof ACTIVATIONS)[number],
    Options
  >),
};

const isLayer = (layer: unknown): layer is Layer =>
  typeof layer === 'object' &&
  layer !== null &&
  'type' in layer &&
  typeof layer.type === 'string' &&
  Object.hasOwn(options, layer.type);

const layerOf = (type: Layer['type']): z.ZodObject =>
  z.strictObject({ type: z.literal(type), name: name.optional(), ...options[type] });

const union: z.ZodType = z.discriminatedUnion('type', [
  layerOf('conv2d'),
  ...(Object.keys(options) as Layer['type'][]).filter((type) => type !== 'conv2d').map(layerOf),
]);

/** Any layer as plain data, told apart by its type. */
export const layerSchema: z.ZodType<Layer> = union as z.ZodType<Layer>;

/** @throws TARGETS_UNKNOWN_LAYER for what is not a layer at all */
export const requireLayers = (layers: readonly Layer[]): void => {
  if (!Array.isArray(layers)) throw unknownLayer(layers);
  const stranger: unknown = layers.find((layer) => !isLayer(layer));
  if (layers.length > 0 && !layers.every(isLayer)) throw unknownLayer(stranger);
};

/** @throws TARGETS_INVALID_LAYER naming the layer and the option */
export const checkLayer = (layer: NamedLayer): void => {
  const schema = z.strictObject({ type: z.literal(layer.type), name, ...options[layer.type] });
  const { issues } = check(schema, layer);
  if (issues !== undefined) throw invalidLayer(layer, issues);
};
