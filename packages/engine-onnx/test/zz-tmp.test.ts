import * as tf from '@tensorflow/tfjs-core';
import { it } from 'vitest';
import { onnx } from '@mapping-networks/engine-onnx';
import { cpu } from '@mapping-networks/engine-eager';
import { floats, halves, values } from '../../graph/test/kernels/example.ts';
import { computedBy } from './against-cpu.ts';
it('x', async () => {
  const [a, b] = [await onnx({ worker: false }).impl.open(), await cpu().impl.open()];
  let n = 0;
  for (let i = 0; i < 260; i++) {
    const d = (m: number, k: number) => 1 + Math.floor(Math.random() * k) + m - 1;
    const [size, s, pad, r, side, op] = [
      [d(1, 3), d(1, 3)],
      [d(1, 3), d(1, 3)],
      d(0, 2),
      ['floor', 'ceil', 'round'][d(0, 3)] as any,
      [d(3, 5), d(3, 5)],
      ['conv', 'pool'][d(0, 2)],
    ] as const;
    const ex =
      op === 'conv'
        ? values([floats([1, ...side, 1], 1), floats([...size, 1, 1], 2)], (x, f) =>
            tf.conv2d(x as any, f as any, s as any, pad, 'NHWC', 1, r),
          )
        : values([halves([1, ...side, 1], 1)], (x) =>
            tf.maxPool(x as any, size as any, s as any, Math.min(pad, Math.min(...size) - 1), r),
          );
    try {
      const p = (await computedBy(a, ex))['value0']!;
      const q = (await computedBy(b, ex))['value0']!;
      if (
        String(p.shape) !== String(q.shape) ||
        p.data.some((v, i) => !(Math.abs(v - q.data[i]!) < 1e-4 || v === q.data[i]))
      )
        if (n++ < 14)
          console.log(
            op,
            { size, s, pad, r, side },
            p.shape,
            q.shape,
            [...p.data].join(),
            [...q.data].join(),
          );
    } catch (e) {
      if (n++ < 14) console.log(op, { size, s, pad, r, side }, String(e));
    }
  }
});
