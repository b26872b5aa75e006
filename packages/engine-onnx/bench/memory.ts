// Resident memory over 10,000 runs of a small step: flat, if nothing is left behind. From the repository root:
//   npx tsx --expose-gc --conditions=@mapping-networks/source packages/engine-onnx/bench/memory.ts [runs]
import { float32, type NamedTensors } from '@mapping-networks/core';
import { onnx } from '@mapping-networks/engine-onnx';
import * as tf from '@tensorflow/tfjs-core';

const shape = [128, 256];
const inputs = {
  x: float32(new Float32Array(128 * 256).fill(0.5), shape),
  z: float32(new Float32Array(256)),
};
const specs = { x: { shape, dtype: 'float32' }, z: { shape: [256], dtype: 'float32' } } as const;

const step = ({ x, z }: NamedTensors): NamedTensors => {
  const { value, grad } = tf.valueAndGrad((v: tf.Tensor) => tf.mean(tf.square(tf.add(tf.mul(x!, v), 1))))(z!);
  return { value, z: tf.sub(z!, tf.mul(grad, 0.1)), x: tf.mul(x!, 1.5) };
};

const most = Number(process.argv[2] ?? 10_000);

for (const worker of [true, false]) {
  const session = await onnx({ worker }).impl.open();
  const compiled = session.compile(step, { frozen: {}, inputs: specs });
  for (let runs = 0; runs <= most; runs++) {
    await compiled.run(inputs);
    if (runs % Math.ceil(most / 5) !== 0) continue;
    globalThis.gc?.();
    const { rss, arrayBuffers } = process.memoryUsage();
    const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;
    console.log(
      `worker ${worker}, run ${runs}: ${megabytes(rss)} resident, ${megabytes(arrayBuffers)} of arrays`,
    );
  }
  session.dispose();
}
