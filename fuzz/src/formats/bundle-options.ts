// Options that another reader may see otherwise: values at the ends of their ranges and a step beyond, every way to write
// a choice, what is left to a default. None of them makes the network of the seed.
import type { Random } from '../random.ts';

type Config = Readonly<Record<string, unknown>>;

const WHOLE = [
  -1, 0, 1, 2, 3, 5, 8, 40, 1.5, 1e6, 1e6 + 1, 2 ** 30, 2 ** 30 + 1, 2 ** 53 - 1, 2 ** 53, '3', null, true, [3],
]; // prettier-ignore

/** Without a million: a network of that many units may be made, in a minute. */
const UNITS = WHOLE.filter((count) => count !== 1e6);

const REAL = [
  -100.1, -100, -1, 0, 1e-320, 1e-31, 1e-30, 0.01, 0.0099, 0.5, 0.1, 1, 1 + 1e-9, 2, 100, 100.1, 1000, 1e6, 1e7, '1', null,
]; // prettier-ignore

const SIDES = [
  [], [1], [4, 4, 1], [6, 6, 2], [12], [2, 2], Array(8).fill(1), Array(9).fill(1), [0], [1.5], [1e6 + 1], 'x', null, {},
]; // prettier-ignore

const NAMES = [
  '', 'fc', 'fc1', 'conv', 'a/b', 'buffer/x', 'constant/mask', 'é', '\u0007', 'constructor', 7, null,
]; // prettier-ignore

const LAYERS = [
  'dense',
  'all',
  'none',
  ['fc'],
  ['fc', 'fc'],
  ['fc.kernel'],
  ['fc1', 'fc1.bias'],
  [''],
  [],
  [7],
  null,
];

/** Some of all keys, with values that are wrong now and then. */
const some = (random: Random, options: Readonly<Record<string, readonly unknown[]>>): Config =>
  Object.fromEntries(
    Object.entries(options)
      .filter(() => random.chance(0.4))
      .map(([key, values]) => [key, random.pick(values)]),
  );

const init = (random: Random): unknown =>
  random.pick<() => unknown>([
    () => ({ type: random.pick(['he', 'glorot', 'normal', 'zeros', '']) }),
    () => ({ type: 'normal', mean: random.pick(REAL), std: random.pick(REAL) }),
    () => 'he',
  ])();

const layer = (random: Random): Config => {
  const own = (type: string, required: Config, options: Readonly<Record<string, readonly unknown[]>>) => ({
    type,
    ...required,
    ...some(random, { name: NAMES, ...options }),
  });
  const window = { strides: WHOLE, padding: ['same', 'valid', 'full', null] };
  const weighted = { bias: [true, false, 0, null], init: [init(random)] };
  return random.pick<() => Config>([
    () => own('conv2d', { filters: random.pick(UNITS), kernelSize: 2 }, { ...window, ...weighted }),
    () => own('conv2d', { filters: 2, kernelSize: random.pick(WHOLE) }, { ...window, ...weighted }),
    () => own('dense', { units: random.pick(UNITS) }, weighted),
    () => own(random.pick(['maxPool2d', 'avgPool2d']), { poolSize: random.pick(WHOLE) }, window),
    () => own('reshape', { shape: random.pick(SIDES) }, {}),
    () => own('batchNorm', {}, { momentum: REAL, epsilon: REAL }),
    () => own('dropout', { rate: random.pick([...REAL, 1 - 2 ** -53]) }, {}),
    () =>
      own(
        random.pick(['globalAvgPool2d', 'flatten', 'relu', 'softplus', 'softmax', 'toString']),
        {},
        { units: [1] },
      ),
  ])();
};

const layers = (random: Random): Config => ({
  use: 'feedForward',
  input: random.chance(0.7) ? [6, 6, 2] : random.pick(SIDES),
  layers: [
    ...Array.from({ length: random.below(4) }, () => layer(random)),
    ...(random.chance(0.7) ? [{ type: 'flatten' }, { type: 'dense', units: 2 }] : []),
  ],
});

