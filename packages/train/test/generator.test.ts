// θ on an engine, in chunks: the numbers of the map computed at once, to the bit, and of the canonical generator.
import {
  dense,
  direct,
  float32,
  kernel,
  bias,
  mapping,
  normal,
  oneHot,
  parameterSpace,
  randomKey,
  type EngineSession,
  type MappingInput,
  type NamedArrays,
  type ParameterMap,
  type Part,
} from '@mapping-networks/core';
import { cpu, wasm } from '@mapping-networks/engine-eager';
import { onnx } from '@mapping-networks/engine-onnx';
import { mlp } from '@mapping-networks/targets';
import { compileGenerator, predict } from '@mapping-networks/train';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compileMaterialize } from '../src/evaluation/materialize.ts';
import { mapConstants } from '../src/step/frozen.ts';

/** 5,757 parameters of six tensors: no multiple of any block, tensors that begin and end within chunks. */
const space = parameterSpace([
  kernel('a', [41, 70]),
  bias('a', 70),
  kernel('b', [70, 37]),
  bias('b', 37),
  kernel('c', [37, 5]),
  bias('c', 5),
]);

const variants: readonly Partial<MappingInput>[] = [
  {},
  { strategy: 'layerwise' },
  { projection: oneHot() },
  { projection: oneHot(), strategy: 'layerwise', modulation: 'linear' },
  { activation: 'tanh', modulation: 'additive' },
  { activation: 'sin', modulation: 'vector', strategy: 'layerwise' },
  { modulation: { type: 'linear', alpha: 0.4 } },
  { train: ['latent', 'bias'] },
  { train: ['bias'], activation: 'tanh' },
];

const nameOf = (input: Partial<MappingInput>): string =>
  JSON.stringify(input, (_, value) => (value?.kind === 'projection' ? value.name : value));

/** Trainables away from their special starting values. */
const moved = (map: ParameterMap): NamedArrays =>
  Object.fromEntries(
    Object.entries(map.init(3)).map(([name, { data, shape }]) => {
      const noise = normal(randomKey(1, name), data.length);
      return [
        name,
        float32(
          Float32Array.from(data, (value, i) => value + 0.1 * (noise[i] ?? 0)),
          shape,
        ),
      ];
    }),
  );

const atOnce = async (session: EngineSession, map: ParameterMap, trainables: NamedArrays) => {
  const materializer = compileMaterialize(session, map, mapConstants(map));
  const arrays = await materializer.run({ trainables, buffers: {} });
  const theta = new Float32Array(map.space.size);
  for (const { name, offset } of map.space.parameters) {
    theta.set(arrays[`parameter.${name}`]?.data ?? [], offset);
  }
  return theta;
};

const expectClose = (received: Float32Array, expected: Float32Array): void => {
  expect(received.length).toBe(expected.length);
  const largest = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  received.forEach((value, i) => {
    if (!(Math.abs(value - (expected[i] ?? Number.NaN)) <= 1e-5 * largest)) {
      expect(value, `at ${i}`).toBe(expected[i]);
    }
  });
};

/** Compiled steps are simplified, so that factors of u may be multiplied in another order; the map itself is not. */
const isExact = (engine: Part<'engine'>, { activation, modulation }: Partial<MappingInput>): boolean =>
  engine.name !== 'onnx' || (activation === undefined && modulation === undefined);

describe.each<[string, Part<'engine'>]>([
  ['onnx', onnx({ threads: 2 })],
  ['onnx in this thread', onnx({ threads: 1, worker: false })],
  ['wasm', wasm()],
  ['cpu', cpu()],
])('on %s', (_, engine) => {
  let session: EngineSession;
  beforeAll(async () => {
    session = await engine.impl.open();
  });
  afterAll(() => session.dispose());

  it.each(variants.map((input) => [nameOf(input), input] as const))('%s', async (_name, input) => {
    const map = mapping({ latentDim: 77, ...input }).impl.bind(space);
    const trainables = moved(map);
    const whole = await atOnce(session, map, trainables);
    expectClose(whole, map.generate(trainables));
    for (const chunkSize of [300, 1000, 2 ** 18]) {
      const generator = compileGenerator(session, map, { chunkSize });
      const theta = await generator.run(trainables);
      if (isExact(engine, input)) expect(theta).toEqual(whole);
      else expectClose(theta, whole);
      generator.dispose();
    }
  });
});

