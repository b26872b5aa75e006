// Exact regularisers against brute force: every row of the Jacobian by automatic differentiation.
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import {
  dense,
  hadamard,
  mapping,
  oneHot,
  type Activation,
  type MappingInput,
  type Modulation,
  type NamedTensors,
  type ParameterMap,
} from '@mapping-networks/core';
import { tinySpace } from './support/spaces.ts';
import { flat, toTensors } from './support/tensors.ts';

beforeAll(() => tf.setBackend('cpu').then(() => undefined));

const activations: readonly Activation[] = [
  { type: 'identity' },
  { type: 'tanh' },
  { type: 'sin', omega: 2 },
];
const modulations: readonly Modulation[] = [
  { type: 'none' },
  { type: 'additive', alpha: 0.8 },
  { type: 'linear', alpha: 0.6 },
  { type: 'vector', alpha: 3 },
];
const cases = activations.flatMap((activation) =>
  modulations.flatMap((modulation) =>
    [hadamard(), oneHot(), dense()].flatMap((projection) =>
      (['single', 'layerwise'] as const).map(
        (strategy) =>
          [
            `${activation.type}, ${modulation.type}, ${projection.name}, ${strategy}`,
            { activation, modulation, projection, strategy },
          ] as const,
      ),
    ),
  ),
);

const latents = (map: ParameterMap): string[] =>
  map.trainables.map(({ name }) => name).filter((name) => name.endsWith('z'));

/** Trainables with m away from 0. */
const trained = (map: ParameterMap): NamedTensors =>
  Object.fromEntries(
    Object.entries(toTensors(map.init(1))).map(([name, t]) => [
      name,
      name.endsWith('m') ? tf.linspace(-0.3, 0.4, t.size) : t,
    ]),
  );

const bind = (input: Partial<MappingInput>): ParameterMap =>
  mapping({ latentDim: 11, ...input }).impl.bind(tinySpace);

const evaluate = (map: ParameterMap, name: 'smoothness' | 'alignment', values: NamedTensors): tf.Scalar => {
  const regularizer = map.regularizers[name];
  if (!regularizer) throw new Error(`no ${name}`);
  return regularizer.evaluate(values, { ...toTensors(map.frozen()), ...toTensors(regularizer.frozen()) });
};

describe.each(cases)('%s', (_, input) => {
  const map = bind(input);

  test('smoothness is the squared Frobenius norm of the Jacobian', () => {
    tf.tidy(() => {
      const values = trained(map);
      const frozen = toTensors(map.frozen());
      const names = latents(map);
      let brute = 0;
      for (let row = 0; row < tinySpace.size; row++) {
        const theta = (...z: tf.Tensor[]): tf.Scalar => {
          const moved = {
            ...values,
            ...Object.fromEntries(names.map((name, i) => [name, z[i] as tf.Tensor])),
          };
          return tf.sum(tf.slice(flat(tinySpace, map.materialize(moved, frozen)), [row], [1]));
        };
        for (const g of tf.grads(theta)(names.map((name) => values[name] as tf.Tensor))) {
          brute += tf.sum(tf.square(g)).dataSync()[0] as number;
        }
      }
      const exact = evaluate(map, 'smoothness', values).dataSync()[0] as number;
      expect(Math.abs(exact - brute)).toBeLessThan(1e-4 * brute);
    });
  });

  test('alignment is 1 − cos of z and the mean row of the modulated map', () => {
    tf.tidy(() => {
      const values = trained(map);
      const exact = evaluate(map, 'alignment', values).dataSync()[0] as number;
      expect(Math.abs(exact - bruteAlignment(input))).toBeLessThan(1e-5);
    });
  });
});

