// The engine keeps the engine contract, in a thread of its own and in that of JavaScript.
import { engineLaws } from '@mapping-networks/conformance';
import { onnx } from '@mapping-networks/engine-onnx';
import { describe, test } from 'vitest';

describe.each([
  { worker: true, threads: 2 },
  { worker: false, threads: 1 },
])('the engine with $threads threads, beside JavaScript: $worker', (options) => {
  for (const { name, check } of engineLaws(onnx(options))) test(name, check);
});