const targetOf = (random: Random): unknown =>
  random.pick<() => unknown>([
    () => layers(random),
    () => layers(random),
    () => ({
      use: 'mlp',
      ...some(random, {
        inputShape: SIDES,
        hidden: [...SIDES, [6], [6, 3]],
        classes: UNITS,
        activation: ['relu', 'sin', 'elu'],
        x: [1],
      }),
    }),
    () => ({
      use: random.pick(['cnn1', 'cnn2']),
      ...some(random, { inputShape: [[10, 10, 1], [8, 8, 1], ...SIDES], classes: UNITS }),
    }),
    () => ({ use: random.pick(['', 'mapping', 'toString', '__proto', 'MLP']) }),
  ])();

const choice = (random: Random, types: readonly string[], option: string): unknown => {
  const type = random.pick(types);
  return random.pick([
    type,
    { type },
    { type, [option]: random.pick(REAL) },
    { type, [`${option}s`]: 1 },
    [type],
    {},
    null,
  ]);
};

const projection = (random: Random): unknown =>
  random.pick([
    'hadamard', 'oneHot', 'dense', 'mapping', '', 'toString', 7, null, [], {}, ['dense'],
    { use: 'hadamard' }, { use: 'dense' }, { use: 'oneHot', seed: 1 }, { use: 7 }, { use: ['dense'] }, { kind: 'projection', name: 'dense' },
  ]); // prettier-ignore

const mappingOf = (random: Random): Config => ({
  use: 'mapping',
  latentDim: random.pick([1, 2, 5, 20, 21, 33, 100, ...WHOLE]),
  ...some(random, {
    strategy: ['single', 'layerwise', 'layerwise', 'double', null],
    allocation: ['sqrt', 'proportional', 'even', [30, 3], [17, 16], [1], [], [0, 33], [200, 1], null],
    projection: [projection(random)],
    activation: [choice(random, ['identity', 'tanh', 'sin', 'relu'], 'omega')],
    modulation: [choice(random, ['none', 'additive', 'linear', 'vector', 'scalar'], 'alpha')],
    train: [
      ['latent'],
      ['bias'],
      ['latent', 'bias'],
      ['projection'],
      ['latent', 'latent'],
      [],
      'latent',
      ['weights'],
      null,
    ],
    seed: [0, 1, 2 ** 53 - 1, 2 ** 53, -1, 0.5, '0', null],
    extra: [1],
  }),
});

const parameterizationOf = (random: Random, depth = 2): unknown =>
  random.pick<() => unknown>([
    () => mappingOf(random),
    () => mappingOf(random),
    () => mappingOf(random),
    () => ({ use: 'direct', ...some(random, { seed: [0] }) }),
    () => ({
      use: 'masked',
      ...(depth > 0 && { inner: parameterizationOf(random, depth - 1) }),
      ...some(random, { x: [1] }),
    }),
    () => ({
      use: 'lowRank',
      ...(depth > 0 && random.chance(0.7) && { inner: parameterizationOf(random, depth - 1) }),
      ...random.pick<() => Config>([
        () => some(random, { rank: [...WHOLE, 32_768, 32_769], layers: LAYERS, x: [1] }),
        () => some(random, { energy: REAL, layers: LAYERS }),
        () => ({
          rank: { [String(random.pick(NAMES))]: random.pick(WHOLE) },
          ...some(random, { layers: LAYERS }),
        }),
      ])(),
    }),
    () => ({
      use: 'fakeQuantized',
      ...(depth > 0 && random.chance(0.9) && { inner: parameterizationOf(random, depth - 1) }),
      ...some(random, {
        type: ['int8', 'int4', 'float16', 'bfloat16', 'int2', 8, null],
        symmetric: [true, false, 1, null],
        granularity: ['tensor', 'channel', 'layer', null],
        range: ['minMax', 'mse', 'entropy', null],
        bias: [true, false, 0, null],
        x: [1],
      }),
    }),
    () =>
      random.pick([
        'direct',
        'mapping',
        'masked',
        'lowRank',
        'fakeQuantized',
        7,
        null,
        [],
        {},
        { use: 7 },
        { use: null },
      ]),
  ])();

/** A target, a parameterization, or both, to stand in the place of those of a whole bundle. */
export const oddParts = (random: Random): Config => {
  const which = random.below(3);
  return {
    ...(which !== 1 && { target: targetOf(random) }),
    ...(which !== 0 && { parameterization: parameterizationOf(random) }),
  };
};
