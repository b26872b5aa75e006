// The engine keeps the engine contract, in a thread of its own and in that of JavaScript.
import { engineLaws, partLaws } from '@mapping-networks/conformance';
import { onnx } from '@mapping-networks/engine-onnx';
import { describe, test } from 'vitest';

describe.each([
  { worker: true, threads: 2 },
  { worker: true, threads: 1 },
  { worker: false, threads: 2 },
])('threads: $threads, worker: $worker', (options) => {
  for (const { name, check } of engineLaws(onnx(options))) test(name, check);
});

describe('the part', () => {
  for (const { name, check } of partLaws(onnx({ threads: 2, dumpGraph: 'graphs' }), [onnx]))
    test(name, check);
});
