// One small step on an engine, compared with the same in plain JavaScript: a matrix product, a ReLU, a sum of squares
// and its gradient.
import type { CompiledStep, EngineSession, NamedTensors } from '@mapping-networks/core';
import { float32 } from '@mapping-networks/core';
import * as tf from '@tensorflow/tfjs-core';

const [rows, inner, columns] = [3, 4, 2] as const;
const x = Float32Array.from({ length: rows * inner }, (_, i) => Math.sin(i + 1));
const w = Float32Array.from({ length: inner * columns }, (_, i) => Math.cos(3 * i));

/** L = Σ relu(x·w)² and ∂L/∂w = 2 xᵀ·relu(x·w), in float64. */
const expected = (): { readonly loss: number; readonly gradient: readonly number[] } => {
  const at = (a: Float32Array, i: number): number => a[i] ?? 0;
  const y = Array.from({ length: rows * columns }, (_, i) => {
    let sum = 0;
    for (let k = 0; k < inner; k++)
      sum += at(x, Math.floor(i / columns) * inner + k) * at(w, k * columns + (i % columns));
    return Math.max(0, sum);
  });
  const gradient = Array.from({ length: inner * columns }, (_, i) => {
    let sum = 0;
    for (let r = 0; r < rows; r++)
      sum += 2 * at(x, r * inner + Math.floor(i / columns)) * (y[r * columns + (i % columns)] ?? 0);
    return sum;
  });
  return { loss: y.reduce((sum, value) => sum + value * value, 0), gradient };
};

const step = ({ x: input, w: weights }: NamedTensors): NamedTensors => {
  const loss = (kernel: tf.Tensor): tf.Scalar =>
    tf.sum(tf.square(tf.relu(tf.matMul(input as tf.Tensor2D, kernel as tf.Tensor2D))));
  const { value, grad } = tf.valueAndGrad(loss)(weights as tf.Tensor);
  return { loss: value, gradient: grad };
};

/** The largest error of the step on this engine, relative to the largest number in it. */
export const selfTest = async (session: EngineSession): Promise<number> => {
  const inputs = {
    x: { shape: [rows, inner], dtype: 'float32' },
    w: { shape: [inner, columns], dtype: 'float32' },
  } as const;
  const compiled: CompiledStep = session.compile(step, { frozen: {}, inputs });
  try {
    const outputs = await compiled.run({ x: float32(x, [rows, inner]), w: float32(w, [inner, columns]) });
    const { loss, gradient } = expected();
    const wanted = [loss, ...gradient];
    const got = [...(outputs['loss']?.data ?? []), ...(outputs['gradient']?.data ?? [])];
    if (got.length !== wanted.length) return Infinity;
    const scale = Math.max(...wanted.map(Math.abs));
    return Math.max(...wanted.map((value, i) => Math.abs(value - (got[i] ?? NaN)) / scale));
  } finally {
    compiled.dispose();
  }
};

/** More than float32 loses on so few numbers. */
export const TOLERANCE = 1e-5;
