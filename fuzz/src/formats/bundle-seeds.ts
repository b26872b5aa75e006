// Whole bundles of every kind: targets, parameterizations one in another, constants, buffers, latents in fewer bits.
import {
  decodeHalf,
  encodeHalf,
  float32,
  initialBuffers,
  int32,
  modelMap,
  normal,
  randomKey,
  type ArrayTensor,
  type LatentEncoding,
  type Model,
  type NamedArrays,
  type Part,
} from '@mapping-networks/core';
import {
  cnnBn,
  dense,
  direct,
  fakeQuantized,
  feedForward,
  lowRank,
  mapping,
  masked,
  mlp,
  oneHot,
} from 'mapping-networks';

/** Buffers that are not those of the beginning, so that leaving them out shows. */
const usedBuffers = (target: Part<'target'>): NamedArrays =>
  Object.fromEntries(
    Object.entries(initialBuffers(target.impl)).map(([name, { shape, data }]) => [
      name,
      float32(
        normal(randomKey(2, name), data.length).map((value) => 0.5 + value * value),
        shape,
      ),
    ]),
  );

/** Two of three weights kept, of the last word none: no bit stands behind the last weight, wherever that is. */
const maskOf = (words: number): ArrayTensor =>
  int32(
    Int32Array.from({ length: words }, (_, word) => {
      const bits = Array.from({ length: 32 }, (_bit, i) => i).filter((i) => (32 * word + i) % 3 > 0);
      return word === words - 1 ? 0 : bits.reduce((sum, i) => sum | (1 << i), 0);
    }),
  );

/** A network that nothing has trained. */
export const modelOf = (target: Part<'target'>, parameterization: Part<'parameterization'>): Model => {
  const space = target.impl.parameters;
  const masks = (parameterization.impl.constants?.(space) ?? []).map(({ name, shape }) => [
    name,
    maskOf(shape[0] ?? 0),
  ]);
  return {
    target,
    parameterization,
    trainables: modelMap({ target, parameterization }).init(7),
    buffers: usedBuffers(target),
    ...(masks.length > 0 && { constants: Object.fromEntries(masks) as NamedArrays }),
    data: {
      name: 'glyphs',
      inputShape: [28, 28, 1],
      task: 'classification',
      classes: ['zero', 'ein\u0308s', '\u{1f602}'],
      normalization: { scale: 255, mean: 0.5, std: 0.5 },
    },
    metrics: { 'test.accuracy': 0.75, 'test.loss': 1 / 3 },
  };
};

/** The latent of a network on the grid of its encoding. */
const encoded = (model: Model, encoding: LatentEncoding): Model => {
  const { data } = model.trainables['z'] as ArrayTensor & { readonly data: Float32Array };
  const z =
    'scales' in encoding
      ? data.map((value, i) => {
          const scale = encoding.scales[Math.floor(i / (encoding.block ?? data.length))] as number;
          return scale * Math.min(7, Math.max(-7, Math.round(value / scale)));
        })
      : decodeHalf(encoding.type, encodeHalf(encoding.type, data));
  return { ...model, trainables: { z: float32(z) }, encoding: { z: encoding } };
};

const small = mlp({ inputShape: [16], hidden: [6] });

/** Every layer that has something to store, and some that have not. */
export const layers = feedForward({
  input: [6, 6, 2],
  layers: [
    { type: 'conv2d', name: 'conv', filters: 3, kernelSize: 3, padding: 'same', bias: false },
    { type: 'batchNorm', name: 'norm', epsilon: 1e-3 },
    { type: 'relu' },
    { type: 'maxPool2d', poolSize: 2 },
    { type: 'conv2d', filters: 4, kernelSize: 2, strides: 2, init: { type: 'normal', mean: 0.1, std: 0.5 } },
    { type: 'gelu' },
    { type: 'avgPool2d', poolSize: 2, padding: 'same' },
    { type: 'reshape', shape: [2, 2] },
    { type: 'flatten' },
    { type: 'dropout', rate: 0.5 },
    { type: 'dense', name: 'fc', units: 5, init: { type: 'glorot' } },
  ],
});

const latent = modelOf(small, mapping({ latentDim: 21 }));

/** Networks that `runtime` knows, too. */
export const LAYERED_SEEDS: readonly Model[] = [
  latent,
  modelOf(mlp({ inputShape: [3], hidden: [], classes: 2 }), direct()),
  modelOf(layers, mapping({ latentDim: 40, strategy: 'layerwise', activation: 'sin', modulation: 'vector' })),
  modelOf(layers, direct()),
  modelOf(layers, mapping({ latentDim: 64, projection: oneHot(), modulation: 'additive' })),
  modelOf(
    small,
    mapping({ latentDim: 12, projection: dense(), activation: 'tanh', train: ['bias', 'projection'] }),
  ),
  modelOf(
    small,
    mapping({ latentDim: 33, strategy: 'layerwise', allocation: [30, 3], modulation: 'linear' }),
  ),
  modelOf(layers, masked({ inner: mapping({ latentDim: 24 }) })),
  modelOf(small, masked({ inner: masked({ inner: direct() }) })),
  modelOf(small, lowRank({ rank: 2, inner: mapping({ latentDim: 20 }) })),
  modelOf(layers, lowRank({ energy: 0.5, layers: 'all' })),
  modelOf(layers, masked({ inner: lowRank({ rank: { fc: 1 }, inner: masked({ inner: direct() }) }) })),
  modelOf(small, fakeQuantized({ type: 'int8', inner: mapping({ latentDim: 20 }) })),
  modelOf(
    small,
    fakeQuantized({ type: 'int4', symmetric: false, range: 'mse', inner: masked({ inner: direct() }) }),
  ),
  encoded(latent, { type: 'float16' }),
  encoded(latent, { type: 'bfloat16' }),
  encoded(latent, { type: 'int8', block: 8, scales: Float32Array.of(0.1, 0.2, 0.3) }),
  encoded(latent, { type: 'int4', scales: Float32Array.of(0.25) }),
];

/** Networks that only core knows. */
const OTHER_SEEDS: readonly Model[] = [
  modelOf(
    cnnBn({ inputShape: [8, 8, 1] }),
    mapping({ latentDim: 30, strategy: 'layerwise', activation: 'sin', modulation: 'vector' }),
  ),
];

export const BUNDLE_SEEDS: readonly Model[] = [...LAYERED_SEEDS, ...OTHER_SEEDS];
