// Examples out of an array of them.
import { float32, sizeOf, type ArrayTensor } from '@mapping-networks/core';

/** `count` examples from `start` on; after the last one comes the first. */
export const examples = ({ data, shape }: ArrayTensor, start: number, count: number): ArrayTensor => {
  const [total = 0, ...one] = shape;
  const size = sizeOf(one);
  const taken = new Float32Array(count * size);
  for (let i = 0; i < count; i++) {
    const from = ((start + i) % total) * size;
    taken.set(data.subarray(from, from + size), i * size);
  }
  return float32(taken, [count, ...one]);
};
