// The parts that training steps are made of, and the steps themselves: as `train` compiles them, with what it gave them
// and what the cpu engine made of it.
import {
  dense,
  direct,
  hadamard,
  mapping,
  oneHot,
  type ArrayTensor,
  type NamedArrays,
  type Part,
} from '@mapping-networks/core';
import { glyphs } from '@mapping-networks/datasets';
import { cpu } from '@mapping-networks/engine-eager';
import {
  alignment,
  binaryCrossEntropy,
  crossEntropy,
  mae,
  mappingLoss,
  mse,
  smoothness,
  stability,
} from '@mapping-networks/losses';
import {
  adam,
  adamW,
  clipByNorm,
  lookahead,
  rAdam,
  ranger,
  sgd,
  type TrainOptions,
} from '@mapping-networks/train';
import { capturedSteps } from '../../graph/test/captured-steps.ts';
import { expectSameNumbers, type Engines } from './against-cpu.ts';

export const PARAMETERIZATIONS: Readonly<Record<string, Part<'parameterization'>>> = {
  direct: direct(),
  'one latent': mapping({ latentDim: 24 }),
  'a latent for each layer': mapping({ latentDim: 24, strategy: 'layerwise' }),
  'latents in proportion': mapping({ latentDim: 24, strategy: 'layerwise', allocation: 'proportional' }),
  'hadamard, tanh': mapping({ latentDim: 30, projection: hadamard(), activation: 'tanh', seed: 5 }),
  'dense, sine': mapping({ latentDim: 7, projection: dense(), activation: 'sin' }),
  'one-hot': mapping({ latentDim: 24, projection: oneHot() }),
  'additive modulation': mapping({ latentDim: 24, modulation: 'additive' }),
  'linear modulation': mapping({ latentDim: 24, modulation: 'linear' }),
  'linear modulation of layers': mapping({ latentDim: 24, modulation: 'linear', strategy: 'layerwise' }),
  'vector modulation, trained bias': mapping({
    latentDim: 24,
    modulation: 'vector',
    train: ['latent', 'bias'],
  }),
  'trained projection': mapping({
    latentDim: 5,
    projection: dense(),
    train: ['latent', 'bias', 'projection'],
  }),
};

export const LOSSES: Readonly<Record<string, Part<'loss'>>> = {
  'cross-entropy': crossEntropy(),
  'smoothed labels': crossEntropy({ labelSmoothing: 0.1 }),
  'all terms': mappingLoss(),
  'trained weights': mappingLoss({ weighting: 'trainable' }),
  'trained weights, sigmoid': mappingLoss({
    weighting: { type: 'trainable', transform: 'sigmoid', initial: [0.3, 0.2, 0.1] },
  }),
  'trained weights, raw': mappingLoss({ weighting: { type: 'trainable', transform: 'raw' } }),
  uncertainty: mappingLoss({ terms: [smoothness(), stability(), alignment()], weighting: 'uncertainty' }),
};

export const OPTIMIZERS: Readonly<Record<string, Part<'optimizer'>>> = {
  'sgd, momentum': sgd({ momentum: 0.9 }),
  adam: adam(),
  'sgd, nesterov': sgd({ momentum: 0.5, nesterov: true }),
  adamW: adamW(),
  rAdam: rAdam(),
  ranger: ranger(),
  sgd: sgd(),
  'lookahead, clipped': lookahead({ optimizer: clipByNorm({ optimizer: adam() }), period: 2 }),
};

type Splits = Awaited<ReturnType<Part<'dataset'>['impl']['load']>>;
type Split = Splits['test'];

const mapSplits = (
  whole: Part<'dataset'>,
  info: Partial<Splits['info']>,
  change: (split: Split) => Split,
) => {
  const load: Part<'dataset'>['impl']['load'] = async (context) => {
    const splits = await whole.impl.load(context);
    return {
      ...splits,
      info: { ...splits.info, ...info },
      train: change(splits.train),
      validation: change(splits.validation),
      test: change(splits.test),
    };
  };
  return {
    ...whole,
    impl: { ...whole.impl, info: { ...whole.impl.info, ...info }, load },
  } as Part<'dataset'>;
};

