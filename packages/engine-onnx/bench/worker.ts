// What a thread beside JavaScript costs and brings. Steps of three sizes, the largest about one of CNN2,
// ten inputs of half a megabyte in all, and work on the next batch that takes 0, 1, 2 or 4 ms; both ways take turns, so
// that other load on the machine falls on both. From the repository root:
//   npx tsx --conditions=@mapping-networks/source packages/engine-onnx/bench/worker.ts [threads]
import { float32, type NamedArrays, type NamedTensors } from '@mapping-networks/core';
import { onnx } from '@mapping-networks/engine-onnx';
import * as tf from '@tensorflow/tfjs-core';

const ROUNDS = 60;
const threads = Number(process.argv[2] ?? 0) || 'auto';

const vectors = Array.from({ length: 9 }, (_, i) => `s${i}`);
const random = (shape: readonly number[]) =>
  float32(
    Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => Math.random() - 0.5),
    shape,
  );
const inputs: NamedArrays = {
  x: random([128, 784]),
  ...Object.fromEntries(vectors.map((name) => [name, random([2048])])),
};
const specs = Object.fromEntries(
  Object.entries(inputs).map(([name, { shape, dtype }]) => [name, { shape, dtype }]),
);
const frozen = { first: random([784, 384]), w: random([384, 384]) };

const stepOf =
  (depth: number) =>
  ({ x, first, w, ...others }: NamedTensors): NamedTensors => {
    let y = tf.matMul(x as tf.Tensor2D, first as tf.Tensor2D);
    for (let i = 0; i < depth; i++) y = tf.tanh(tf.mul(tf.matMul(y, w as tf.Tensor2D), 0.1));
    const sum = tf.sum(y);
    return {
      sum,
      ...Object.fromEntries(vectors.map((name) => [name, tf.add(others[name] as tf.Tensor, sum)])),
    };
  };

/** Keeps JavaScript busy, as the next batch does. */
const busy = (milliseconds: number): void => {
  const end = performance.now() + milliseconds;
  while (performance.now() < end);
};

const sessions = await Promise.all([false, true].map((worker) => onnx({ threads, worker }).impl.open()));
console.log(`threads: ${sessions[0]?.threads}; milliseconds a step, minimum / median: in turn → beside`);
for (const depth of [0, 20, 60]) {
  const steps = sessions.map((session) => session.compile(stepOf(depth), { frozen, inputs: specs }));
  for (const preparation of [0, 1, 2, 4]) {
    const times: number[][] = [[], []];
    for (let round = -5; round < ROUNDS; round++) {
      for (const [i, step] of steps.entries()) {
        const began = performance.now();
        const running = step.run(inputs);
        busy(preparation);
        await running;
        if (round >= 0) times[i]?.push(performance.now() - began);
      }
    }
    const shown = times.map((list) => {
      const sorted = list.toSorted((a, b) => a - b);
      return `${sorted[0]?.toFixed(2)} / ${sorted[ROUNDS / 2]?.toFixed(2)}`;
    });
    console.log(`depth ${depth}, preparing ${preparation} ms: ${shown.join(' → ')}`);
  }
}
for (const session of sessions) session.dispose();
