// A program that ends in the middle of a run: `exit` by process.exit(7), `error` by an error that nobody catches.
import { float32 } from '@mapping-networks/core';
import { onnx } from '@mapping-networks/engine-onnx';
import * as tf from '@tensorflow/tfjs-core';

const SIDE = 500;
const session = await onnx({ threads: 2 }).impl.open();
const { run } = session.compile(({ x }) => ({ y: tf.matMul(tf.matMul(x!, x!), x!), z: tf.add(x!, 1) }), {
  frozen: {},
  inputs: { x: { shape: [SIDE, SIDE], dtype: 'float32' } },
});
const x = float32(new Float32Array(SIDE * SIDE), [SIDE, SIDE]);
await run({ x });
setTimeout(() => {
  if (process.argv[2] === 'exit') process.exit(7);
  throw new Error('nobody catches this');
}, 20);
for (;;) await Promise.all([run({ x }), run({ x })]);
