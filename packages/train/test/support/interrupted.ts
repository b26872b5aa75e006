// Runs that are cut short and taken up again, and what of a run must be the same then.
import type { NamedArrays } from '@mapping-networks/core';
import {
  callback,
  decodeCheckpoint,
  encodeCheckpoint,
  train,
  type Checkpoint,
  type CheckpointStore,
  type RunState,
  type TrainOptions,
  type TrainResult,
} from '@mapping-networks/train';

/** Keeps checkpoints as files would: in bytes, so that nothing of a run is shared with the one that resumes it. */
export interface MemoryStore extends CheckpointStore {
  readonly files: Uint8Array[];
  readonly bests: Uint8Array[];
  latest(): Checkpoint | undefined;
}

export const memoryStore = (): MemoryStore => {
  const [files, bests]: [Uint8Array[], Uint8Array[]] = [[], []];
  return {
    files,
    bests,
    save: async (checkpoint) => void files.push(encodeCheckpoint(checkpoint)),
    saveBest: async (checkpoint) => void bests.push(encodeCheckpoint(checkpoint)),
    latest: () => {
      const last = files.at(-1);
      return last && decodeCheckpoint(last);
    },
  };
};

/** An abort after step `at` of the run. */
export const abortAt = (at: number): Pick<TrainOptions, 'signal' | 'callbacks'> => {
  const controller = new AbortController();
  const abort = callback({
    on: (event) => void (event.type === 'step' && event.step === at && controller.abort()),
  });
  return { signal: controller.signal, callbacks: [abort] };
};

/** A crash after step `at`: nothing more is saved. */
export const crashAt = (at: number): Pick<TrainOptions, 'callbacks'> => ({
  callbacks: [
    callback({
      name: 'crash',
      on: (event) => {
        if (event.type === 'step' && event.step === at) throw new Error('crash');
      },
    }),
  ],
});

/** One of the ways above, or a run to its end, from the latest checkpoint of the store. */
export const part = async (
  options: TrainOptions,
  store: MemoryStore,
  way: Pick<TrainOptions, 'signal' | 'callbacks'> = {},
): Promise<TrainResult | undefined> => {
  const resume = store.latest();
  try {
    return await train({ ...options, ...way, checkpoints: store, ...(resume && { resume }) });
  } catch (cause) {
    if (cause instanceof Error && cause.message.includes("'crash' failed")) return undefined;
    throw cause;
  }
};

/** Every bit of the arrays, in their order. */
const bits = (arrays: NamedArrays): unknown =>
  Object.entries(arrays).map(([name, { dtype, shape, data }]) => [
    name,
    dtype,
    shape.join(),
    Array.from(new Uint32Array(data.buffer, data.byteOffset, data.length), (word) =>
      word.toString(16),
    ).join(),
  ]);

export const stateBits = ({ trainables, loss, optimizer, buffers, ...scalars }: RunState): unknown => ({
  ...scalars,
  trainables: bits(trainables),
  loss: bits(loss),
  optimizer: bits(optimizer),
  buffers: bits(buffers),
});

/** All of a result that must be the same after an interruption: everything but times. */
export const outcome = (result: TrainResult): unknown => ({
  reason: result.reason,
  state: stateBits(result.state),
  history: result.history.map((record) => ({ ...record, seconds: undefined })),
  scores: [result.train, result.validation, result.test, result.gap],
  steps: result.steps,
  warnings: result.warnings,
  restored: result.restoredEpoch,
  metrics: result.model.metrics,
});
