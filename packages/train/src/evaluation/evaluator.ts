// Scores of a network over a split: every example is scored on its own, the average is taken in float64, so that the
// size of the batches does not matter.
import type { EngineSession, NamedArrays, Scores, Split, Target } from '@mapping-networks/core';
import { entry, mapNamed } from '../named.ts';
import { batchInputs, batchSignature, type BatchSpec } from '../step/batch-spec.ts';
import { breathing } from '../step/breathing.ts';
import { meanwhile } from '../step/meanwhile.ts';
import type { Scorers } from '../step/scores.ts';
import { filledBatches } from './filled-batches.ts';
import { forwardStep, weightSignature } from './forward.ts';
import type { Materializer, Weights } from './materialize.ts';

export interface Evaluator<W = Weights> {
  /** Averages over the first `limit` examples of the split; undefined once `signal` is aborted. */
  scores(weights: W, split: Split, limit?: number, signal?: AbortSignal): Promise<Scores | undefined>;
  dispose(): void;
}

export interface EvaluatorSetting {
  readonly target: Target;
  readonly scorers: Scorers;
  readonly batch: BatchSpec;
  readonly batchSize: number;
}

export const compileEvaluator = <W = Weights>(
  session: EngineSession,
  materializer: Materializer<W>,
  { target, scorers, batch: spec, batchSize }: EvaluatorSetting,
): Evaluator<W> => {
  const score = forwardStep(target, (output, inputs) =>
    mapNamed(scorers, (each) => each(output, entry(inputs, 'batch.y'))),
  );
  const inputs = { ...weightSignature(target), ...batchSignature(spec, batchSize) };
  const compiled = session.compile(score, { name: 'evaluate', frozen: {}, inputs });
  // Of the evaluator, not of one call: many short evaluations have to let the event loop turn too.
  const breathe = breathing();
  return {
    scores: async (weights, split, limit = Number.POSITIVE_INFINITY, signal) => {
      const network = await materializer.run(weights);
      const size = Math.min(split.size, limit);
      const sums: Record<string, number> = { loss: 0 };
      const batches = filledBatches(size, batchSize);
      const prepared = (): PreparedBatch | undefined => {
        const { value } = batches.next();
        return value && { inputs: batchInputs(spec, split.batch(value.indices)), count: value.count };
      };
      let batch = prepared();
      while (batch) {
        await breathe();
        if (signal?.aborted) return undefined;
        const running = compiled.run({ ...network, ...batch.inputs });
        const [scored, next] = await meanwhile(running, prepared);
        addScores(sums, scored, batch.count);
        batch = next;
      }
      return averages(sums, size);
    },
    dispose: () => compiled.dispose(),
  };
};

interface PreparedBatch {
  readonly inputs: NamedArrays;
  /** How many of its examples count, from the first. */
  readonly count: number;
}

const addScores = (sums: Record<string, number>, scored: NamedArrays, count: number): void => {
  for (const [name, { data }] of Object.entries(scored)) {
    let sum = sums[name] ?? 0;
    for (let i = 0; i < count; i++) sum += data[i] ?? Number.NaN;
    sums[name] = sum;
  }
};

/** Sums divided by a count; `loss` must be among them. */
export const averages = (sums: Readonly<Record<string, number>>, count: number): Scores => {
  const { loss = Number.NaN, ...others } = mapNamed(sums, (sum) => sum / count);
  return { loss, ...others };
};
