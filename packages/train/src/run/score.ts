// Scoring a split within a run, with its event.
import type { Scores } from '@mapping-networks/core';
import type { RunState } from '../step/state.ts';
import type { Run } from './run.ts';

/** Undefined for an empty split (or limit), and once the run is aborted. */
export const scoreSplit = async (
  { evaluator, splits, events, signal }: Run,
  name: 'train' | 'validation' | 'test',
  state: RunState,
  limit: number = Number.POSITIVE_INFINITY,
): Promise<Scores | undefined> => {
  if (Math.min(splits[name].size, limit) === 0 || signal?.aborted) return undefined;
  const scores = await evaluator.scores(state, splits[name], limit, signal);
  if (scores) await events.emit({ type: 'evaluate', split: name, scores });
  return scores;
};
