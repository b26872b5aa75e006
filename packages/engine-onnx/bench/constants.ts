// What a large constant takes: written into the model, or given to every run. One process each, so that peaks do not
// mix. From the repository root:
//   for way in model input; do
//     npx tsx --expose-gc --conditions=@mapping-networks/source packages/engine-onnx/bench/constants.ts $way 25000000
//   done
import { encodeModel, type OnnxModel } from '@mapping-networks/graph';
import { inThread } from '../src/runtime/in-thread.ts';
import { loadOnnxruntime } from '../src/runtime/onnxruntime.ts';
import { sessionOptions } from '../src/session-options.ts';

const [way = 'input', count = '25000000'] = process.argv.slice(2);
const size = Number(count);
const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(0)} MB`;
const say = (when: string): void => {
  globalThis.gc?.();
  const peak = process.resourceUsage().maxRSS * 1024;
  console.log(
    `${way}, ${when}: ${megabytes(process.memoryUsage.rss())} resident, ${megabytes(peak)} at most`,
  );
};

say('at the start');
const data = Int32Array.from({ length: size }, () => 0);
for (let i = 0; i < size; i++) data[i] = Math.imul(i, 2654435761) >>> 20;
const indices = { name: 'indices', dtype: 'int32', shape: [size] } as const;
say(`${megabytes(data.byteLength)} of indices`);

const z = { name: 'z', dtype: 'float32', shape: [4096] } as const;
const picked = { name: 'picked', dtype: 'float32', shape: [size] } as const;
const y = { name: 'y', dtype: 'float32', shape: [] } as const;
const model: OnnxModel = {
  operatorSets: [{ domain: '', version: 18 }],
  inputs: way === 'model' ? [z] : [z, indices],
  outputs: [{ ...y, result: 'y' }],
  initializers: way === 'model' ? [{ ...indices, data }] : [],
  nodes: [
    { operator: 'Gather', domain: '', inputs: ['z', 'indices'], outputs: [picked], attributes: {} },
    {
      operator: 'ReduceSum',
      domain: '',
      inputs: ['picked'],
      outputs: [y],
      attributes: { keepdims: { type: 'int', value: 0 } },
    },
  ],
};
const runtime = inThread(loadOnnxruntime());
const loaded = await runtime.load({
  bytes: encodeModel(model),
  options: sessionOptions(['cpu'], 2),
  inputs: [z],
  constants: way === 'model' ? [] : [{ ...indices, data }],
  outputs: ['y'],
});
say('loaded');
const began = performance.now();
for (let i = 0; i < 5; i++) await loaded.run([new Float32Array(4096).fill(i)]);
console.log(`${way}: ${((performance.now() - began) / 5).toFixed(1)} ms a run`);
say('run');
await loaded.release();
