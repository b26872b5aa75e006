// The pass that quantizes the weights of a trained network: its parameterization is wrapped, its latent stays.
import {
  definePlugin,
  isPart,
  modelMap,
  requireModel,
  type Model,
  type Part,
  type PassContext,
  type PassResult,
  type Plugin,
  type WeightFormat,
} from '@mapping-networks/core';
import { z } from 'zod';
import { cannotFineTune } from '../errors.ts';
import { requireFinite } from '../require-finite.ts';
import { fakeQuantized, type FakeQuantizedOptions } from './fake-quantized.ts';
import { weightFields, type WeightQuantization } from './options.ts';
import { unwrappedConstants, wrappedConstants } from './rounded-map.ts';

/** How a quantized network is trained on. */
export interface QuantizeFineTuning {
  /** Passes over the training split, above 0 and at most 10,000; a fraction is a part of one. */
  readonly epochs: number;
  /** Peak learning rate, above 0 and at most 100; default: what the parameterization names. */
  readonly learningRate?: number;
}

/** The whole options of `quantize`. */
export interface QuantizeOptions extends WeightQuantization {
  /** Quantization-aware training; absent: the network is rounded as it is. */
  readonly fineTune?: QuantizeFineTuning;
}

const schema = z.strictObject({
  ...weightFields,
  fineTune: z
    .strictObject({
      epochs: z.number().gt(0).max(10_000).describe('Passes over the training split.'),
      learningRate: z.number().gt(0).max(100).exactOptional().describe('Peak learning rate.'),
    })
    .exactOptional()
    .describe('How the network is trained on with rounded weights.'),
});

type ParameterizationPart = Part<'parameterization'>;

/** Changes who makes what is stored: the weights, or the tensors that they are made of. */
const changed = (
  part: ParameterizationPart,
  change: (stored: ParameterizationPart) => ParameterizationPart,
): ParameterizationPart => {
  const { around } = part.impl;
  return around ? around.with(changed(around.inner, change)) : change(part);
};

const storedBy = (part: ParameterizationPart): ParameterizationPart =>
  part.impl.around ? storedBy(part.impl.around.inner) : part;

/** What `fakeQuantized` stands around; undefined for any other part. */
const roundedPart = ({ name, options }: ParameterizationPart): ParameterizationPart | undefined => {
  const { inner } = options as Partial<FakeQuantizedOptions>;
  return name === fakeQuantized.name && isPart(inner, 'parameterization') ? inner : undefined;
};

/** A network without the rounding that `quantize` gave it. */
const unrounded = (model: Model): Model => {
  const { parameterization, constants, ...rest } = model;
  const outside = roundedPart(parameterization);
  const inside = roundedPart(storedBy(parameterization));
  const plain = outside ?? (inside && changed(parameterization, () => inside));
  if (plain === undefined) return model;
  return { ...rest, parameterization: plain, ...(constants && { constants: unwrappedConstants(constants) }) };
};

const rounded = (model: Model, options: WeightQuantization): Model => {
  const { constants, metrics: _stale, ...rest } = model;
  return {
    ...rest,
    parameterization: changed(model.parameterization, (inner) => fakeQuantized({ inner, ...options })),
    ...(constants && { constants: wrappedConstants(constants) }),
  };
};

/** Of weights, and of the factors of those that are products. */
const formatsOf = (model: Model): readonly WeightFormat[] => {
  const map = modelMap(model);
  const factors = Object.values(map.factors?.(model.trainables) ?? {});
  return [
    ...Object.values(map.formats?.(model.trainables) ?? {}),
    ...factors.flatMap(({ formats = {} }) => Object.values(formats)),
  ];
};

const apply = async (
  model: Model,
  { fineTune, ...options }: QuantizeOptions,
  context: PassContext,
): Promise<PassResult> => {
  requireModel('quantize', model);
  requireFinite(model);
  const quantized = rounded(unrounded(model), options);
  const formats = formatsOf(quantized);
  const details = {
    'rounded tensors': formats.length,
    scales: formats.reduce((sum, format) => sum + ('scales' in format ? format.scales.length : 0), 0),
  };
  if (fineTune === undefined) return { model: quantized, details };
  if (context.fineTune === undefined) throw cannotFineTune();
  return { model: await context.fineTune(quantized, fineTune), details };
};

/**
 * Quantizes the weights of a trained network: its parameterization is wrapped in `fakeQuantized`, so that whoever makes
 * the weights makes the rounded ones, and exporters store their codes. The trainables stay as they are; with `fineTune`
 * they are trained on through the rounding (quantization-aware training). What `quantize` has rounded before is rounded
 * anew from the weights themselves. Where matrices are products (`lowRank`), their factors are rounded, which are what is
 * stored.
 *
 * @throws QUANTIZE_ALREADY_ROUNDED for networks whose weights something else rounds, QUANTIZE_NOT_FINITE,
 * QUANTIZE_CANNOT_FINE_TUNE
 * @example
 * ```ts
 * import { applyPasses, float32, mapping, modelMap } from '@mapping-networks/core';
 * import { quantize } from '@mapping-networks/quantize';
 * import { mlp } from '@mapping-networks/targets';
 * const parts = { target: mlp(), parameterization: mapping({ latentDim: 64 }) };
 * const model = { ...parts, trainables: modelMap(parts).init(0), buffers: {} };
 * const context = { evaluate: async () => ({ loss: 0 }), outputs: async () => float32(new Float32Array(10), [1, 10]) };
 * const { reports } = await applyPasses(model, [quantize({ type: 'int8' })], context);
 * console.log(reports[0]?.before.weightBytes, reports[0]?.after.weightBytes); // 407080 102736
 * ```
 */
export const quantize: Plugin<'pass', 'quantize', Partial<QuantizeOptions>, QuantizeOptions> = definePlugin({
  kind: 'pass',
  name: 'quantize',
  summary: 'Weights in int8, int4 or half precision, after training or with more of it.',
  options: schema,
  slots: {},
  create: (options) => ({
    stage: 'quantizeWeights',
    apply: (model, context) => apply(model, options, context),
  }),
});
