// How ONNX Runtime is set up for a step.
import type { InferenceSession } from 'onnxruntime-common';
import type { Provider } from './options.ts';

export const sessionOptions = (
  providers: readonly Provider[],
  threads: number,
): InferenceSession.SessionOptions => ({
  executionProviders: providers,
  intraOpNumThreads: threads,
  interOpNumThreads: 1,
  executionMode: 'sequential',
  // 'all' would reorder convolutions into blocks of channels, which the layouts of `graph` do better.
  graphOptimizationLevel: 'extended',
  enableCpuMemArena: true,
  // DirectML cannot do with it.
  enableMemPattern: !providers.includes('dml'),
  // Its errors are thrown: they need not be printed too.
  logSeverityLevel: 4,
  // Threads wait for work by spinning, which makes a step of a hundred operations 13 % shorter, but only during a run:
  // afterwards they would take the cores from whoever has work (`bench/spinning.ts`).
  extra: { session: { intra_op: { allow_spinning: '1' }, force_spinning_stop: '1' } },
});
