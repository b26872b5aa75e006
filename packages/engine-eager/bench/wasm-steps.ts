// Times one training step (forward, softmax cross-entropy, gradients of all weights; batch 128) of the two
// convolutional networks of the paper on the wasm backend, with random images. From the repository root:
//   npx tsx --conditions=@mapping-networks/source packages/engine-eager/bench/wasm-steps.ts 20 --kernels
// The number counts rounds; everything runs in each, so that other load on the machine falls on all of it.
// `--stock` adds the kernels of tfjs-backend-wasm itself, `--kernels` where the time goes.
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-layers';
import { openWasm } from '../src/wasm/index.ts';
import { kernelSets } from './kernel-sets.ts';

type Layer = (x: tf.Tensor, next: () => tf.Tensor) => tf.Tensor;

const conv =
  (pad: 'same' | 'valid'): Layer =>
  (x, next) =>
    tf.relu(tf.add(tf.conv2d(x as tf.Tensor4D, next() as tf.Tensor4D, 1, pad), next()));
const pool: Layer = (x) => tf.maxPool(x as tf.Tensor4D, 2, 2, 'valid');
const flatten: Layer = (x) => tf.reshape(x, [x.shape[0], -1]);
const linear: Layer = (x, next) => tf.add(tf.matMul(x as tf.Tensor2D, next() as tf.Tensor2D), next());
const dense: Layer = (x, next) => tf.relu(linear(x, next));

const withBiases = (kernels: readonly number[][]): number[][] =>
  kernels.flatMap((shape) => [shape, shape.slice(-1)]);

const networks = {
  cnn2: {
    layers: [conv('valid'), pool, conv('valid'), pool, flatten, dense, linear],
    shapes: withBiases([
      [3, 3, 1, 16],
      [3, 3, 16, 32],
      [800, 128],
      [128, 10],
    ]),
  },
  cnn1: {
    layers: [
      conv('same'),
      pool,
      conv('same'),
      pool,
      conv('same'),
      conv('same'),
      pool,
      flatten,
      dense,
      linear,
    ],
    shapes: withBiases([
      [3, 3, 1, 32],
      [3, 3, 32, 64],
      [3, 3, 64, 128],
      [3, 3, 128, 128],
      [1152, 256],
      [256, 10],
    ]),
  },
} satisfies Record<string, { layers: Layer[]; shapes: number[][] }>;

const rounds = Number.parseInt(process.argv[2] ?? '') || 20;
const kernelSet = await kernelSets(openWasm);
const sets = process.argv.includes('--stock') ? (['ours', 'stock'] as const) : (['ours'] as const);
const images = tf.randomNormal([128, 28, 28, 1], 0, 1, 'float32', 1);
const labels = tf.oneHot(
  tf.tensor1d(
    Array.from({ length: 128 }, (_, i) => i % 10),
    'int32',
  ),
  10,
);

const steps = Object.entries(networks).flatMap(([network, { layers, shapes }]) => {
  const weights = shapes.map((shape, index) =>
    tf.variable(tf.randomNormal(shape, 0, 0.05, 'float32', index)),
  );
  const loss = (): tf.Scalar => {
    const rest = weights.values();
    const next = (): tf.Tensor => rest.next().value!;
    const logits = layers.reduce<tf.Tensor>((x, layer) => layer(x, next), images);
    return tf.losses.softmaxCrossEntropy(labels, logits) as tf.Scalar;
  };
  return sets.map((set) => ({
    name: `${network}, ${set}`,
    use: () => kernelSet[set](),
    run: (): void => {
      const { value, grads } = tf.variableGrads(loss, weights);
      value.dataSync();
      tf.dispose([value, grads]);
    },
    times: [] as number[],
  }));
});

for (let round = -3; round < rounds; round++) {
  for (const { use, run, times } of steps) {
    use();
    const start = performance.now();
    run();
    if (round >= 0) times.push(performance.now() - start);
  }
}
for (const { name, times } of steps) {
  times.sort((a, b) => a - b);
  console.log(`${name}: min ${times[0]!.toFixed(1)} ms, median ${times[times.length >> 1]!.toFixed(1)} ms`);
}

if (process.argv.includes('--kernels')) {
  for (const { name, use, run } of steps) {
    use();
    const { kernels } = await tf.profile(() => run());
    const sums = new Map<string, { ms: number; count: number }>();
    for (const { name: kernel, kernelTimeMs } of kernels) {
      const ms = typeof kernelTimeMs === 'number' ? kernelTimeMs : ((await kernelTimeMs) as number);
      const old = sums.get(kernel) ?? { ms: 0, count: 0 };
      sums.set(kernel, { ms: old.ms + ms, count: old.count + 1 });
    }
    console.log(name);
    console.table(Object.fromEntries([...sums].sort((a, b) => b[1].ms - a[1].ms).slice(0, 14)));
  }
}