/** Glyphs whose labels are 0 and 1, as floats. */
export const binaryGlyphs = (): Part<'dataset'> =>
  mapSplits(glyphs({ train: 8, validation: 4, test: 3 }), { task: 'regression' }, (split) => ({
    ...split,
    batch: (...given) => {
      const batch = split.batch(...given);
      return { ...batch, y: Float32Array.from(batch.y, (label) => label % 2) };
    },
  }));

/** Every other row and column of images of 28 × 28. */
export const halfSize = (whole: Part<'dataset'>): Part<'dataset'> =>
  mapSplits(whole, { inputShape: [14, 14, 1] }, (split) => ({
    ...split,
    batch: (...given) => {
      const batch = split.batch(...given);
      const pixel = (_: unknown, i: number): number => {
        const [image, place] = [Math.floor(i / 196), i % 196];
        return batch.x[784 * image + 56 * Math.floor(place / 14) + 2 * (place % 14)] ?? Number.NaN;
      };
      return { ...batch, x: Float32Array.from({ length: 196 * batch.size }, pixel) };
    },
  }));

export const REGRESSIONS: Readonly<Record<string, Part<'loss'>>> = {
  'squared error': mse(),
  'absolute error': mae(),
  'binary cross-entropy': binaryCrossEntropy(),
  'squared error and all terms': mappingLoss({ task: mse() }),
};

/** Terms need something of the map: those that any map has. */
export const LOSSES_OF_ANY: Readonly<Record<string, Part<'loss'>>> = {
  'cross-entropy': crossEntropy(),
  stability: mappingLoss({ terms: [stability()] }),
  'stability, trained weight': mappingLoss({ terms: [stability()], weighting: 'trainable' }),
  'stability, uncertainty': mappingLoss({ terms: [stability()], weighting: 'uncertainty' }),
};

/**
 * Optimizers that divide a gradient by its own size make steps of any sign where it is nothing but rounding. There,
 * which is where its mean is below a thousandth of the greatest, the expected number is taken.
 */
const withoutRounding = (actual: NamedArrays, expected: NamedArrays): NamedArrays => {
  const means = Object.keys(expected).filter((name) => /\.m\./.test(name));
  return Object.fromEntries(
    Object.entries(actual).map(([name, array]): [string, ArrayTensor] => {
      const mean = means.find(
        (key) => `.${name}`.endsWith(`.${key.split('.m.')[1]}`) && !/\.[mv]\./.test(name),
      );
      const gradients = mean === undefined ? undefined : expected[mean]?.data;
      const numbers = expected[name]?.data;
      if (gradients === undefined || numbers === undefined || array.dtype !== 'float32') return [name, array];
      const least = 1e-3 * Math.max(...Array.from(gradients, Math.abs));
      const kept = array.data.map((value, i) =>
        Math.abs(gradients[i] ?? 0) > least ? value : (numbers[i] ?? 0),
      );
      return [name, { ...array, data: kept }];
    }),
  );
};

/**
 * A short run's step of training, and its first that evaluates: all outputs, the new state among them, to 1e-4 of the
 * greatest number of each, and to 1e-6 where all are small (below `scale`).
 */
export const expectSteps = async (
  engines: Engines,
  options: Omit<TrainOptions, 'engine'>,
  scale = 0.01,
  reference: Part<'engine'> = cpu(),
): Promise<void> => {
  const steps = await capturedSteps(options, reference);
  if (steps.length < 2) throw new Error('a training step and one that evaluates were expected');
  for (const { step, signature, runs } of steps.slice(0, 2)) {
    const compiled = engines.onnx.compile(step, signature);
    for (const { inputs, outputs } of runs.slice(0, 2)) {
      const actual = withoutRounding(await compiled.run(inputs), outputs);
      expectSameNumbers(actual, outputs, { tolerance: 1e-4, scale });
    }
    compiled.dispose();
  }
};
