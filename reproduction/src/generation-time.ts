// `npm run reproduce:generation`: how long hadamard and oneHot take to make all weights, and their gradient, on the
// wasm engine and in the canonical generator. Interleaved, minima and medians in milliseconds.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import {
  cnn1,
  cnn2,
  hadamard,
  mapping,
  oneHot,
  wasm,
  type NamedArrays,
  type NamedTensors,
  type Part,
} from 'mapping-networks';
import type { GenerationTime, Timing } from './page/generation-time.ts';

const ROUNDS = 30;

const upload = (arrays: NamedArrays): NamedTensors =>
  Object.fromEntries(
    Object.entries(arrays).map(([name, { data, shape, dtype }]) => [
      name,
      tf.tensor(data, [...shape], dtype),
    ]),
  );

interface Contest {
  readonly name: Pick<GenerationTime, 'target' | 'latentDim' | 'projection'>;
  readonly step: () => Promise<void>;
  readonly canonical: () => void;
}

const contest = (target: Part<'target'>, latentDim: number, projection: Part<'projection'>): Contest => {
  const map = mapping({ latentDim, projection }).impl.bind(target.impl.parameters);
  const latent = map.init(0);
  const frozen = upload(map.frozen());
  const z = upload(latent)['z'] as tf.Tensor;
  const energy = (x: tf.Tensor): tf.Scalar =>
    tf.addN(
      Object.values(map.materialize({ z: x }, frozen)).map((each) => tf.sum(tf.square(each)) as tf.Scalar),
    );
  const gradient = tf.grad(energy);
  return {
    name: { target: target.name, latentDim, projection: projection.name },
    step: async () => {
      const result = tf.tidy(() => gradient(z));
      await result.data();
      result.dispose();
    },
    canonical: () => void map.generate(latent),
  };
};

const timing = (samples: readonly number[]): Timing => {
  const sorted = samples.toSorted((a, b) => a - b);
  const rounded = (value = Number.NaN): number => Math.round(value * 10) / 10;
  return { minMs: rounded(sorted[0]), medianMs: rounded(sorted[sorted.length >> 1]) };
};

const timed = async (work: () => Promise<void> | void): Promise<number> => {
  const start = performance.now();
  await work();
  return performance.now() - start;
};

const session = await wasm().impl.open();
const contests = [
  contest(cnn2(), 1024, hadamard()),
  contest(cnn2(), 1024, oneHot()),
  contest(cnn2(), 2048, hadamard()),
  contest(cnn2(), 2048, oneHot()),
  contest(cnn1(), 2072, hadamard()),
  contest(cnn1(), 2072, oneHot()),
];
const samples = contests.map(() => ({ step: [] as number[], canonical: [] as number[] }));
for (let round = 0; round < ROUNDS; round++) {
  for (const [i, { step, canonical }] of contests.entries()) {
    samples[i]?.step.push(await timed(step));
    samples[i]?.canonical.push(await timed(canonical));
  }
}
const times = contests.map(({ name }, i): GenerationTime => ({
  ...name,
  step: timing(samples[i]?.step ?? []),
  canonical: timing(samples[i]?.canonical ?? []),
}));
session.dispose();
await writeFile(join(import.meta.dirname, '../generation-time.json'), `${JSON.stringify(times, null, 2)}\n`);
console.table(
  times.map(({ step, canonical, ...name }) => ({ ...name, step: step.minMs, canonical: canonical.minMs })),
);