/** From W written out: u = ω(z)·z, where the rows of ω are those of the formulas. */
const bruteAlignment = (input: Partial<MappingInput>): number => {
  // With identity, no modulation and unit scales, θ of a basis vector is a column of W.
  const { modulation, projection, strategy } = mapping({ latentDim: 11, ...input }).options;
  const map = bind({ projection, strategy });
  const second = bind({ projection, strategy, modulation: { type: 'linear', alpha: 1 } });
  const values = trained(bind(input));
  const parts = map.trainables.map(({ name, shape: [d = 0] }) => {
    const rows = rowsOf(map, name, d);
    const z = [...(values[name] as tf.Tensor).dataSync()];
    const m = values[name.replace(/z$/, 'm')]?.dataSync();
    const gains = rows.map(() => 1);
    if (modulation.type === 'linear') {
      // With α = 1, u_j = v_j (1 + q_j): q_j = u_j / v_j − 1.
      const single = z;
      rows.forEach((row, j) => {
        const v = dot(row.weights, single);
        const u = preactivationAt(second, name, z, row.index);
        gains[j] = 1 + modulation.alpha * (u / v - 1);
      });
    }
    const a = 'alpha' in modulation ? modulation.alpha / d : 0;
    const added = modulation.type === 'additive' ? z : (m ?? []);
    const mean = z.map(
      (_zi, i) =>
        rows.reduce((sum, { weights }, j) => sum + (weights[i] as number) * (gains[j] as number), 0) /
          rows.length +
        a * (added[i] ?? 0),
    );
    return 1 - dot(z, mean) / Math.sqrt(dot(z, z) * dot(mean, mean));
  });
  return parts.reduce((sum, part) => sum + part, 0) / parts.length;
};

const dot = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, value, i) => sum + value * (b[i] as number), 0);

/** u by the canonical generator, unscaled. */
const unscaled = (map: ParameterMap, arrays: Record<string, number[]>): number[] => {
  const generated = map.generate(
    Object.fromEntries(
      map.trainables.map(({ name, shape }) => [
        name,
        {
          dtype: 'float32' as const,
          shape,
          data: Float32Array.from(arrays[name] ?? Array(shape[0]).fill(0)),
        },
      ]),
    ),
  );
  const zero = map.generate(
    Object.fromEntries(
      map.trainables.map(({ name, shape }) => [
        name,
        { dtype: 'float32' as const, shape, data: new Float32Array(shape[0] as number) },
      ]),
    ),
  );
  const scales = tinySpace.parameters.flatMap((p) => Array<number>(p.size).fill(stdOf(p)));
  return [...generated].map((value, i) => (value - (zero[i] as number)) / (scales[i] as number));
};

const stdOf = ({ init, fanIn }: (typeof tinySpace.parameters)[number]): number =>
  init.type === 'normal' ? init.std : Math.sqrt(2 / fanIn);

const rowsOf = (map: ParameterMap, name: string, d: number): { index: number; weights: number[] }[] => {
  const columns = Array.from({ length: d }, (_, i) =>
    unscaled(map, { [name]: Array.from({ length: d }, (__, k) => (k === i ? 1 : 0)) }),
  );
  const [layer] = name.includes('/') ? name.split('/') : [undefined];
  const span =
    layer === undefined
      ? { offset: 0, size: tinySpace.size }
      : tinySpace.layers.find((l) => l.layer === layer);
  if (!span) throw new Error(name);
  return Array.from({ length: span.size }, (_, j) => ({
    index: span.offset + j,
    weights: columns.map((column) => column[span.offset + j] as number),
  }));
};

const preactivationAt = (map: ParameterMap, name: string, z: number[], index: number): number =>
  unscaled(map, { [name]: z })[index] as number;

test('a smoothness that cannot change says why', () => {
  expect(bind({}).regularizers.smoothness?.constantBecause).toMatch(/does not depend on z/);
  expect(
    bind({ modulation: { type: 'additive', alpha: 0 } }).regularizers.smoothness?.constantBecause,
  ).toMatch(/does not depend on z/);
  expect(bind({ activation: 'tanh' }).regularizers.smoothness?.constantBecause).toBeUndefined();
});

test('an alignment of single numbers says that it cannot change', () => {
  const dims = tinySpace.layers.length;
  const constant = (input: Partial<MappingInput>): string | undefined =>
    bind(input).regularizers.alignment?.constantBecause;
  expect(constant({ latentDim: 1 })).toMatch(/cosine of two numbers/);
  expect(constant({ latentDim: dims, strategy: 'layerwise' })).toMatch(/cosine of two numbers/);
  expect(constant({ latentDim: dims + 1, strategy: 'layerwise' })).toBeUndefined();
});

test('alignment has a finite gradient at a latent of zeros', () => {
  const map = bind({});
  const gradient = tf.tidy(() =>
    tf
      .grad((z: tf.Tensor) => evaluate(map, 'alignment', { z }))(tf.zeros([11]))
      .dataSync(),
  );
  expect([...gradient].every(Number.isFinite)).toBe(true);
});

test('a map whose projection is trained offers no regularisers', () => {
  expect(bind({ projection: dense(), train: ['latent', 'projection'] }).regularizers).toEqual({});
});