describe('a compiled generator', () => {
  let session: EngineSession;
  beforeAll(async () => {
    session = await onnx({ threads: 1 }).impl.open();
  });
  afterAll(() => session.dispose());
  const map = mapping({ latentDim: 77 }).impl.bind(space);

  it('compiles one step for all chunks', () => {
    const compiled: string[] = [];
    const counting: EngineSession = {
      ...session,
      compile: (step, signature) => {
        compiled.push(signature.name ?? '');
        return session.compile(step, signature);
      },
    };
    compileGenerator(counting, map, { chunkSize: 128 });
    expect(compiled).toEqual(['generate']);
    compileGenerator(counting, mapping({ latentDim: 77, strategy: 'layerwise' }).impl.bind(space));
    expect(compiled.length).toBe(1 + space.layers.length);
  });

  it('writes into the array that it is given, and follows the latent', async () => {
    const generator = compileGenerator(session, map, { chunkSize: 500 });
    const theta = new Float32Array(space.size);
    for (const seed of [1, 2]) {
      expect(await generator.run(map.init(seed), theta)).toBe(theta);
      expectClose(theta, map.generate(map.init(seed)));
    }
  });

  it('runs twice at the same time', async () => {
    const generator = compileGenerator(session, map, { chunkSize: 500 });
    const [one, two] = await Promise.all([generator.run(map.init(1)), generator.run(map.init(2))]);
    expectClose(one, map.generate(map.init(1)));
    expectClose(two, map.generate(map.init(2)));
  });

  it.each<[string, ParameterMap]>([
    ['a parameterization that cannot be cut', direct().impl.bind(space)],
    ['a projection that cannot be cut', mapping({ latentDim: 20, projection: dense() }).impl.bind(space)],
    [
      'a trained projection',
      mapping({ latentDim: 8, projection: dense(), train: ['latent', 'projection'] }).impl.bind(space),
    ],
  ])('computes %s at once', async (_, uncut) => {
    expect(uncut.chunks?.(100)).toBeUndefined();
    const trainables = moved(uncut);
    expectClose(await compileGenerator(session, uncut).run(trainables), uncut.generate(trainables));
  });

  it('refuses what is no session, map, size or θ', async () => {
    expect(() => compileGenerator({} as EngineSession, map)).toThrow(/CORE_INVALID_ARGUMENT|session/);
    expect(() => compileGenerator(session, {} as ParameterMap)).toThrow(/a map, such as/);
    expect(() => compileGenerator(session, map, { chunkSize: 0 })).toThrow(/chunkSize/);
    const generator = compileGenerator(session, map);
    await expect(generator.run(map.init(0), new Float32Array(3))).rejects.toThrow(/5757/);
  });
});

it('predict generates a large network in chunks, with the same result', async () => {
  const target = mlp({ hidden: [1400] });
  const parts = { target, parameterization: mapping({ latentDim: 64 }) };
  const map = parts.parameterization.impl.bind(target.impl.parameters);
  expect(map.space.size).toBeGreaterThan(2 ** 20);
  const model = { ...parts, trainables: map.init(0), buffers: {} };
  const inputs = normal(randomKey(1), 2 * 784);
  const names: string[] = [];
  const engine = onnx({ threads: 1 });
  const open = async (): Promise<EngineSession> => {
    const session = await engine.impl.open();
    return {
      ...session,
      compile: (step, signature) => {
        names.push(signature.name ?? '');
        return session.compile(step, signature);
      },
    };
  };
  const { outputs } = await predict({ model, inputs, engine: { ...engine, impl: { open } } });
  expect(names).toEqual(['generate', 'predict']);
  expectClose(outputs, (await predict({ model, inputs, engine: cpu() })).outputs);
});
