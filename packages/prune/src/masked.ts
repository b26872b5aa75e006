// Any parameterization with some of its weights at zero: what a pruned network is. The trainables are those of the inner
// map, so that training goes on in the latent while the mask stays.
import {
  definePlugin,
  float32,
  prefixed,
  unprefixed,
  type NamedArrays,
  type ParameterMap,
  type Parameterization,
  type ParameterSpace,
  type Part,
  type Plugin,
  type Regularizer,
} from '@mapping-networks/core';
import * as tf from '@tensorflow/tfjs-core';
import { z } from 'zod';
import { missingMask } from './errors.ts';
import { maskCoding } from './mask-coding.ts';
import { requireMask, unpackMask, wordsFor, type Kept } from './mask.ts';
import { maskedFormats } from './masked-formats.ts';

/** The whole options of `masked`. */
export interface MaskedOptions {
  /** What makes the weights before the mask. */
  readonly inner: Part<'parameterization'>;
}

/** A parameterization that can be told to be masked, whatever copy of the library made it. */
interface MaskedParameterization extends Parameterization {
  readonly masks: Part<'parameterization'>;
}

/** What stands in a masked parameterization; undefined for any other. */
export const innerOf = ({ impl }: Part<'parameterization'>): Part<'parameterization'> | undefined =>
  'masks' in impl ? (impl as MaskedParameterization).masks : undefined;

/** Begins the names of everything that belongs to the inner map. */
export const INNER = 'inner/';

const MASK = 'mask/';

/** 0 and 1 in the shape of each tensor; those that are kept whole need none. */
const maskArrays = ({ parameters }: ParameterSpace, kept: Kept): NamedArrays =>
  Object.fromEntries(
    parameters.flatMap(({ name, shape, offset, size }) => {
      const own = kept.subarray(offset, offset + size);
      return own.includes(0) ? [[name, float32(Float32Array.from(own), shape)]] : [];
    }),
  );

/** The cosine between z and the mean row of the inner map: the mask has no part in it. */
const innerAlignment = (alignment: Regularizer): Regularizer => ({
  ...alignment,
  frozen: () => prefixed(INNER, alignment.frozen()),
  evaluate: (trainables, frozen) => alignment.evaluate(trainables, unprefixed(INNER, frozen)),
});

const bindMasked = (
  inner: Parameterization,
  space: ParameterSpace,
  constants: NamedArrays | undefined,
): ParameterMap => {
  const map = inner.bind(space, constants && unprefixed(INNER, constants));
  const mask = constants?.['mask'] && requireMask(constants['mask'], space.size);
  const kept = (): Kept => {
    if (mask === undefined) throw missingMask();
    return unpackMask(mask, space.size);
  };
  const { alignment } = map.regularizers;
  return {
    space,
    trainables: map.trainables,
    init: map.init,
    frozen: () => ({ ...prefixed(MASK, maskArrays(space, kept())), ...prefixed(INNER, map.frozen()) }),
    ...(map.randomRows && { randomRows: map.randomRows }),
    materialize: (trainables, frozen) => {
      const [masks, values] = [
        unprefixed(MASK, frozen),
        map.materialize(trainables, unprefixed(INNER, frozen)),
      ];
      return Object.fromEntries(
        Object.entries(values).map(([name, value]) => {
          const own = masks[name];
          return [name, own === undefined ? value : tf.mul(value, own)];
        }),
      );
    },
    generate: (trainables) => {
      const [flags, theta] = [kept(), map.generate(trainables)];
      for (let i = 0; i < theta.length; i++) if (flags[i] === 0) theta[i] = 0;
      return theta;
    },
    ...(map.operations !== undefined && { operations: map.operations }),
    ...(map.rounding !== undefined && { rounding: map.rounding }),
    ...(map.formats && { formats: (trainables) => maskedFormats(map, trainables, kept()) }),
    regularizers: alignment ? { alignment: innerAlignment(alignment) } : {},
  };
};

/**
 * θ = mask ⊙ inner(trainables): any parameterization with some weights at exactly 0. `prune` makes it from a trained
 * network; the trainables are those of `inner`, and training on moves them under a mask that stays as it is.
 *
 * The mask is a constant of the network, `mask`, int32 `[⌈P / 32⌉]`: bit i mod 32 of word ⌊i / 32⌋ is 1 where θ_i is kept.
 * A bundle holds it in fewer bytes, as what is surprising of it when one knows inner(trainables): little of a mask that was
 * made of their magnitudes, less than the entropy of its density where they were trained on since. docs/guides/artifact.md
 * has the format. A mask over what is masked already is foretold by its neighbours alone.
 *
 * Of the regularisers there is `alignment`, which is that of the inner map; `smoothness` would have to leave out what is
 * masked, and does not exist.
 *
 * @throws CORE_INVALID_SLOT; PRUNE_MISSING_MASK when weights are made without a mask; PRUNE_INVALID_MASK for the mask of
 * another network
 * @example
 * ```ts
 * import { int32, kernel, mapping, parameterSpace } from '@mapping-networks/core';
 * import { masked } from '@mapping-networks/prune';
 * const space = parameterSpace([kernel('fc', [4, 2])]);
 * const map = masked({ inner: mapping({ latentDim: 4 }) }).impl.bind(space, { mask: int32(Int32Array.of(0b101)) });
 * console.log([...map.generate(map.init(0))].filter((weight) => weight !== 0).length); // 2
 * ```
 */
export const masked: Plugin<'parameterization', 'masked', MaskedOptions, MaskedOptions> = definePlugin({
  kind: 'parameterization',
  name: 'masked',
  summary: 'Another parameterization with a part of its weights at zero: what pruning makes.',
  options: z.strictObject({}),
  slots: { inner: { kind: 'parameterization' } },
  create: ({ inner }): MaskedParameterization => ({
    masks: inner,
    learningRate: inner.impl.learningRate,
    constants: (space) => {
      const constants = inner.impl.constants?.(space) ?? [];
      const coding = maskCoding(inner.impl, constants, space);
      return [
        { name: 'mask', shape: [wordsFor(space.size)], dtype: 'int32', coding },
        ...constants.map((spec) => ({ ...spec, name: INNER + spec.name })),
      ];
    },
    bind: (space, constants) => bindMasked(inner.impl, space, constants),
  }),
});
