// Networks of any size in a line of JSON: what has to be refused before anything large is made.
import type { Random } from '../random.ts';

type Config = Readonly<Record<string, unknown>>;

const mlp = { use: 'mlp', hidden: [6], inputShape: [16] };

/** `depth` parameterizations one in another. */
const wrapped = (depth: number, wrapper: Config, inner: Config): Config => {
  let spec = inner;
  for (let i = 0; i < depth; i++) spec = { ...wrapper, inner: spec };
  return spec;
};

const onMlp = (parameterization: Config, target: Config = mlp): Config => ({ target, parameterization });

const feedForward = (input: readonly number[], layers: readonly Config[]): Config => ({
  target: { use: 'feedForward', input, layers },
});

/** Of another size than any that is given: what is within the limits would be made, in a minute. */
const latent = { use: 'mapping', latentDim: 19 };

/** Parts of a config that replace those of a whole bundle. */
export const hugeParts = (random: Random): Config =>
  random.pick<() => Config>([
    () => ({ target: { use: 'mlp', hidden: [random.pick([1e9, 2 ** 31, 2 ** 53 - 1, 1e15])] } }),
    () => ({ target: { use: 'mlp', hidden: Array(random.pick([1e4, 1e5])).fill(random.pick([1, 1e6])) } }),
    () => ({ target: { use: 'mlp', hidden: Array(100).fill(random.pick([1_500, 1e5, 1e6])) } }),
    () => ({ target: { use: 'mlp', inputShape: Array(random.pick([8, 1_000])).fill(2) } }),
    () => ({ target: { use: 'cnnBn', inputShape: [1e6, 1e6, 1] } }),
    () => ({ target: { use: 'cnn1', classes: random.pick([1e6, 1e12]) } }),
    () => ({ target: { use: 'cnn2', inputShape: random.pick([[1e5, 1e5, 1e9], [1e6, 1e6, 1e6], [3e3, 3e3, 1]]) } }),
    () => feedForward([1e6, 1e6, 1e6], [{ type: 'globalAvgPool2d' }, { type: 'dense', units: 1e6 }]),
    () => feedForward([1e6], Array(1_000).fill({ type: 'dense', units: 1e6 })),
    () => feedForward([1], Array(random.pick([999, 1_001, 20_000])).fill({ type: 'dense', units: 1 })),
    () => feedForward(Array(random.pick([8, 9])).fill(1e6), [{ type: 'flatten' }, { type: 'dense', units: 1 }]),
    () => feedForward([9, 9, 1], [{ type: 'conv2d', filters: 1e6, kernelSize: 1e6, padding: 'same' }]),
    () => feedForward([9, 9, 1e6], [{ type: 'batchNorm' }, ...Array(900).fill({ type: 'relu' }), { type: 'batchNorm' }]),
    () => onMlp({ use: 'mapping', latentDim: random.pick([1e9, 2 ** 32, 2 ** 53 - 1]) }),
    () => onMlp({ ...latent, strategy: 'layerwise', allocation: Array(1e5).fill(1) }),
    () => onMlp({ ...latent, latentDim: 1e8, strategy: 'layerwise' }, { use: 'mlp', hidden: Array(9e3).fill(100) }),
    () => onMlp({ ...latent, projection: 'dense' }, { use: 'mlp', hidden: [9_000, 9_000] }),
    () => onMlp({ ...latent, latentDim: 1e6, projection: 'dense', train: ['projection'] }, { use: 'mlp', hidden: [5_000, 5_000] }),
    () => onMlp({ ...latent, modulation: 'linear' }, { use: 'mlp', hidden: [6_000, 6_000] }),
    () => onMlp(wrapped(random.pick([3, 20, 55]), { use: 'masked' }, { use: 'direct' })),
    () => onMlp(wrapped(random.pick([3, 20, 55]), { use: 'fakeQuantized' }, latent)),
    () => onMlp(wrapped(random.pick([2, 10, 20, 55]), { use: 'lowRank', rank: 1 }, latent)),
    () => onMlp(wrapped(random.pick([2, 10, 20, 55]), { use: 'lowRank', rank: { fc1: 1 } }, latent)),
    () => onMlp(wrapped(random.pick([2, 10, 20, 55]), { use: 'lowRank', rank: 1, layers: ['fc1'] }, { use: 'direct' })),
    () => onMlp({ use: 'lowRank', rank: 32_768, inner: latent }, { use: 'mlp', hidden: [9_000, 9_000] }),
    () => onMlp({ use: 'lowRank', energy: random.pick([0.5, 0.999, 1]), inner: latent }, { use: 'mlp', hidden: [9_000, 9_000] }),
    () => onMlp({ use: 'masked', inner: latent }, { use: 'mlp', hidden: [9_000, 9_000] }),
    () => onMlp({ use: 'fakeQuantized', range: 'mse', inner: latent }, { use: 'mlp', hidden: [9_000, 9_000] }),
    () => ({ encoding: { z: { type: 'int8', block: random.pick([1, 1e9, 2 ** 53 - 1]) } } }),
    () => ({ encoding: Object.fromEntries(Array.from({ length: 1e4 }, (_, i) => [`z${i}`, { type: 'int4' }])) }),
    () => ({
      data: {
        name: 'x',
        inputShape: Array(1e5).fill(1),
        task: 'regression',
        classes: [],
        normalization: { scale: 1, mean: 0, std: 1 },
      },
      metrics: 1,
    }),
  ])(); // prettier-ignore
