// Bundles that core writes, for networks of layers and mappings of all kinds.
import {
  encodeBundle,
  initialBuffers,
  modelMap,
  type BundleFiles,
  type Layer,
  type Model,
  type NamedArrays,
  type Part,
} from '@mapping-networks/core';
import { feedForward } from '@mapping-networks/targets';
import fc from 'fast-check';

/** A model with fresh trainables. */
export const modelOf = (
  target: Part<'target'>,
  parameterization: Part<'parameterization'>,
  constants?: NamedArrays,
): Model => ({
  target,
  parameterization,
  trainables: modelMap({ target, parameterization }).init(0),
  buffers: initialBuffers(target.impl),
  ...(constants && { constants }),
});

export const bundleOf = (...parts: Parameters<typeof modelOf>): BundleFiles =>
  encodeBundle(modelOf(...parts));

const padding = fc.constantFrom('same' as const, 'valid' as const);
const small = fc.integer({ min: 1, max: 3 });

const activation = fc.constantFrom<Layer['type'] & ('relu' | 'gelu' | 'elu')>('relu', 'gelu', 'elu');

const imageLayer: fc.Arbitrary<Layer> = fc.oneof(
  fc.record({
    type: fc.constant('conv2d' as const),
    filters: fc.integer({ min: 1, max: 5 }),
    kernelSize: small,
    strides: small,
    padding,
    bias: fc.boolean(),
  }),
  fc.record({
    type: fc.constantFrom('maxPool2d' as const, 'avgPool2d' as const),
    poolSize: small,
    strides: small,
    padding,
  }),
  fc.record({ type: fc.constantFrom('maxPool2d' as const, 'avgPool2d' as const), poolSize: small }),
  fc.record({ type: fc.constant('batchNorm' as const), epsilon: fc.constantFrom(1e-5, 0.1) }),
  fc.record({ type: fc.constant('dropout' as const), rate: fc.constant(0.5) }),
  fc.record({
    type: fc.constantFrom(
      ...(['relu', 'leakyRelu', 'elu', 'gelu', 'silu', 'softplus', 'tanh', 'sigmoid'] as const),
    ),
  }),
);

/** Networks for small images, of every type of layer; some do not fit together. */
export const network: fc.Arbitrary<{ readonly input: readonly number[]; readonly layers: readonly Layer[] }> =
  fc
    .record({
      input: fc
        .tuple(fc.integer({ min: 3, max: 9 }), fc.integer({ min: 3, max: 9 }), small)
        .map((shape) => [...shape]),
      image: fc.array(imageLayer, { minLength: 0, maxLength: 5 }),
      middle: fc.constantFrom<readonly Layer[]>([{ type: 'flatten' }], [{ type: 'globalAvgPool2d' }]),
      dense: fc.array(
        fc.record({
          type: fc.constant('dense' as const),
          units: fc.integer({ min: 1, max: 9 }),
          bias: fc.boolean(),
        }),
        { minLength: 1, maxLength: 2 },
      ),
      end: fc.option(activation),
    })
    .map(({ input, image, middle, dense, end }) => ({
      input,
      layers: [...image, ...middle, ...dense, ...(end === null ? [] : [{ type: end } as Layer])],
    }));

/** Those networks that fit together, as targets. */
export const target: fc.Arbitrary<Part<'target'>> = network
  .map((options) => {
    try {
      return feedForward(options);
    } catch {
      return undefined;
    }
  })
  .filter((part) => part !== undefined);
