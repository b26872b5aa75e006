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
  // Threads that wait for work spin for a moment before they sleep, because a step has hundreds of operations. Longer
  // takes the cores from whoever else has work, and from our own threads; not at all makes short operations a quarter
  // slower (`bench/spinning.ts`).
  extra: { session: { intra_op: { allow_spinning: '1', spin_duration_us: '50' }, force_spinning_stop: '1' } },
});
