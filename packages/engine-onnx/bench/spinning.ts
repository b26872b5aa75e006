// How long idle threads of ONNX Runtime should spin before they sleep: a chain of short operations and a product, as in
// a training step, under each setting, interleaved; then again beside processes that keep all cores busy. From the
// repository root:
//   npx tsx --conditions=@mapping-networks/source packages/engine-onnx/bench/spinning.ts 60
// The number counts rounds. Milliseconds a run: minimum and median.
import { createBuilder, encodeModel, lower, type Node } from '@mapping-networks/graph';
import { fork } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { sessionOptions } from '../src/session-options.ts';
import { loadOnnxruntime } from '../src/runtime/onnxruntime.ts';

const BUSY = 'busy';

const bytesOfChain = (): Uint8Array<ArrayBuffer> => {
  const b = createBuilder();
  const x = b.input('x', { shape: [256, 1024], dtype: 'float32' });
  const w = b.input('w', { shape: [1024, 256], dtype: 'float32' });
  const chain = Array.from({ length: 60 }).reduce<Node>(
    (y, _, i) => (i % 2 === 0 ? b.unary('tanh', y) : b.binary('mul', y, b.scalar(1 + i / 100))),
    x,
  );
  return encodeModel(lower({ inputs: [x, w], outputs: { y: b.matMul(chain, w) } }));
};

const SETTINGS = {
  none: { allow_spinning: '0' },
  '20 µs': { allow_spinning: '1', spin_duration_us: '20' },
  '50 µs': { allow_spinning: '1', spin_duration_us: '50' },
  '200 µs': { allow_spinning: '1', spin_duration_us: '200' },
  default: { allow_spinning: '1' },
} as const;

const race = async (rounds: number): Promise<void> => {
  const ort = loadOnnxruntime();
  const feeds = {
    x: new ort.Tensor('float32', new Float32Array(256 * 1024).fill(0.5), [256, 1024]),
    w: new ort.Tensor('float32', new Float32Array(1024 * 256).fill(0.01), [1024, 256]),
  };
  const contestants = await Promise.all(
    Object.entries(SETTINGS).map(async ([name, intraOp]) => {
      const extra = { session: { intra_op: intraOp, force_spinning_stop: '1' } };
      const options = { ...sessionOptions(['cpu'], availableParallelism()), extra };
      return {
        name,
        session: await ort.InferenceSession.create(bytesOfChain(), options),
        ms: [] as number[],
      };
    }),
  );
  for (let round = 0; round < rounds; round++) {
    for (const { session, ms } of contestants) {
      const start = performance.now();
      await session.run(feeds);
      ms.push(performance.now() - start);
    }
  }
  for (const { name, session, ms } of contestants) {
    const sorted = ms.slice(3).toSorted((a, b) => a - b);
    const [least = 0, middle = 0] = [sorted[0], sorted[sorted.length >> 1]];
    console.log(`  ${name.padEnd(8)} ${least.toFixed(2)} / ${middle.toFixed(2)}`);
    await session.release();
  }
};

if (process.argv[2] === BUSY) {
  for (;;) Math.random();
}
const rounds = Number.parseInt(process.argv[2] ?? '') || 60;
console.log('alone');
await race(rounds);
const others = Array.from({ length: availableParallelism() }, () => fork(import.meta.filename, [BUSY]));
console.log('beside busy processes');
await race(rounds);
for (const other of others) other.kill();
